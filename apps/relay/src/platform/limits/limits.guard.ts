import { type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { ThrottlerGuard, type ThrottlerLimitDetail } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { RateLimited } from '../errors/refusal.js';
import { callerOf } from '../http/caller.js';
import type { LimitId } from './limit-table.js';

const ROUTE_LIMITS = 'sealpost:limits';

/** Names the limits a route draws on, beside the one that counts every request. */
export const Limited = (...ids: LimitId[]): MethodDecorator & ClassDecorator => SetMetadata(ROUTE_LIMITS, ids);

/** Applies the limits of a route: by device for who is signed in, by address for who is not. */
@Injectable()
export class LimitsGuard extends ThrottlerGuard {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = callerOf(request);
    const subject = caller?.deviceId ?? (await this.getTracker(request));
    for (const id of [caller === undefined ? 'anonymous' : 'requests', ...this.namedLimits(context)]) {
      const throttler = this.throttlers.find(({ name }) => name === id);
      if (throttler === undefined) throw new Error(`no limit is named ${id}`);
      await this.handleRequest({
        context,
        throttler,
        limit: Number(throttler.limit),
        ttl: Number(throttler.ttl),
        blockDuration: 0,
        getTracker: () => Promise.resolve(subject),
        generateKey: (_context, tracker) => tracker,
      });
    }
    return true;
  }

  protected override throwThrottlingException(_context: ExecutionContext, detail: ThrottlerLimitDetail): Promise<void> {
    return Promise.reject(new RateLimited(detail.timeToBlockExpire));
  }

  private namedLimits(context: ExecutionContext): LimitId[] {
    return (
      this.reflector.getAllAndOverride<LimitId[] | undefined>(ROUTE_LIMITS, [
        context.getHandler(),
        context.getClass(),
      ]) ?? []
    );
  }
}

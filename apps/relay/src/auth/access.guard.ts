import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { AdminRights } from '../admin/index.js';
import { Forbidden } from '../platform/errors/refusal.js';
import { AUTH_MODE, type AuthMode, type Caller, setCaller } from '../platform/http/caller.js';
import { AccessTokenStrategy } from './access-token.strategy.js';
import { InvalidToken } from './auth.errors.js';

/** Lets in who the strategy accepts; the refusal says nothing of why. */
class BearerGuard extends AuthGuard() {
  override handleRequest<User>(error: unknown, caller: User | false | null): User {
    if (error instanceof Error) throw error;
    if (caller === false || caller === null) throw new InvalidToken();
    return caller;
  }
}

/** What cannot change anything. */
const READS: readonly string[] = ['GET', 'HEAD'];

/** Guards every route: signed-in callers only, admins, or everyone, as the route declares. One that declares nothing is shut. */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly bearer: BearerGuard;

  constructor(
    private readonly reflector: Reflector,
    strategy: AccessTokenStrategy,
    private readonly rights: AdminRights,
  ) {
    this.bearer = new BearerGuard({ defaultStrategy: strategy.name });
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    switch (this.modeOf(context)) {
      case 'anonymous':
        return true;
      case 'authenticated':
        await this.authenticate(context);
        return true;
      case 'admin':
        await this.admit(context);
        return true;
      case undefined:
        throw new Forbidden('This route is not open to anyone.');
    }
  }

  private async authenticate(context: ExecutionContext): Promise<Caller> {
    await this.bearer.canActivate(context);
    const request = context.switchToHttp().getRequest<FastifyRequest & { user: Caller }>();
    setCaller(request, request.user);
    return request.user;
  }

  /** By the method, so that no route can forget to ask for more. */
  private async admit(context: ExecutionContext): Promise<void> {
    const caller = await this.authenticate(context);
    const { method } = context.switchToHttp().getRequest<FastifyRequest>();
    if (READS.includes(method)) await this.rights.demandToSee(caller);
    else await this.rights.demandToAct(caller);
  }

  private modeOf(context: ExecutionContext): AuthMode | undefined {
    return this.reflector.getAllAndOverride<AuthMode | undefined>(AUTH_MODE, [
      context.getHandler(),
      context.getClass(),
    ]);
  }
}

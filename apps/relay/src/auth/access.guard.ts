import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Forbidden } from '../platform/errors/refusal.js';
import { authModeOf, type Caller, setCaller } from '../platform/http/caller.js';
import { AccessTokenStrategy } from './access-token.strategy.js';
import { InvalidToken } from './auth.errors.js';
import { ScrapeToken } from './scrape-token.js';

/** Lets in who the strategy accepts; the refusal says nothing of why. */
class BearerGuard extends AuthGuard() {
  override handleRequest<User>(error: unknown, caller: User | false | null): User {
    if (error instanceof Error) throw error;
    if (caller === false || caller === null) throw new InvalidToken();
    return caller;
  }
}

/**
 * Guards every route: signed-in callers only, everyone, or who reads metrics, as the route declares. One that declares nothing is shut. Of what is
 * for admins, admin.guard.ts does the rest.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly bearer: BearerGuard;

  constructor(
    private readonly reflector: Reflector,
    strategy: AccessTokenStrategy,
    private readonly scrapes: ScrapeToken,
  ) {
    this.bearer = new BearerGuard({ defaultStrategy: strategy.name });
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    switch (authModeOf(this.reflector, context)) {
      case 'anonymous':
        return true;
      case 'authenticated':
      case 'admin':
        return this.authenticate(context);
      case 'scraper':
        this.scrapes.demand(context.switchToHttp().getRequest<FastifyRequest>().headers.authorization);
        return true;
      case undefined:
        throw new Forbidden('This route is not open to anyone.');
    }
  }

  private async authenticate(context: ExecutionContext): Promise<boolean> {
    await this.bearer.canActivate(context);
    const request = context.switchToHttp().getRequest<FastifyRequest & { user: Caller }>();
    setCaller(request, request.user);
    return true;
  }
}

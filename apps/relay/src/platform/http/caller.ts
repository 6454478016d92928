import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiSecurity } from '@nestjs/swagger';
import type { Reflector } from '@nestjs/core';
import type { AccountId, DeviceId, SessionId } from '#protocol';
import type { FastifyRequest } from 'fastify';

/** Who is calling, as proven by the access token and the session behind it. */
export interface Caller {
  readonly accountId: AccountId;
  readonly username: string;
  readonly deviceId: DeviceId;
  readonly sessionId: SessionId;
}

export type AuthMode = 'authenticated' | 'anonymous' | 'admin' | 'scraper';
export const AUTH_MODE = 'sealpost:auth-mode';

/** The route needs a valid access token; the OpenAPI document says so, too. */
export const Authenticated = (): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(AUTH_MODE, 'authenticated' satisfies AuthMode), ApiBearerAuth());

/** What the OpenAPI document calls the role that it takes. */
export const ADMIN_ROLE = 'admin';

/** The route is for admins of the relay; unless it only reads, with a second factor shown a short while ago. */
export const AdminOnly = (): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(AUTH_MODE, 'admin' satisfies AuthMode), ApiSecurity('bearer', [ADMIN_ROLE]));

/** What the OpenAPI document calls the token that the operator gives to Prometheus. */
export const SCRAPE_TOKEN = 'metrics';

/** The route is for who shows the operator's `METRICS_TOKEN`. Nobody's access token opens it. */
export const ScrapersOnly = (): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(AUTH_MODE, 'scraper' satisfies AuthMode), ApiSecurity(SCRAPE_TOKEN));

/** The route is open to everyone. */
export const Anonymous = (): MethodDecorator & ClassDecorator => SetMetadata(AUTH_MODE, 'anonymous' satisfies AuthMode);

/** What a route declares, or its controller. */
export function authModeOf(reflector: Reflector, context: ExecutionContext): AuthMode | undefined {
  return reflector.getAllAndOverride<AuthMode | undefined>(AUTH_MODE, [context.getHandler(), context.getClass()]);
}

const callers = new WeakMap<object, Caller>();

export function setCaller(request: FastifyRequest, caller: Caller): void {
  callers.set(request, caller);
}

export function callerOf(request: FastifyRequest): Caller | undefined {
  return callers.get(request);
}

/** The caller of an authenticated route: `@CurrentCaller() caller: Caller`. */
export const CurrentCaller = createParamDecorator((_options: unknown, context: ExecutionContext): Caller => {
  const caller = callerOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (caller === undefined) throw new Error('a route that is not authenticated asked for its caller');
  return caller;
});

/** The client's address, after the proxies that are trusted. */
export const ClientAddress = createParamDecorator(
  (_options: unknown, context: ExecutionContext): string => context.switchToHttp().getRequest<FastifyRequest>().ip,
);

/** A caller, and the address they call from. */
export interface LocatedCaller {
  readonly caller: Caller;
  readonly address: string;
}

/** Both at once, for what counts on both, as looking up strangers does: `@CurrentAsker() asker: LocatedCaller`. */
export const CurrentAsker = createParamDecorator((_options: unknown, context: ExecutionContext): LocatedCaller => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const caller = callerOf(request);
  if (caller === undefined) throw new Error('a route that is not authenticated asked for its caller');
  return { caller, address: request.ip };
});

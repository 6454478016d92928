import { createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { CSRF_HEADER, DURATIONS } from '#protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Forbidden } from '../platform/errors/refusal.js';
import { allowedOrigins } from '../platform/http/origins.js';
import type { TokenTransport } from '../sessions/index.js';
import type { Tokens } from './sign-in.js';

/** The prefix makes browsers insist on Secure and Path=/, and refuse one set by a sibling domain (RFC 6265bis §4.1.3.2). */
const COOKIE = '__Host-sealpost-refresh';
const ATTRIBUTES = { secure: true, httpOnly: true, sameSite: 'strict', path: '/' } as const;

/** The two sides of an HTTP exchange, for what travels in headers. */
export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export const CurrentExchange = createParamDecorator((_options: unknown, context: ExecutionContext): Exchange => {
  const http = context.switchToHttp();
  return { request: http.getRequest<FastifyRequest>(), reply: http.getResponse<FastifyReply>() };
});

/** The refresh token of browsers: in a cookie that no script can read and no other site can use. */
@Injectable()
export class RefreshCookie {
  private readonly origins: ReadonlySet<string>;

  constructor(@Inject(CONFIG) config: Config) {
    this.origins = allowedOrigins(config);
  }

  /** The token that was presented, and how. @throws {Forbidden} when the cookie comes from a page that is none of ours. */
  presented({ request }: Exchange, inBody: string | undefined): { token: string; transport: TokenTransport } {
    if (inBody !== undefined) return { token: inBody, transport: 'body' };
    this.admit({ request }, 'cookie');
    return { token: request.cookies[COOKIE] ?? '', transport: 'cookie' };
  }

  /**
   * Cookies are set for and taken from our own pages only. A form of another site can neither set the header nor forge the
   * Origin; without this it could sign its visitor in as somebody else.
   */
  admit({ request }: Pick<Exchange, 'request'>, transport: TokenTransport): void {
    if (transport === 'body') return;
    const { origin } = request.headers;
    if (origin === undefined || !this.origins.has(origin) || request.headers[CSRF_HEADER] !== '1')
      throw new Forbidden(`The cookie needs an allowed Origin and the header ${CSRF_HEADER}: 1.`);
  }

  deliver({ reply }: Exchange, { transport, refreshToken }: Tokens): void {
    if (transport === 'body') return;
    void reply.setCookie(COOKIE, refreshToken, { ...ATTRIBUTES, maxAge: DURATIONS.sessionIdleSeconds });
  }

  clear({ request, reply }: Exchange): void {
    if (request.cookies[COOKIE] !== undefined) void reply.clearCookie(COOKIE, ATTRIBUTES);
  }
}

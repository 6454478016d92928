import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Caller } from '../platform/http/caller.js';
import { AccessTokens } from './access-tokens.service.js';

interface RequestWithHeaders {
  readonly headers: { readonly authorization?: string | undefined };
}

/** How a strategy tells its verdict: passport lends these to it for each request. */
interface Verdict {
  success(caller: Caller): void;
  fail(status: number): void;
  error(error: unknown): void;
}

type Done = (error: unknown, caller: Caller | null) => void;

/** The `Authorization: Bearer` scheme (RFC 6750 §2.1); a token in a URL or a body is not looked for. */
class BearerStrategy {
  // Passport keeps strategies by name for the whole process, in which there may be several relays.
  readonly name = `bearer-${randomUUID()}`;

  constructor(private readonly check: (token: string, done: Done) => void) {}

  authenticate(this: BearerStrategy & Verdict, request: RequestWithHeaders): void {
    const [, token] = /^Bearer ([\w.-]+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (token === undefined) {
      this.fail(401);
      return;
    }
    this.check(token, (error, caller) => {
      if (caller === null) this.error(error);
      else this.success(caller);
    });
  }
}

/** Accepts who presents a valid access token. */
@Injectable()
export class AccessTokenStrategy extends PassportStrategy(BearerStrategy) {
  constructor(private readonly tokens: AccessTokens) {
    super();
  }

  async validate(token: string): Promise<Caller> {
    const { caller } = await this.tokens.verify(token);
    return caller;
  }
}

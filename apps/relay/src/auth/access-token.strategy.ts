import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import passport from 'passport';
import type { Caller } from '../platform/http/caller.js';
import { AccessTokens } from './access-tokens.service.js';

interface RequestWithHeaders {
  readonly headers: { readonly authorization?: string | undefined };
}

type Done = (error: unknown, caller: Caller | null) => void;

/** The `Authorization: Bearer` scheme (RFC 6750 §2.1); a token in a URL or a body is not looked for. */
class BearerStrategy extends passport.Strategy {
  // Passport keeps strategies by name for the whole process, in which there may be several relays.
  override readonly name = `bearer-${randomUUID()}`;

  constructor(private readonly check: (token: string, done: Done) => void) {
    super();
  }

  override authenticate(request: RequestWithHeaders): void {
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

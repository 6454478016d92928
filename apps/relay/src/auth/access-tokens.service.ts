import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { type AccountId, type DeviceId, DURATIONS, type SessionId } from '#protocol';
import { z } from 'zod';
import { Clock } from '../platform/clock/clock.js';
import type { Caller } from '../platform/http/caller.js';
import { SessionsService } from '../sessions/index.js';
import { InvalidToken } from './auth.errors.js';

/** Longer than any token of ours; what is longer need not be decoded. */
const MAX_CHARS = 1_024;
const MAX_KNOWN = 20_000;

const claimsSchema = z.object({
  sub: z.uuid().transform((id) => id as AccountId),
  sid: z.uuid().transform((id) => id as SessionId),
  did: z.uuid().transform((id) => id as DeviceId),
  typ: z.literal('access'),
  // The library checks these two only if they are there.
  exp: z.int(),
  nbf: z.int(),
});

type Claims = z.output<typeof claimsSchema>;

/** The session that a token is to speak for. */
export interface TokenSubject {
  readonly id: SessionId;
  readonly accountId: AccountId;
  readonly deviceId: DeviceId;
}

export interface AccessToken {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
}

export interface VerifiedToken {
  readonly caller: Caller;
  readonly expiresAt: Date;
}

/** The short-lived proof of a session that each request and each socket carries. */
@Injectable()
export class AccessTokens {
  private readonly known = new Map<string, Claims>();

  constructor(
    private readonly jwt: JwtService,
    private readonly sessions: SessionsService,
    private readonly clock: Clock,
  ) {}

  issue(session: TokenSubject): AccessToken {
    const iat = this.nowSeconds();
    const exp = iat + DURATIONS.accessTokenSeconds;
    const claims = {
      sub: session.accountId,
      sid: session.id,
      did: session.deviceId,
      typ: 'access',
      iat,
      nbf: iat,
      exp,
    };
    return { accessToken: this.jwt.sign(claims), expiresInSeconds: DURATIONS.accessTokenSeconds };
  }

  /** Who holds the token, if it is ours, has not expired, and its session still lives. @throws {InvalidToken} */
  async verify(token: string): Promise<VerifiedToken> {
    const claims = this.read(token);
    const caller = await this.sessions.check(claims.sid);
    if (caller?.accountId !== claims.sub || caller.deviceId !== claims.did) throw new InvalidToken();
    return { caller, expiresAt: new Date(claims.exp * 1000) };
  }

  /** A client shows the same token for ten minutes: its signature is checked the first time, its time each time. */
  private read(token: string): Claims {
    const known = this.known.get(token);
    if (known !== undefined && known.exp > this.nowSeconds()) return known;
    const claims = this.checkSignature(token);
    if (this.known.size >= MAX_KNOWN) this.known.clear();
    this.known.set(token, claims);
    return claims;
  }

  private checkSignature(token: string): Claims {
    if (token.length > MAX_CHARS) throw new InvalidToken();
    try {
      return claimsSchema.parse(this.jwt.verify<object>(token, { clockTimestamp: this.nowSeconds() }));
    } catch (error) {
      throw Object.assign(new InvalidToken(), { cause: error });
    }
  }

  private nowSeconds(): number {
    return Math.floor(this.clock.millis() / 1000);
  }
}

import { createHmac } from 'node:crypto';
import type { TestRelay, TestUser } from '#testing';

export type Claims = Record<string, unknown>;

interface Forgery {
  readonly header?: Claims;
  readonly claims?: unknown;
  readonly key?: Buffer | string;
}

/** What stands in a part of a token: text as it is, anything else as JSON. */
export function encoded(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}

/** Makes access tokens as the relay does, and such as it never would, for somebody who is signed in. */
export class TokenForge {
  constructor(
    private readonly relay: TestRelay,
    readonly user: TestUser,
    /** The relay's own, under the name `k1`. */
    readonly key: Buffer,
  ) {}

  get nowSeconds(): number {
    return Math.floor(this.relay.clock.millis() / 1000);
  }

  claims(change: Claims = {}): Claims {
    const now = this.nowSeconds;
    const { accountId, deviceId, signedIn } = this.user;
    const parties = { iss: 'sealpost', aud: 'sealpost-api' };
    const whose = { sub: accountId, sid: signedIn.sessionId, did: deviceId, typ: 'access' };
    return { ...whose, ...parties, iat: now, nbf: now, exp: now + 600, ...change };
  }

  /** Signs as the relay does, whatever the header says. */
  token({ header = {}, claims = this.claims(), key = this.key }: Forgery = {}): string {
    const signed = `${encoded({ alg: 'HS256', typ: 'JWT', kid: 'k1', ...header })}.${encoded(claims)}`;
    return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
  }
}

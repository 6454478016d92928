import { generateSync } from 'otplib';
import { call, type Reply, type TestRelay, TestUser } from '#testing';
import { SoftPasskey } from './soft-passkey.js';
import { asKnown } from './signing-in.js';

/** Where the relay of these tests is said to be: passkeys are bound to it. */
export const ORIGIN = 'https://chat.example.org';
export const PASSKEY_HOST = 'chat.example.org';

/** A time step of authenticator apps. */
const STEP_MS = 30_000;

/** An authenticator app: it knows a secret and the time. */
export class AuthenticatorApp {
  constructor(
    private readonly relay: TestRelay,
    private readonly secret: string,
  ) {}

  /** The code of this half minute. */
  code(): string {
    return generateSync({ secret: this.secret, epoch: Math.floor(this.relay.clock.millis() / 1000) });
  }

  /** A code that was not shown before. */
  nextCode(): string {
    this.relay.clock.advance(STEP_MS);
    return this.code();
  }

  /** No code of any half minute about now. */
  wrongCode(): string {
    const near = [-2, -1, 0, 1, 2].map((steps) =>
      generateSync({
        secret: this.secret,
        epoch: Math.floor((this.relay.clock.millis() + steps * STEP_MS) / 1000),
      }),
    );
    return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.includes(code))!;
  }
}

/** Somebody with an authenticator app, and the recovery codes that came with it. */
export interface Protected {
  readonly user: TestUser;
  readonly app: AuthenticatorApp;
  readonly factorId: string;
  readonly recoveryCodes: readonly string[];
}

/** Adds an authenticator app. */
export async function addTotp(relay: TestRelay, user: TestUser, name = 'Phone'): Promise<Omit<Protected, 'user'>> {
  const { body: begun } = await user.request('POST', '/auth/mfa/totp', { authKey: user.authKey, name });
  const app = new AuthenticatorApp(relay, begun.secret);
  const { status, body } = await user.request('POST', `/auth/mfa/totp/${begun.id}/confirm`, { code: app.code() });
  if (status !== 200) throw new Error(`confirming an authenticator app answered ${String(status)}`);
  return { app, factorId: begun.id, recoveryCodes: body.recoveryCodes ?? [] };
}

export async function withTotp(relay: TestRelay): Promise<Protected> {
  const user = await TestUser.register(relay);
  return { user, ...(await addTotp(relay, user)) };
}

/** Adds a passkey. */
export async function addPasskey(
  user: TestUser,
  passkey = new SoftPasskey(ORIGIN, PASSKEY_HOST),
): Promise<{ passkey: SoftPasskey; reply: Reply }> {
  const { body: options } = await user.request('POST', '/auth/mfa/passkeys/options', { authKey: user.authKey });
  const reply = await user.request('POST', '/auth/mfa/passkeys', {
    name: 'Key',
    ...passkey.create(options.challenge),
  });
  return { passkey, reply };
}

export const login = (relay: TestRelay, user: TestUser, change: Record<string, unknown> = {}): Promise<Reply> =>
  call(relay, 'POST', '/v1/auth/login', { body: asKnown(user, change) });

/** The challenge that a sign-in with the right secret is answered with. */
export async function challengeOf(relay: TestRelay, user: TestUser): Promise<string> {
  const { status, body } = await login(relay, user);
  if (body.code !== 'mfa_required') throw new Error(`signing in answered ${String(status)}`);
  return String(body.mfa.challenge);
}

/** The second step of a sign-in. */
export function finish(
  relay: TestRelay,
  user: TestUser,
  { challenge, proof, ...change }: { challenge: string; proof: unknown } & Record<string, unknown>,
): Promise<Reply> {
  const body = { challenge, proof, deviceId: user.deviceId, ...change };
  return call(relay, 'POST', '/v1/auth/mfa/sign-in', { body });
}

export const totp = (code: string) => ({ kind: 'totp', code });
export const recoveryCode = (code: string) => ({ kind: 'recovery_code', code });

/** Lets five minutes pass: what was shown is not fresh any more. */
export function letFactorAge(relay: TestRelay): void {
  relay.clock.advance(301_000);
}

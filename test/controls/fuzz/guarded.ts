import { call, TestUser } from '#testing';
import { generateSync } from 'otplib';
import { v7 } from 'uuid';
import { addPasskey, ORIGIN, PASSKEY_HOST } from '../../e2e/second-factors.js';
import { SoftPasskey } from '../../e2e/soft-passkey.js';

interface Serving {
  readonly url: string;
}

/** Few enough that one more of either kind has room. */
const MOST_SPARES = 2;

/** Somebody whose account takes a second factor, which nobody removes, and others that come and go. */
export class Guarded {
  /** Second factors that may be removed. */
  readonly spares: string[] = [];
  private readonly further: string[] = [];

  private constructor(
    private readonly relay: Serving,
    readonly user: TestUser,
    private readonly passkey: SoftPasskey,
    /** By which a device signs in that has no other use: whoever finishes a sign-in may renew the trust of theirs. */
    private readonly trusted: { readonly deviceId: string; readonly trustToken: string },
  ) {}

  static async make(relay: Serving): Promise<Guarded> {
    const user = await TestUser.register(relay);
    const { passkey } = await addPasskey(user);
    const unasked = new Guarded(relay, user, passkey, { deviceId: user.deviceId, trustToken: '' });
    const deviceId = await unasked.furtherDevice();
    return new Guarded(relay, user, passkey, { deviceId, trustToken: await unasked.trust(deviceId) });
  }

  /** What the authenticator says to a challenge. It does not count: many answers are under way at once. */
  assertion(challenge: string): Record<string, string> {
    return this.passkey.get(challenge, { count: 0 });
  }

  answer(challenge: string): { challenge: string; proof: object } {
    return { challenge, proof: { kind: 'passkey', ...this.assertion(challenge) } };
  }

  /** The second step of a sign-in that is under way. */
  async finishing(): Promise<{ challenge: string; proof: object; deviceId: string }> {
    const { body } = await this.login();
    return { ...this.answer(body.mfa.challenge), deviceId: this.user.deviceId };
  }

  /** A session in which none was shown, and the challenge that it gets. */
  async stale(): Promise<{ token: string; challenge: string }> {
    const { body } = await this.login(this.trusted);
    const token = String(body.accessToken);
    const refused = await call(this.relay, 'DELETE', `/v1/devices/${v7()}`, { token });
    return { token, challenge: refused.body.mfa.challenge };
  }

  /** Has the first session do what is sensitive. */
  async freshen(): Promise<TestUser> {
    const { body } = await this.user.request('DELETE', `/devices/${v7()}`);
    if (body.code === 'mfa_required')
      await this.user.request('POST', '/auth/mfa/step-up', this.answer(body.mfa.challenge));
    return this.user;
  }

  /** A device beside the first one, which is trusted. */
  async trustedDevice(): Promise<string> {
    const deviceId = await this.furtherDevice();
    await this.trust(deviceId);
    return deviceId;
  }

  private async trust(deviceId: string): Promise<string> {
    const { body } = await this.login({ deviceId });
    const answer = { ...this.answer(body.mfa.challenge), deviceId, trustDevice: true };
    const signedIn = await call(this.relay, 'POST', '/v1/auth/mfa/sign-in', { body: answer });
    return String(signedIn.body.trustToken);
  }

  private async furtherDevice(): Promise<string> {
    if (this.further.length < MOST_SPARES) {
      const { body } = await this.user.request('POST', '/devices', { name: 'further' });
      this.further.push(String(body.id));
      return this.further.at(-1)!;
    }
    const next = this.further.shift()!;
    this.further.push(next);
    return next;
  }

  /** Room for one more factor of each kind. */
  async makeRoom(): Promise<TestUser> {
    const { authKey } = await this.freshen();
    while (this.spares.length >= MOST_SPARES)
      await this.user.request('DELETE', `/auth/mfa/factors/${this.spares.pop()!}`, { authKey });
    return this.user;
  }

  /** An authenticator app that waits for its code. */
  async begunTotp(): Promise<{ id: string; code: string }> {
    const { authKey } = await this.freshen();
    await this.removeApps();
    const { body } = await this.user.request('POST', '/auth/mfa/totp', { authKey, name: 'fuzz' });
    return { id: String(body.id), code: generateSync({ secret: String(body.secret) }) };
  }

  /** All of them: what was to be removed before may have been refused, as a busy relay does, and three are the most. */
  private async removeApps(): Promise<void> {
    const { authKey } = this.user;
    const { body } = await this.user.request('GET', '/auth/mfa');
    const apps = (body.factors as { id: string; kind: string }[]).filter(({ kind }) => kind === 'totp');
    for (const { id } of apps) await this.user.request('DELETE', `/auth/mfa/factors/${id}`, { authKey });
  }

  /** A passkey that was made, and not added yet. */
  async madePasskey(): Promise<Record<string, string>> {
    const { authKey } = await this.makeRoom();
    const { body } = await this.user.request('POST', '/auth/mfa/passkeys/options', { authKey });
    return new SoftPasskey(ORIGIN, PASSKEY_HOST).create(String(body.challenge));
  }

  private login(change: object = {}) {
    const { username, authKey, deviceId } = this.user;
    return call(this.relay, 'POST', '/v1/auth/login', { body: { username, authKey, deviceId, ...change } });
  }
}

import { call, TestRelay, TestUser } from '#testing';
import { askDeletion, signIn, statusOf, WITH_GRACE } from './deleting.js';
import { complete, completion, open, withRecovery } from './recovering.js';
import {
  addPasskey,
  challengeOf,
  finish,
  ORIGIN,
  type Protected,
  recoveryCode,
  totp,
  withTotp,
} from './second-factors.js';
import { secret } from './signing-in.js';

/** Whoever may keep an account has shown all that a sign-in takes. */

const relay = TestRelay.duringTests({ environment: { ...WITH_GRACE, PUBLIC_URL: ORIGIN } });

async function pending(): Promise<Protected> {
  const person = await withTotp(relay);
  expect((await askDeletion(person.user)).status).toBe(204);
  return person;
}

describe('an account with second factors', () => {
  it('says nothing before one of them is right', async () => {
    const { user, app } = await pending();
    for (const cancelDeletion of [true, false])
      expect((await signIn(relay, user, { cancelDeletion })).body).toMatchObject({ code: 'mfa_required' });
    const challenge = await challengeOf(relay, user);
    const wrong = await finish(relay, user, { challenge, proof: totp(app.wrongCode()), cancelDeletion: true });
    expect([wrong.body.code, wrong.body.deletionDueAt]).toEqual(['invalid_mfa_code', undefined]);
    const right = await finish(relay, user, { challenge, proof: totp(app.nextCode()) });
    expect([right.status, right.body.code]).toEqual([403, 'account_deletion_pending']);
    expect(right.body.deletionDueAt).toEqual(expect.any(String));
  });

  it('is kept by the same answer again, once, and by no other', async () => {
    const { user, app, recoveryCodes } = await pending();
    const challenge = await challengeOf(relay, user);
    const proof = totp(app.nextCode());
    expect((await finish(relay, user, { challenge, proof })).body.code).toBe('account_deletion_pending');
    const kept = await finish(relay, user, { challenge, proof, cancelDeletion: true });
    expect([kept.status, kept.body.account.id]).toEqual([200, user.accountId]);
    expect((await finish(relay, user, { challenge, proof, cancelDeletion: true })).body.code).toBe(
      'invalid_mfa_challenge',
    );
    // A code that stood in is spent, and still good for the decision.
    user.signedIn = kept.body;
    await askDeletion(user);
    const next = { challenge: await challengeOf(relay, user), proof: recoveryCode(recoveryCodes[0]!) };
    expect((await finish(relay, user, next)).body.code).toBe('account_deletion_pending');
    expect((await finish(relay, user, { ...next, cancelDeletion: true })).status).toBe(200);
  });

  it('is not kept by another answer to the challenge, nor from another device', async () => {
    const { user, app } = await pending();
    const challenge = await challengeOf(relay, user);
    const proof = totp(app.nextCode());
    await finish(relay, user, { challenge, proof });
    const device = { deviceId: undefined, device: { name: 'another' } };
    expect((await finish(relay, user, { challenge, proof, cancelDeletion: true, ...device })).body.code).toBe(
      'invalid_mfa_challenge',
    );
    const other = await finish(relay, user, { challenge, proof: totp(app.wrongCode()), cancelDeletion: true });
    expect(other.body.code).toBe('invalid_mfa_code');
    // That was the one more attempt.
    const late = await finish(relay, user, { challenge, proof, cancelDeletion: true });
    expect(late.body.code).toBe('invalid_mfa_challenge');
    expect((await signIn(relay, user, { cancelDeletion: true })).body.code).toBe('mfa_required');
  });

  it('may say at once that it is to be kept', async () => {
    const { user, app } = await pending();
    const challenge = await challengeOf(relay, user);
    const kept = await finish(relay, user, { challenge, proof: totp(app.nextCode()), cancelDeletion: true });
    expect(kept.status).toBe(200);
  });

  it('trusts no device any more', async () => {
    const { user, app } = await withTotp(relay);
    const challenge = await challengeOf(relay, user);
    const trusted = await finish(relay, user, { challenge, proof: totp(app.nextCode()), trustDevice: true });
    const { trustToken } = trusted.body;
    user.signedIn = trusted.body;
    expect((await signIn(relay, user, { trustToken })).status).toBe(200);
    await askDeletion(user);
    expect((await signIn(relay, user, { trustToken, cancelDeletion: true })).body.code).toBe('mfa_required');
  });
});

describe('a passkey by itself', () => {
  it('is told, and keeps the account by another signature', async () => {
    const user = await TestUser.register(relay);
    const { passkey } = await addPasskey(user);
    await askDeletion(user);
    const enter = async (change: object) => {
      const { body: asked } = await call(relay, 'POST', '/v1/auth/mfa/passkey-sign-in/options', { body: {} });
      const assertion = passkey.get(asked.challenge);
      const body = { challenge: asked.challenge, assertion, deviceId: user.deviceId, ...change };
      return call(relay, 'POST', '/v1/auth/mfa/passkey-sign-in', { body });
    };
    expect((await enter({})).body.code).toBe('account_deletion_pending');
    expect((await enter({ cancelDeletion: true })).status).toBe(200);
    expect((await enter({})).status).toBe(200);
  });
});

describe('the recovery code', () => {
  it('is not spent by asking, and keeps the account when told to', async () => {
    const user = await TestUser.register(relay);
    const recoveryKey = await withRecovery(user);
    await askDeletion(user);
    expect((await open(relay, user.username, recoveryKey)).status).toBe(200);
    expect((await complete(relay, completion(user.username, secret(), { cancelDeletion: true }))).body.code).toBe(
      'invalid_credentials',
    );
    const body = completion(user.username, recoveryKey);
    const { status, body: told } = await complete(relay, body);
    expect([status, told.code]).toEqual([403, 'account_deletion_pending']);
    expect((await complete(relay, { ...body, cancelDeletion: true })).status).toBe(200);
    expect(await statusOf(relay, user)).toBe('active');
  });

  it('keeps it by the same second factor, where one is asked for', async () => {
    const { user, app } = await withTotp(relay);
    const recoveryKey = await withRecovery(user);
    await askDeletion(user);
    const body = completion(user.username, recoveryKey);
    const { challenge } = (await complete(relay, body)).body.mfa;
    const mfa = { challenge, proof: totp(app.nextCode()) };
    expect((await complete(relay, { ...body, mfa })).body.code).toBe('account_deletion_pending');
    expect((await complete(relay, { ...body, mfa, cancelDeletion: true })).status).toBe(200);
  });
});

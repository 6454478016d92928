import { TestRelay, TestUser } from '#testing';
import { v7 } from 'uuid';
import { encode, newKey } from '../e2e/identity-key.js';
import { ASSERTION, mfaBodies } from '../e2e/mfa-bodies.js';
import { completion, root, STRONG, withRecovery } from '../e2e/recovering.js';
import {
  addPasskey,
  AuthenticatorApp,
  challengeOf,
  letFactorAge,
  ORIGIN,
  PASSKEY_HOST,
  type Protected,
  totp,
  withTotp,
} from '../e2e/second-factors.js';
import { asKnown, secret } from '../e2e/signing-in.js';
import { SoftPasskey } from '../e2e/soft-passkey.js';
import type { Ask } from './group-refusals.js';

/** Asks for all that second factors are about, so that each way to refuse it is seen. */
export async function refuseAtMfa(ask: Ask): Promise<void> {
  const at = await TestRelay.start({ environment: { PUBLIC_URL: ORIGIN } });
  const asking: Ask = (person, method, path, request) => ask(person, method, path, { ...request, at });
  await refuseToBegin(asking, await TestUser.register(at));
  await refuseToAdd(asking, at);
  await refuseSignIn(asking, at);
  await refuseWithoutFactor(asking, at);
  await refuseRecovery(asking, await withTotp(at));
  await at.stop();
  await refuseWithoutRoom(ask);
}

/** Without the secret, or without what is named. */
async function refuseToBegin(ask: Ask, user: TestUser): Promise<void> {
  const { beginTotp, beginPasskey, removeFactor, renewRecoveryCodes, stepUp, addPasskey: added } = mfaBodies(secret());
  await ask(user, 'POST', '/auth/mfa/totp', { body: beginTotp });
  await ask(user, 'POST', '/auth/mfa/passkeys/options', { body: beginPasskey });
  await ask(user, 'POST', '/auth/mfa/recovery-codes', { body: renewRecoveryCodes });
  await ask(user, 'DELETE', `/auth/mfa/factors/${v7()}`, { body: removeFactor });
  const { authKey } = user;
  await ask(user, 'POST', '/auth/mfa/recovery-codes', { body: { authKey } });
  await ask(user, 'DELETE', `/auth/mfa/factors/${v7()}`, { body: { authKey } });
  await ask(user, 'POST', `/auth/mfa/totp/${v7()}/confirm`, { body: { code: '000000' } });
  await ask(user, 'DELETE', `/auth/mfa/trusted-devices/${user.deviceId}`);
  await ask(user, 'POST', '/auth/mfa/step-up', { body: stepUp });
  await ask(user, 'POST', '/auth/mfa/passkeys', { body: added });
}

async function refuseToAdd(ask: Ask, at: TestRelay): Promise<void> {
  const person = await withTotp(at);
  const { user, app } = person;
  const { authKey } = user;
  const { body: begun } = await ask(user, 'POST', '/auth/mfa/totp', { body: { authKey, name: 'x' } });
  await ask(user, 'POST', `/auth/mfa/totp/${String(begun.id)}/confirm`, { body: { code: app.wrongCode() } });
  const { body: options } = await ask(user, 'POST', '/auth/mfa/passkeys/options', { body: { authKey } });
  const wrong = { ...mfaBodies(authKey).addPasskey, challenge: options.challenge };
  await ask(user, 'POST', '/auth/mfa/passkeys', { body: wrong });
  const { passkey } = await addPasskey(user);
  const { body: again } = await ask(user, 'POST', '/auth/mfa/passkeys/options', { body: { authKey } });
  await ask(user, 'POST', '/auth/mfa/passkeys', { body: { name: 'x', ...passkey.create(again.challenge) } });
}

async function refuseSignIn(ask: Ask, at: TestRelay): Promise<void> {
  const { user, app } = await withTotp(at);
  const bodies = mfaBodies(secret());
  await ask(undefined, 'POST', '/auth/login', { body: asKnown(user) });
  await ask(undefined, 'POST', '/auth/mfa/sign-in', { body: bodies.finishSignIn });
  await ask(undefined, 'POST', '/auth/mfa/sign-in', { body: { ...bodies.finishSignIn, transport: 'cookie' } });
  const { deviceId } = user;
  const wrong = { challenge: await challengeOf(at, user), proof: totp(app.wrongCode()), deviceId };
  await ask(undefined, 'POST', '/auth/mfa/sign-in', { body: wrong });
  await refuseRevoked(ask, at);
  await ask(undefined, 'POST', '/auth/mfa/passkey-sign-in', { body: bodies.signInByPasskey });
  const other = { ...bodies.signInByPasskey, transport: 'cookie' };
  await ask(undefined, 'POST', '/auth/mfa/passkey-sign-in', { body: other });
  const { body: asked } = await ask(undefined, 'POST', '/auth/mfa/passkey-sign-in/options', { body: {} });
  const stranger = { challenge: asked.challenge, assertion: ASSERTION, device: { name: 'x' } };
  await ask(undefined, 'POST', '/auth/mfa/passkey-sign-in', { body: stranger });
}

/** By a device that was revoked while its sign-in was under way. */
async function refuseRevoked(ask: Ask, at: TestRelay): Promise<void> {
  const user = await TestUser.register(at);
  const second = await user.onNewDevice();
  const { passkey } = await addPasskey(user);
  const challenge = await challengeOf(at, second);
  const { body: asked } = await ask(undefined, 'POST', '/auth/mfa/passkey-sign-in/options', { body: {} });
  await user.request('DELETE', `/devices/${second.deviceId}`);
  const { deviceId } = second;
  const proof = { kind: 'passkey', ...passkey.get(challenge) };
  await ask(undefined, 'POST', '/auth/mfa/sign-in', { body: { challenge, proof, deviceId } });
  const assertion = passkey.get(asked.challenge);
  await ask(undefined, 'POST', '/auth/mfa/passkey-sign-in', {
    body: { challenge: asked.challenge, assertion, deviceId },
  });
}

/** What takes a second factor, once it is some time ago that one was shown. */
async function refuseWithoutFactor(ask: Ask, at: TestRelay): Promise<void> {
  const { user, app, factorId } = await withTotp(at);
  const { authKey } = user;
  await user.request('PUT', '/keys/me', { algorithm: 'ed25519', publicKey: encode(newKey().raw) });
  letFactorAge(at);
  const body = { authKey };
  await ask(user, 'DELETE', '/auth/me', { body });
  await ask(user, 'POST', '/auth/password', { body: { authKey, newAuthKey: authKey, newKdf: STRONG } });
  await ask(user, 'PUT', '/auth/recovery', { body: { authKey, recoveryKey: secret(), vaultRoot: root('x') } });
  await ask(user, 'DELETE', '/auth/recovery', { body });
  await ask(user, 'DELETE', `/auth/sessions/${v7()}`);
  await ask(user, 'DELETE', `/devices/${v7()}`);
  const reset = { algorithm: 'ed25519', publicKey: encode(newKey().raw), version: 1, reset: true, authKey };
  await ask(user, 'PUT', '/keys/me', { body: reset });
  await ask(user, 'POST', '/auth/mfa/totp', { body: { authKey, name: 'x' } });
  await ask(user, 'POST', '/auth/mfa/recovery-codes', { body });
  await ask(user, 'DELETE', `/auth/mfa/factors/${factorId}`, { body });
  const { body: refused } = await ask(user, 'POST', '/auth/mfa/passkeys/options', { body });
  const answer = { challenge: refused.mfa.challenge, proof: totp(app.wrongCode()) };
  await ask(user, 'POST', '/auth/mfa/step-up', { body: answer });
}

async function refuseRecovery(ask: Ask, { user, app }: Protected): Promise<void> {
  const body = completion(user.username, await withRecovery(user));
  const { body: refused } = await ask(undefined, 'POST', '/auth/recovery/complete', { body });
  const mfa = { challenge: refused.mfa.challenge, proof: totp(app.wrongCode()) };
  await ask(undefined, 'POST', '/auth/recovery/complete', { body: { ...body, mfa } });
  await ask(undefined, 'POST', '/auth/recovery/complete', { body: { ...body, mfa: { ...mfa, challenge: secret() } } });
}

/** With as many factors and devices as there may be. */
async function refuseWithoutRoom(ask: Ask): Promise<void> {
  const at = await TestRelay.start({ environment: { PUBLIC_URL: ORIGIN, QUOTAS: 'devicesPerAccount=1' } });
  const { user } = await withTotp(at);
  const { authKey } = user;
  const { passkey } = await addPasskey(user);
  await at.query(
    `INSERT INTO mfa_factors (id, account_id, kind, name, created_at, confirmed_at, secret_sealed)
     SELECT gen_random_uuid(), account_id, kind, name, created_at, confirmed_at, secret_sealed
     FROM mfa_factors, generate_series(1, 2) WHERE account_id = $1 AND kind = 'totp'`,
    [user.accountId],
  );
  await at.query(
    `INSERT INTO mfa_factors (id, account_id, kind, name, created_at, confirmed_at, credential_id, public_key, sign_count)
     SELECT gen_random_uuid(), account_id, kind, name, created_at, confirmed_at, sha256(n::text::bytea), public_key, 0
     FROM mfa_factors, generate_series(1, 9) n WHERE account_id = $1 AND kind = 'passkey'`,
    [user.accountId],
  );
  const { body: begun } = await user.request('POST', '/auth/mfa/totp', { authKey, name: 'x' });
  const code = new AuthenticatorApp(at, begun.secret).code();
  await ask(user, 'POST', `/auth/mfa/totp/${String(begun.id)}/confirm`, { at, body: { code } });
  const { body: options } = await user.request('POST', '/auth/mfa/passkeys/options', { authKey });
  const made = new SoftPasskey(ORIGIN, PASSKEY_HOST).create(options.challenge);
  await ask(user, 'POST', '/auth/mfa/passkeys', { at, body: { name: 'x', ...made } });
  await refuseNewDevice(ask, at, { user, passkey });
  await at.stop();
}

async function refuseNewDevice(
  ask: Ask,
  at: TestRelay,
  { user, passkey }: { user: TestUser; passkey: Awaited<ReturnType<typeof addPasskey>>['passkey'] },
): Promise<void> {
  const device = { name: 'second' };
  const { body: refused } = await ask(undefined, 'POST', '/auth/login', {
    at,
    body: asKnown(user, { deviceId: undefined, device }),
  });
  const { challenge } = refused.mfa;
  const proof = { kind: 'passkey', ...passkey.get(challenge) };
  await ask(undefined, 'POST', '/auth/mfa/sign-in', { at, body: { challenge, proof, device } });
  const { body: asked } = await ask(undefined, 'POST', '/auth/mfa/passkey-sign-in/options', { at, body: {} });
  const assertion = passkey.get(asked.challenge);
  await ask(undefined, 'POST', '/auth/mfa/passkey-sign-in', {
    at,
    body: { challenge: asked.challenge, assertion, device },
  });
}

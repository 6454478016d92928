import { randomBytes } from 'node:crypto';
import { LIMITS } from '#protocol';
import { call, TestRelay, TestUser } from '#testing';
import { v7 } from 'uuid';
import { adminOf, makeAdmin } from '../e2e/admins.js';
import { addPasskey, challengeOf, letFactorAge, ORIGIN, totp, withTotp } from '../e2e/second-factors.js';
import { completion, STRONG, withRecovery } from '../e2e/recovering.js';
import { asKnown, secret } from '../e2e/signing-in.js';
import type { Ask } from './group-refusals.js';

/** Asks for all that admins may, so that each way to refuse it is seen. */
export async function refuseAtAdmin(ask: Ask): Promise<void> {
  const at = await TestRelay.start({ environment: { PUBLIC_URL: ORIGIN } });
  const asking: Ask = (person, method, path, request) => ask(person, method, path, { ...request, at });
  await refuseWithoutRights(asking, at);
  await refuseWithoutTarget(asking, at);
  await refuseSuspended(asking, at);
  await refuseAtServer(asking, at);
  await at.stop();
}

/** Every route for admins, about somebody. */
async function askEverything(ask: Ask, person: TestUser, username: string): Promise<void> {
  await ask(person, 'GET', '/admin/audit');
  await ask(person, 'GET', '/admin/users');
  await ask(person, 'GET', `/admin/users/${username}`);
  await ask(person, 'GET', '/admin/mfa-resets');
  await askOfServer(ask, person);
  await ask(person, 'PUT', `/admin/users/${username}/suspension`, { body: { reason: 'x' } });
  await ask(person, 'DELETE', `/admin/users/${username}/suspension`);
  await ask(person, 'DELETE', `/admin/users/${username}/sessions`);
  await ask(person, 'GET', `/admin/users/${username}/allowance`);
  await ask(person, 'PUT', `/admin/users/${username}/quotas`, {
    body: { attachmentBytes: 1, attachmentBytesPerDay: null },
  });
  await ask(person, 'PUT', `/admin/users/${username}/limits`, { body: { percent: 200 } });
  await ask(person, 'DELETE', `/admin/users/${username}/limits`);
  await ask(person, 'POST', '/admin/mfa-resets', { body: { username } });
  await ask(person, 'POST', `/admin/mfa-resets/${v7()}/approve`);
  await ask(person, 'DELETE', `/admin/mfa-resets/${v7()}`);
}

/** Every route for admins about the server itself. */
async function askOfServer(ask: Ask, person: TestUser): Promise<void> {
  for (const path of ['settings', 'invitations', 'statistics']) await ask(person, 'GET', `/admin/${path}`);
  await ask(person, 'PUT', '/admin/settings/registration', { body: { registration: 'open' } });
  await ask(person, 'PUT', '/admin/settings/retention', { body: { maxDays: null } });
  await ask(person, 'POST', '/admin/invitations', { body: { uses: 1 } });
  await ask(person, 'DELETE', `/admin/invitations/${v7()}`);
  await ask(person, 'POST', '/admin/announcements', { body: { severity: 'info', text: 'x' } });
  await ask(person, 'DELETE', `/admin/announcements/${v7()}`);
}

/** As many as there may be, and one more; and whoever would register while nobody, or not everybody, may. */
async function refuseAtServer(ask: Ask, at: TestRelay): Promise<void> {
  const { user } = await adminOf(at);
  await at.query(
    `INSERT INTO registration_invitations (id, code_sha256, note, uses, uses_left, created_at, expires_at)
     SELECT gen_random_uuid(), sha256(n::text::bytea), '', 1, 1, $1, $1 FROM generate_series(1, $2::integer) n`,
    [at.clock.now(), LIMITS.invitations],
  );
  await ask(user, 'POST', '/admin/invitations', { body: { uses: 1 } });
  await at.query(
    `INSERT INTO account_allowances (account_id, limit_percent, limit_until)
     SELECT gen_random_uuid(), 200, 'infinity' FROM generate_series(1, $1::integer)`,
    [LIMITS.accountsWithOwnLimits],
  );
  await ask(user, 'PUT', `/admin/users/${user.username}/limits`, { body: { percent: 200 } });
  const announcement = { severity: 'info', text: 'x' };
  for (let n = 0; n < LIMITS.announcements; n++) await user.request('POST', '/admin/announcements', announcement);
  await ask(user, 'POST', '/admin/announcements', { body: announcement });
  const body = { username: 'somebody', authKey: secret(), kdf: STRONG, device: { name: 'x' } };
  const setMode = (registration: string) => user.request('PUT', '/admin/settings/registration', { registration });
  await setMode('invite');
  await ask(undefined, 'POST', '/auth/register', { body });
  const { body: kdf } = await call(at, 'GET', `/v1/auth/kdf?username=${body.username}`);
  const invitation = randomBytes(LIMITS.invitationCodeBytes).toString('base64url');
  await ask(undefined, 'POST', '/auth/register', { body: { ...body, kdf, invitation } });
  await setMode('closed');
  await ask(undefined, 'POST', '/auth/register', { body });
}

/** No admin; one without a second factor; and one who has not shown it for a while. */
async function refuseWithoutRights(ask: Ask, at: TestRelay): Promise<void> {
  const user = await TestUser.register(at);
  await askEverything(ask, user, user.username);
  await makeAdmin(at, user);
  await askEverything(ask, user, user.username);
  const admin = await adminOf(at);
  letFactorAge(at);
  await askEverything(ask, admin.user, user.username);
}

/** Nobody of that name, or nothing to reset. */
async function refuseWithoutTarget(ask: Ask, at: TestRelay): Promise<void> {
  const { user } = await adminOf(at);
  await askEverything(ask, user, 'nobody-at-all');
  for (const list of ['audit', 'users', 'mfa-resets', 'invitations']) await ask(user, 'GET', `/admin/${list}?odd=1`);
  await ask(user, 'GET', '/admin/users/NO');
  await ask(user, 'GET', '/admin/users/NO/allowance');
  const bare = await TestUser.register(at);
  await ask(user, 'POST', '/admin/mfa-resets', { body: { username: bare.username } });
}

/** Each way to sign in to an account that is suspended. */
async function refuseSuspended(ask: Ask, at: TestRelay): Promise<void> {
  const [{ user: admin }, { user, app }, bare] = [await adminOf(at), await withTotp(at), await TestUser.register(at)];
  const { passkey } = await addPasskey(user);
  const recoveryKey = await withRecovery(bare);
  for (const { username } of [user, bare])
    await admin.request('PUT', `/admin/users/${username}/suspension`, { reason: 'x' });
  await ask(undefined, 'POST', '/auth/login', { body: asKnown(bare) });
  await ask(undefined, 'POST', '/auth/recovery/complete', { body: completion(bare.username, recoveryKey) });
  const proof = totp(app.nextCode());
  const body = { challenge: await challengeOf(at, user), proof, deviceId: user.deviceId };
  await ask(undefined, 'POST', '/auth/mfa/sign-in', { body });
  const { body: asked } = await ask(undefined, 'POST', '/auth/mfa/passkey-sign-in/options', { body: {} });
  const assertion = passkey.get(asked.challenge);
  await ask(undefined, 'POST', '/auth/mfa/passkey-sign-in', {
    body: { challenge: asked.challenge, assertion, device: { name: 'x' } },
  });
}

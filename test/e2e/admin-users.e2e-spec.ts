import { call, TestRelay, TestUser, until } from '#testing';
import { adminOf, makeAdmin, stepUp } from './admins.js';
import { auditLines, type ShownEvent } from './audit-log.js';
import { completion, withRecovery } from './recovering.js';
import {
  addPasskey,
  challengeOf,
  finish,
  letFactorAge,
  login,
  ORIGIN,
  type Protected,
  totp,
  withTotp,
} from './second-factors.js';
import { asKnown, secret } from './signing-in.js';

/** What admins see of accounts, and do to them. */

const relay = TestRelay.duringTests({ environment: { PUBLIC_URL: ORIGIN } });
let root: Protected;
let other: Protected;
let ada: TestUser;

beforeEach(async () => {
  [root, other] = [await adminOf(relay), await adminOf(relay)];
  ada = await TestUser.register(relay, { displayName: 'Ada Lovelace' });
});

const suspend = (admin: Protected, user: TestUser, reason = 'Sends advertisements.') =>
  admin.user.request('PUT', `/admin/users/${user.username}/suspension`, { reason });
const recordsOf = async (user: TestUser): Promise<ShownEvent[]> =>
  (await auditLines(relay, 'export')).filter(({ accountId }) => accountId === user.accountId);
const seen = async (user: TestUser) => (await root.user.request('GET', `/admin/users/${user.username}`)).body;

describe('what only admins may', () => {
  const ACTS = [
    ['GET', '/admin/users'],
    ['GET', '/admin/users/ada'],
    ['GET', '/admin/mfa-resets'],
    ['PUT', '/admin/users/ada/suspension'],
    ['DELETE', '/admin/users/ada/suspension'],
    ['DELETE', '/admin/users/ada/sessions'],
    ['POST', '/admin/mfa-resets'],
  ] as const;

  it.each(ACTS)('is refused to everybody else, whatever they ask about: %s %s', async (method, path) => {
    const { status, body } = await ada.request(method, path);
    expect([status, body.code]).toEqual([403, 'forbidden']);
    expect((await call(relay, method, `/v1${path}`)).status).toBe(401);
  });

  it('takes a second factor to change something, shown within five minutes, and none to look', async () => {
    const bare = await TestUser.register(relay);
    await makeAdmin(relay, bare);
    const without = await bare.request('DELETE', `/admin/users/${ada.username}/sessions`);
    expect([without.status, without.body.code]).toEqual([403, 'mfa_not_set_up']);
    expect((await bare.request('GET', '/admin/users')).status).toBe(200);

    letFactorAge(relay);
    const refused = await suspend(root, ada);
    expect([refused.status, refused.body.code]).toEqual([401, 'mfa_required']);
    expect((await root.user.request('GET', `/admin/users/${ada.username}`)).body.state).toBe('active');
    await stepUp(root);
    expect((await suspend(root, ada)).status).toBe(204);
  });

  it('ends with the request after who was an admin is none any more, or suspended', async () => {
    expect((await suspend(root, other.user)).status).toBe(204);
    expect((await other.user.request('GET', '/admin/users')).status).toBe(401);
    await relay.query('UPDATE accounts SET admin_since = NULL WHERE id = $1', [root.user.accountId]);
    expect((await root.user.request('GET', '/admin/users')).status).toBe(403);
  });
});

describe('the list of accounts', () => {
  it('is found by the beginning of names, in the order of their bytes, page by page', async () => {
    const begin = `s${secret()
      .slice(0, 6)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, 'x')}`;
    const names = ['-a', '.b', '0', '_z', 'a', 'a_', 'ab', 'b'].map((end) => `${begin}${end}`);
    for (const username of names) await TestUser.register(relay, { username });
    await TestUser.register(relay, { username: `${begin.slice(0, -1)}~`.replace('~', 'zz') });
    const found: string[] = [];
    let cursor = '';
    do {
      const { body } = await root.user.request('GET', `/admin/users?search=${begin}&limit=3${cursor}`);
      expect(body.items.length).toBeLessThanOrEqual(3);
      found.push(...body.items.map(({ username }: { username: string }) => username));
      cursor = body.nextCursor === null ? '' : `&cursor=${String(body.nextCursor)}`;
    } while (cursor !== '');
    expect(found).toEqual([...names].sort());
    const { body: exact } = await root.user.request('GET', `/admin/users?search=${begin}a_`);
    expect(exact.items).toMatchObject([{ username: `${begin}a_` }]);
  });

  it('says of an account what it is, and nothing of what it does', async () => {
    await ada.onNewDevice();
    await relay.query(
      `INSERT INTO vault_items (account_id, name, version, body, updated_at) VALUES ($1, 'x', 1, 'sealed'::bytea, now())`,
      [ada.accountId],
    );
    expect(await seen(ada)).toEqual({
      accountId: ada.accountId,
      username: ada.username,
      displayName: 'Ada Lovelace',
      createdAt: expect.any(String) as string,
      state: 'active',
      admin: false,
      suspension: null,
      lastSeenDay: relay.clock.now().toISOString().slice(0, 10),
      devices: 2,
      sessions: 2,
      secondFactor: false,
      storedBytes: 6,
    });
    expect(await seen(root.user)).toMatchObject({ admin: true, secondFactor: true });
  });

  it('has nobody who is gone, and answers for them as for whom there never was', async () => {
    await ada.request('DELETE', '/auth/me', { authKey: ada.authKey });
    const [gone, never] = [
      await root.user.request('GET', `/admin/users/${ada.username}`),
      await root.user.request('GET', '/admin/users/nobody-at-all'),
    ];
    expect([gone.status, gone.body.detail]).toEqual([404, never.body.detail]);
    expect((await root.user.request('GET', `/admin/users?search=${ada.username}`)).body.items).toEqual([]);
    expect((await suspend(root, ada)).status).toBe(404);
  });
});

describe('a suspended account', () => {
  it('is signed out everywhere at once, sockets and all', async () => {
    const socket = await ada.socket();
    const phone = await ada.onNewDevice();
    expect((await suspend(root, ada)).status).toBe(204);
    await socket.closed(1_000);
    expect(socket.payloads('session:revoked')).toEqual([{ reason: 'account_suspended' }]);
    expect((await phone.request('GET', '/auth/me')).body.code).toBe('invalid_token');
    const { refreshToken } = phone.signedIn;
    const refreshed = await call(relay, 'POST', '/v1/auth/refresh', { body: { refreshToken } });
    expect(refreshed.body.code).toBe('invalid_refresh_token');
    expect(await seen(ada)).toMatchObject({
      state: 'suspended',
      sessions: 0,
      suspension: { by: root.user.username, reason: 'Sends advertisements.' },
    });
  });

  it('says so to the right secret only, and to each way to sign in', async () => {
    const { user, app } = await withTotp(relay);
    const { passkey } = await addPasskey(user);
    const recoverable = await TestUser.register(relay);
    const recovery = await withRecovery(recoverable);
    const wrong = await login(relay, ada, { authKey: secret() });
    for (const person of [ada, user, recoverable]) await suspend(root, person);

    const suspended = [403, 'account_suspended'];
    const right = await login(relay, ada);
    expect([right.status, right.body.code]).toEqual(suspended);
    const asNew = await call(relay, 'POST', '/v1/auth/login', {
      body: { username: ada.username, authKey: ada.authKey, device: { name: 'new' } },
    });
    expect([asNew.status, asNew.body.code]).toEqual(suspended);
    const still = await login(relay, ada, { authKey: secret() });
    expect([still.status, still.body.code, still.body.detail]).toEqual([401, wrong.body.code, wrong.body.detail]);

    const twoSteps = { challenge: await challengeOf(relay, user), proof: totp(app.nextCode()) };
    const second = await finish(relay, user, twoSteps);
    expect([second.status, second.body.code]).toEqual(suspended);
    const { body: asked } = await call(relay, 'POST', '/v1/auth/mfa/passkey-sign-in/options', { body: {} });
    const byPasskey = await call(relay, 'POST', '/v1/auth/mfa/passkey-sign-in', {
      body: { challenge: asked.challenge, assertion: passkey.get(asked.challenge), device: { name: 'x' } },
    });
    expect([byPasskey.status, byPasskey.body.code]).toEqual(suspended);
    const body = completion(recoverable.username, recovery);
    const recovered = await call(relay, 'POST', '/v1/auth/recovery/complete', { body });
    expect([recovered.status, recovered.body.code]).toEqual(suspended);
  });

  it('looks to others as before, and is reached as before', async () => {
    const grace = await TestUser.register(relay);
    const conversationId = await grace.directWith(ada);
    const ask = async (path: string) => (await grace.request('GET', path)).body as unknown;
    const paths = [`/users/${ada.username}`, `/users/${ada.username}/devices`, `/conversations/${conversationId}`];
    const before = await Promise.all(paths.map(ask));
    await suspend(root, ada);
    expect(await Promise.all(paths.map(ask))).toEqual(before);
    expect((await grace.send(conversationId)).status).toBe(201);
    const kdf = await call(relay, 'GET', `/v1/auth/kdf?username=${ada.username}`);
    expect(kdf.body.salt).toEqual(expect.any(String));
  });

  it('is as it was once the suspension is lifted, with what came meanwhile', async () => {
    const grace = await TestUser.register(relay);
    const conversationId = await grace.directWith(ada);
    await suspend(root, ada);
    await grace.send(conversationId, 'meanwhile');
    expect((await other.user.request('DELETE', `/admin/users/${ada.username}/suspension`)).status).toBe(204);
    const { status, body } = await login(relay, ada);
    expect(status).toBe(200);
    const inbox = await call(relay, 'GET', '/v1/messages/inbox', { token: body.accessToken });
    expect(inbox.body.items).toHaveLength(1);
    expect(await seen(ada)).toMatchObject({ state: 'active', suspension: null });
    // Once more changes nothing.
    expect((await other.user.request('DELETE', `/admin/users/${ada.username}/suspension`)).status).toBe(204);
  });

  it('opens no session that was under way when it was suspended', async () => {
    const holding = await relay.connection();
    await holding.query('BEGIN');
    await holding.query('SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE', [ada.accountId]);
    const signingIn = login(relay, ada);
    await until(
      async () => (await relay.query(`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'`)).length > 0,
      'the sign-in waits for the account',
    );
    await holding.query(`UPDATE accounts SET suspended_at = now(), suspension_reason = 'x' WHERE id = $1`, [
      ada.accountId,
    ]);
    await holding.query('COMMIT');
    holding.release();
    expect((await signingIn).body.code).toBe('account_suspended');
  });
});

describe('admins among themselves', () => {
  it('do not suspend themselves, so that one always remains, also of two who suspend each other at once', async () => {
    const own = await suspend(root, root.user);
    expect([own.status, own.body.code]).toEqual([403, 'forbidden']);
    for (let round = 0; round < 5; round++) {
      const [one, two] = [await adminOf(relay), await adminOf(relay)];
      const replies = await Promise.all([suspend(one, two.user), suspend(two, one.user)]);
      const statuses = replies.map(({ status }) => status).sort();
      // Whoever came second was refused by the transaction, or at the door.
      expect(statuses[0]).toBe(204);
      expect([401, 403]).toContain(statuses[1]);
    }
  });

  it('are counted: what one does without end is refused', async () => {
    const busy = await TestRelay.start({ beside: relay, environment: { LIMITS: 'adminActs=2/3600' } });
    const end = () => call(busy, 'DELETE', `/v1/admin/users/${ada.username}/sessions`, { token: root.user.token });
    expect([(await end()).status, (await end()).status, (await end()).status]).toEqual([204, 204, 429]);
    await busy.stop();
  });
});

describe('ending sessions', () => {
  it('signs the devices of an account out, which may sign in again', async () => {
    const phone = await ada.onNewDevice();
    const socket = await phone.socket();
    expect((await root.user.request('DELETE', `/admin/users/${ada.username}/sessions`)).status).toBe(204);
    await socket.closed(1_000);
    expect([(await ada.request('GET', '/auth/me')).status, (await phone.request('GET', '/auth/me')).status]).toEqual([
      401, 401,
    ]);
    expect((await call(relay, 'POST', '/v1/auth/login', { body: asKnown(ada) })).status).toBe(200);
  });
});

describe('what the audit log says', () => {
  it('is that it was done, to its owner without by whom, and to the admin with to whom', async () => {
    await suspend(root, ada);
    await other.user.request('DELETE', `/admin/users/${ada.username}/suspension`);
    await root.user.request('DELETE', `/admin/users/${ada.username}/sessions`);
    const about = { actor: 'admin', accountId: ada.accountId, deviceId: null, sessionId: null, subjectId: null };
    expect((await recordsOf(ada)).slice(-3)).toMatchObject([
      { kind: 'account_suspended', ...about },
      { kind: 'account_unsuspended', ...about },
      { kind: 'sessions_ended', ...about },
    ]);
    const by = ({ user }: Protected) => ({
      actor: 'owner',
      accountId: user.accountId,
      deviceId: user.deviceId,
      sessionId: user.signedIn.sessionId,
      subjectId: ada.accountId,
    });
    expect((await recordsOf(root.user)).slice(-2)).toMatchObject([
      { kind: 'admin_suspended', ...by(root) },
      { kind: 'admin_ended_sessions', ...by(root) },
    ]);
    expect((await recordsOf(other.user)).slice(-1)).toMatchObject([{ kind: 'admin_unsuspended', ...by(other) }]);
  });
});

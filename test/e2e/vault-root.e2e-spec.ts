import { call, type Reply, TestRelay, TestUser, until } from '#testing';
import { root, stateOf, STRONG, whileVaultsFail } from './recovering.js';
import { asKnown, secret } from './signing-in.js';

const relay = TestRelay.duringTests();

/** Somebody whose vault has a root, of version 1. */
async function withRoot(): Promise<TestUser> {
  const user = await TestUser.register(relay);
  const { status } = await call(relay, 'PUT', '/v1/vault/root', {
    token: user.token,
    headers: { 'if-none-match': '*' },
    body: root('under the old password'),
  });
  expect(status).toBe(200);
  return user;
}

function change(user: TestUser, newAuthKey: string, vaultRoot?: object): Promise<Reply> {
  return user.request('POST', '/auth/password', { authKey: user.authKey, newAuthKey, newKdf: STRONG, vaultRoot });
}

async function signsIn(user: TestUser, authKey: string): Promise<boolean> {
  return (await call(relay, 'POST', '/v1/auth/login', { body: asKnown(user, { authKey }) })).status === 200;
}

describe('a new password and the root of the vault', () => {
  it('change together, and the other devices hear of it', async () => {
    const user = await withRoot();
    const socket = await user.socket();
    const newAuthKey = secret();
    expect((await change(user, newAuthKey, { ...root('under the new one'), version: 1 })).status).toBe(204);
    expect((await socket.hear('account:changed'))[0]).toMatchObject({ what: 'vault', subject: user.accountId });
    socket.close();
    expect((await user.request('GET', '/vault/root')).body).toMatchObject({ version: 2, ...root('under the new one') });
    expect([await signsIn(user, user.authKey), await signsIn(user, newAuthKey)]).toEqual([false, true]);
    expect((await call(relay, 'GET', `/v1/auth/kdf?username=${user.username}`)).body).toEqual(STRONG);
  });

  it('do not change at all without the root, or from another version of it', async () => {
    const user = await withRoot();
    const before = await stateOf(relay, user);
    const without = await change(user, secret());
    expect([without.body.code, without.body.errors[0].path]).toEqual(['invalid_request', '/vaultRoot']);
    for (const version of [0, 2]) {
      const { status, body } = await change(user, secret(), { ...root('x'), version });
      expect([status, body.code, body.currentVersion]).toEqual([409, 'stale_version', 1]);
    }
    expect(await stateOf(relay, user)).toEqual(before);
  });

  it('need no root where there is none, and may make one', async () => {
    const [plain, making] = [await TestUser.register(relay), await TestUser.register(relay)];
    expect((await change(plain, secret())).status).toBe(204);
    expect((await change(making, secret(), { ...root('first'), version: 0 })).status).toBe(204);
    expect((await making.request('GET', '/vault/root')).body).toMatchObject({ version: 1, ...root('first') });
    expect((await change(plain, secret(), { ...root('x'), version: 1 })).body.code).toBe('invalid_credentials');
  });

  it('change both or neither when the vault cannot be written', async () => {
    const user = await withRoot();
    const before = await stateOf(relay, user);
    const { status } = await whileVaultsFail(relay, () => change(user, secret(), { ...root('x'), version: 1 }));
    expect(status).toBe(500);
    expect(await stateOf(relay, user)).toEqual(before);
    expect(await signsIn(user, user.authKey)).toBe(true);
  });

  it('change both or neither when the connection is cut between the two', async () => {
    const user = await withRoot();
    const before = await stateOf(relay, user);
    const holder = await relay.connection();
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT 1 FROM vault_items WHERE account_id = $1 FOR UPDATE', [user.accountId]);
      const changing = change(user, secret(), { ...root('x'), version: 1 });
      // It has written the secret, and waits for the root.
      const waiting = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%vault_items%'`;
      await until(async () => (await relay.query(waiting)).length === 1, 'it waits for the root');
      await relay.query(`SELECT pg_terminate_backend(pid) FROM (${waiting}) AS cut`);
      expect((await changing).status).toBe(503);
      await holder.query('ROLLBACK');
    } finally {
      holder.release();
    }
    expect(await stateOf(relay, user)).toEqual(before);
  });

  it('of several at once belong to each other, whichever is first', async () => {
    const user = await withRoot();
    const attempts = Array.from({ length: 4 }, (_none, n) => ({ authKey: secret(), text: `root ${String(n)}` }));
    const replies = await Promise.all(
      attempts.map(({ authKey, text }) => change(user, authKey, { ...root(text), version: 1 })),
    );
    expect(replies.filter(({ status }) => status === 204)).toHaveLength(1);
    const won = attempts[replies.findIndex(({ status }) => status === 204)]!;
    expect((await user.request('GET', '/vault/root')).body).toMatchObject({ version: 2, ...root(won.text) });
    expect(await signsIn(user, won.authKey)).toBe(true);
  });
});

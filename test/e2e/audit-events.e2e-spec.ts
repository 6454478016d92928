import { call, people, TestRelay, TestUser } from '#testing';
import { Janitor } from '../../apps/relay/src/retention/janitor.service.js';
import { auditLines, eventsOf, kindsOf, writeCounts } from './audit-log.js';
import { listed, nextList, putList } from './device-lists.js';
import { encode, newKey, rotation, withKey } from './identity-key.js';
import { complete, completion, STRONG, withRecovery } from './recovering.js';
import { refresh, renew } from './renewal.js';
import { asKnown, freshName, secret } from './signing-in.js';

const relay = TestRelay.duringTests();

/** Somebody who has just registered, and a function for what has been put down since. */
async function somebody(): Promise<{ user: TestUser; since: () => ReturnType<typeof eventsOf> }> {
  const user = await TestUser.register(relay);
  return { user, since: async () => (await eventsOf(user)).slice(1) };
}

const login = (body: object) => call(relay, 'POST', '/v1/auth/login', { body });
const by = ({ deviceId, signedIn }: TestUser) => ({
  actor: 'owner',
  deviceId,
  sessionId: signedIn.sessionId,
  subjectId: null,
  count: null,
});

describe('the audit log keeps, once each', () => {
  it('a registration', async () => {
    const user = await TestUser.register(relay);
    const [event, ...more] = await eventsOf(user);
    expect(event).toMatchObject({ kind: 'account_registered', accountId: user.accountId, ...by(user) });
    expect(more).toEqual([]);
  });

  it('a sign-in on a known device, and one that adds a device', async () => {
    const { user, since } = await somebody();
    const { body } = await login(asKnown(user));
    const added = await user.onNewDevice();
    const entry = { actor: 'owner', deviceId: added.deviceId, sessionId: added.signedIn.sessionId };
    expect(await since()).toMatchObject([
      { kind: 'signed_in', deviceId: user.deviceId, sessionId: body.sessionId },
      { kind: 'signed_in', ...entry, subjectId: null },
      { kind: 'device_added', ...entry, subjectId: added.deviceId },
    ]);
  });

  it('sessions that end: by signing out, and by another session', async () => {
    const { user, since } = await somebody();
    const [one, other] = [await user.onNewDevice(), await user.onNewDevice()];
    await one.request('POST', '/auth/logout');
    await user.request('DELETE', `/auth/sessions/${other.signedIn.sessionId}`);
    await user.request('DELETE', `/auth/sessions/${other.signedIn.sessionId}`);
    expect((await since()).slice(4)).toMatchObject([
      { kind: 'signed_out', ...by(one) },
      { kind: 'session_ended', ...by(user), subjectId: other.signedIn.sessionId },
    ]);
  });

  it('a refresh token that was used twice (C-12)', async () => {
    const { user } = await somebody();
    const other = await user.onNewDevice();
    await refresh(relay, other.signedIn.refreshToken);
    relay.clock.advance(11_000);
    for (let n = 0; n < 2; n++) await refresh(relay, other.signedIn.refreshToken);
    const event = { kind: 'refresh_token_reused', actor: 'unknown', deviceId: other.deviceId };
    expect((await eventsOf(user)).slice(3)).toMatchObject([{ ...event, sessionId: other.signedIn.sessionId }]);
  });

  it('a change of the password', async () => {
    const { user, since } = await somebody();
    const change = { authKey: user.authKey, newAuthKey: secret(), newKdf: STRONG };
    expect((await user.request('POST', '/auth/password', change)).status).toBe(204);
    expect((await user.request('POST', '/auth/password', change)).body.code).toBe('invalid_credentials');
    expect(await since()).toMatchObject([{ kind: 'password_changed', ...by(user) }]);
  });

  it('recovery: set, taken away, and used', async () => {
    const { user } = await somebody();
    await withRecovery(user);
    await user.request('DELETE', '/auth/recovery', { authKey: user.authKey });
    const recoveryKey = await withRecovery(user);
    const { status, body } = await complete(relay, completion(user.username, recoveryKey));
    expect(status).toBe(200);
    const events = await eventsOf({
      request: (method, path) => call(relay, method, `/v1${path}`, { token: body.accessToken }),
    });
    expect(await user.request('GET', '/audit')).toMatchObject({ status: 401 });
    const entry = { actor: 'owner', deviceId: body.device.id, sessionId: body.sessionId };
    expect(events.slice(1)).toMatchObject([
      { kind: 'recovery_set', ...by(user) },
      { kind: 'recovery_removed', ...by(user) },
      { kind: 'recovery_set', ...by(user) },
      { kind: 'account_recovered', ...entry },
      { kind: 'device_added', ...entry, subjectId: body.device.id },
    ]);
  });

  it('identity keys: the first, one that the former signed, and one that was reset', async () => {
    const { user, key, shown } = await withKey(relay);
    const next = newKey();
    const { body: second } = await user.request('PUT', '/keys/me', rotation(shown, key, next));
    const reset = { algorithm: 'ed25519', publicKey: encode(newKey().raw), version: second.version };
    const proof = { reset: true, authKey: user.authKey };
    expect((await user.request('PUT', '/keys/me', { ...reset, ...proof })).status).toBe(200);
    await user.request('PUT', '/keys/me', { ...reset, ...proof });
    const kinds = ['account_registered', 'identity_key_set', 'identity_key_replaced', 'identity_key_reset'];
    expect(await kindsOf(user)).toEqual(kinds);
  });

  it('lists of devices that were signed', async () => {
    const { list, ...lister } = await listed(relay);
    await putList(lister, nextList(list));
    await putList(lister, nextList(list));
    const lists = (await kindsOf(lister.user)).filter((kind) => kind === 'device_list_signed');
    expect(lists).toHaveLength(2);
  });

  it('devices that are added and revoked', async () => {
    const { user, since } = await somebody();
    const { body: device } = await user.request('POST', '/devices', { name: 'tablet' });
    for (let n = 0; n < 2; n++) await user.request('DELETE', `/devices/${device.id}`);
    expect(await since()).toMatchObject([
      { kind: 'device_added', ...by(user), subjectId: device.id },
      { kind: 'device_revoked', ...by(user), subjectId: device.id },
    ]);
  });

  it('that a device handed the keys to a new one', async () => {
    const { user, since } = await somebody();
    const { body: slot } = await call(relay, 'POST', '/v1/linking', { body: { offer: encode(Buffer.from('offer')) } });
    const word = (text: string) => encode(Buffer.from(text));
    await user.request('PUT', `/linking/${slot.slotId}/answer`, { answer: word('answer') });
    for (let n = 0; n < 2; n++)
      expect(
        (await user.request('PUT', `/linking/${slot.slotId}/provisioning`, { provisioning: word('keys') })).status,
      ).toBe(204);
    expect(await since()).toMatchObject([{ kind: 'keys_handed_over', ...by(user) }]);
  });

  it('the end of an account, of which nothing else is left in it than its id', async () => {
    const user = await TestUser.register(relay);
    await user.request('DELETE', '/auth/me', { authKey: user.authKey });
    const rows = await relay.query<{ kind: string }>('SELECT * FROM audit_events WHERE account_id = $1 ORDER BY seq', [
      user.accountId,
    ]);
    expect(rows.map(({ kind }) => kind)).toEqual(['account_registered', 'account_deleted']);
    expect(JSON.stringify(rows)).not.toContain(user.username);
  });

  it('what it is about only with its change: neither is there without the other', async () => {
    const { user, since } = await somebody();
    await relay.query(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'injected'; END $$`);
    await relay.query('CREATE TRIGGER fail BEFORE INSERT ON audit_events EXECUTE FUNCTION fail()');
    try {
      expect((await login(asKnown(user))).status).toBe(500);
      expect((await user.request('POST', '/devices', { name: 'tablet' })).status).toBe(500);
    } finally {
      await relay.query('DROP FUNCTION fail CASCADE');
    }
    expect((await user.request('GET', '/auth/sessions')).body.items).toHaveLength(1);
    expect((await user.request('GET', '/devices')).body.items).toHaveLength(1);
    expect(await since()).toEqual([]);
  });
});

describe('what may happen without end is counted', () => {
  it('failed sign-ins, of a known name and of none, and of a device that is not the own', async () => {
    const [user, stranger] = await people(relay, 2);
    await writeCounts(relay);
    for (let n = 0; n < 3; n++) await login(asKnown(user, { authKey: secret() }));
    await login(asKnown(user, { deviceId: stranger.deviceId }));
    await login({ username: freshName(), authKey: secret(), device: { name: 'x' } });
    expect(await kindsOf(user)).toEqual(['account_registered']);
    await writeCounts(relay);
    await writeCounts(relay);
    const event = { kind: 'sign_in_failed', actor: 'unknown', deviceId: null, sessionId: null, subjectId: null };
    expect((await eventsOf(user)).slice(1)).toMatchObject([{ ...event, count: 4 }]);
    expect(await kindsOf(stranger)).toEqual(['account_registered']);
    const [, last] = (await auditLines(relay, 'export')).slice(-2);
    expect(last).toMatchObject({ ...event, accountId: null, count: 1 });
  });

  it('in one record at first, and then in one for a quarter of an hour, however many there are', async () => {
    const { user, since } = await somebody();
    const fail = () => login(asKnown(user, { authKey: secret() }));
    const records = async () => {
      await writeCounts(relay);
      return (await since()).map(({ count }) => count);
    };
    await fail();
    expect(await records()).toEqual([1]);
    for (let n = 0; n < 5; n++) await fail();
    relay.clock.advance(14 * 60_000);
    await renew(relay, user);
    expect(await records()).toEqual([1]);
    relay.clock.advance(2 * 60_000);
    expect(await records()).toEqual([1, 5]);
  });

  it('wrong secrets of somebody who is signed in, and wrong recovery codes', async () => {
    const { user, since } = await somebody();
    await user.request('DELETE', '/auth/me', { authKey: secret() });
    await withRecovery(user);
    await complete(relay, completion(user.username, secret()));
    await writeCounts(relay);
    const kinds = (await since()).map(({ kind, count }) => [kind, count]);
    expect(kinds).toEqual([
      ['recovery_set', null],
      ['confirmation_failed', 1],
      ['recovery_failed', 1],
    ]);
  });

  it('what has expired and was erased, and only if there was any', async () => {
    const [one, other] = await people(relay, 2);
    const conversation = await one.directWith(other);
    for (let n = 0; n < 3; n++) expect((await one.send(conversation, 'short', { expiresIn: 60 })).status).toBe(201);
    relay.clock.advance(61_000);
    await relay.part(Janitor).sweep();
    await relay.part(Janitor).sweep();
    await writeCounts(relay);
    const runs = (await auditLines(relay, 'export')).filter(({ kind }) => kind === 'retention_run');
    expect(runs).toMatchObject([{ actor: 'relay', accountId: null, deviceId: null, count: 3 }]);
  });

  it('and is put down when the relay stops', async () => {
    const { user, since } = await somebody();
    await login(asKnown(user, { authKey: secret() }));
    await relay.restart();
    expect(await since()).toMatchObject([{ kind: 'sign_in_failed', count: 1 }]);
  });
});

describe('security events', () => {
  it('are listed to their owner alone, newest first and page by page', async () => {
    const [user, stranger] = await people(relay, 2);
    for (let n = 0; n < 3; n++) await user.onNewDevice();
    const all = await eventsOf(user);
    const seqs: number[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body }: { body: { items: { seq: number }[]; nextCursor: string | null } } = await user.request(
        'GET',
        `/audit?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      seqs.push(...body.items.map(({ seq }) => seq));
      cursor = body.nextCursor;
    }
    expect(seqs).toEqual(all.map(({ seq }) => seq).reverse());
    expect(seqs).toHaveLength(7);
    expect(await kindsOf(stranger)).toEqual(['account_registered']);
    expect(all.every(({ accountId }) => accountId === user.accountId)).toBe(true);
  });

  it('are exported to their owner alone, a line each', async () => {
    const [user, stranger] = await people(relay, 2);
    await user.onNewDevice();
    const { status, headers, body: text } = await user.request('GET', '/audit/export');
    expect([status, headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
    expect(text.endsWith('\n')).toBe(true);
    const lines: string[] = text.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(await eventsOf(user));
    expect((await stranger.request('GET', '/audit/export')).body).not.toContain(user.accountId);
    expect(JSON.stringify(await stranger.request('GET', '/audit'))).not.toContain(user.accountId);
  });

  it.each(['/audit', '/audit/export', '/audit/checkpoints'])(
    'are not shown to whoever is not signed in: %s',
    async (path) => {
      expect((await call(relay, 'GET', `/v1${path}`)).body.code).toBe('invalid_token');
    },
  );

  it.each(['WyJ4Il0', 'WzEsMl0', 'Wy0xXQ', 'e30', 'WzEuNV0'])('have no page behind the cursor %s', async (cursor) => {
    const user = await TestUser.register(relay);
    const { status, body } = await user.request('GET', `/audit?cursor=${cursor}`);
    expect([status, body.code]).toEqual([400, 'invalid_request']);
  });

  it('hold no name and no address', async () => {
    const user = await TestUser.register(relay, { displayName: 'Ada Lovelace' });
    await user.onNewDevice('a phone of hers');
    await login(asKnown(user, { authKey: secret() }));
    await writeCounts(relay);
    const text = JSON.stringify(await relay.query('SELECT * FROM audit_events'));
    for (const told of [user.username, 'Lovelace', 'phone', '127.0.0.1', user.authKey])
      expect(text).not.toContain(told);
  });

  it('can be exported ten times an hour', async () => {
    const strict = await TestRelay.start({ beside: relay, environment: { LIMITS: 'auditExports=2/3600' } });
    try {
      const user = await TestUser.register(strict);
      const statuses = [];
      for (let n = 0; n < 3; n++) statuses.push((await user.request('GET', '/audit/export')).status);
      expect(statuses).toEqual([200, 200, 429]);
    } finally {
      await strict.stop();
    }
  });
});

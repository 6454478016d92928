import { hash } from 'argon2';
import { bitsTurned, call, people, type Reply, TestRelay, TestUser, until } from '#testing';
import { asKnown, freshName, secret } from './signing-in.js';

// The hash is what is tested here.
jest.unmock('argon2');

const relay = TestRelay.duringTests();

const login = (body: unknown): Promise<Reply> => call(relay, 'POST', '/v1/auth/login', { body });

/** Lets something begin while a change is under way that it must wait for, and then commits the change. */
async function duringChange<T>(sql: string, parameters: unknown[], begin: () => Promise<T>): Promise<T> {
  const connection = await relay.connection();
  try {
    await connection.query('BEGIN');
    await connection.query(sql, parameters);
    const begun = begin();
    const waiting =
      'SELECT 1 FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.datname = current_database()';
    await until(async () => (await relay.query(waiting)).length > 0, 'a statement waits for the lock');
    await connection.query('COMMIT');
    return await begun;
  } finally {
    await connection.query('ROLLBACK');
    connection.release();
  }
}

describe('the secret', () => {
  it('is stored as argon2id of at least 19 MiB and two passes, and nowhere else (C-01)', async () => {
    const user = await TestUser.register(relay);
    const [row] = await relay.query<{ row: string; hash: string }>(
      'SELECT to_jsonb(a)::text AS row, auth_hash AS hash FROM accounts a WHERE id = $1',
      [user.accountId],
    );
    expect(row!.hash).toMatch(/^\$argon2id\$v=19\$m=19456,p=1,t=2\$/);
    expect(row!.row).not.toContain(user.authKey);
    expect(row!.row).not.toContain(Buffer.from(user.authKey, 'base64url').toString('hex'));
  });

  it('is hashed anew at the next sign-in when it was hashed too cheaply, also when several sign in at once (C-01)', async () => {
    const user = await TestUser.register(relay);
    const cheap = await hash(Buffer.from(user.authKey, 'base64url'), {
      memoryCost: 8_192,
      timeCost: 1,
      parallelism: 1,
    });
    await relay.query('UPDATE accounts SET auth_hash = $2 WHERE id = $1', [user.accountId, cheap]);
    const replies = await Promise.all(Array.from({ length: 3 }, () => login(asKnown(user))));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    const [row] = await relay.query<{ hash: string }>('SELECT auth_hash AS hash FROM accounts WHERE id = $1', [
      user.accountId,
    ]);
    expect(row!.hash).toMatch(/m=19456,p=1,t=2/);
    expect((await login(asKnown(user))).status).toBe(200);
  });

  it('is checked whole: with any bit turned it is another, and what is longer is refused, not cut (C-02)', async () => {
    const user = await TestUser.register(relay);
    const right = Buffer.from(user.authKey, 'base64url');
    const attempt = async (authKey: Buffer): Promise<number> =>
      (await login(asKnown(user, { authKey: authKey.toString('base64url') }))).status;
    const turned = bitsTurned(right);
    for (const bit of [0, 7, 8, 127, 128, 200, 248, 255])
      expect([bit, await attempt(turned[bit]!)]).toEqual([bit, 401]);
    for (const longer of [33, 64, 200, 1_024])
      expect([longer, await attempt(Buffer.concat([right], longer))]).toEqual([longer, 400]);
    expect(await attempt(right.subarray(0, 31))).toBe(400);
    expect(await attempt(right)).toBe(200);
  });

  it('stays out of the log, as do names, ids and tokens (C-18)', async () => {
    const user = await TestUser.register(relay, { displayName: 'Canary Display' });
    await login(asKnown(user));
    await login(asKnown(user, { authKey: secret() }));
    await call(relay, 'POST', '/v1/auth/refresh', { body: { refreshToken: user.signedIn.refreshToken } });
    const log = relay.logLines.join('');
    const { accessToken, refreshToken, sessionId } = user.signedIn;
    for (const canary of [
      user.authKey,
      user.username,
      'Canary Display',
      user.accountId,
      user.deviceId,
      accessToken,
      refreshToken,
      sessionId,
    ])
      expect(log).not.toContain(canary);
  });
});

describe('signing in', () => {
  it('opens a session of a known device, and no further device', async () => {
    const user = await TestUser.register(relay);
    const { status, body } = await login(asKnown(user));
    expect([status, body.device.id, body.account.id]).toEqual([200, user.deviceId, user.accountId]);
    expect(body.sessionId).not.toBe(user.signedIn.sessionId);
    expect((await user.request('GET', '/devices')).body.items).toHaveLength(1);
  });

  it('opens a session of a new device, of which contacts hear', async () => {
    const [user, friend] = await people(relay, 2);
    await friend.request('PUT', `/contacts/${user.username}`, { state: 'accepted' });
    const laptop = await user.onNewDevice('laptop');
    expect((await laptop.request('GET', '/auth/me')).body.id).toBe(user.accountId);
    const noted = `SELECT 1 FROM account_changes WHERE account_id = $1 AND what = 'devices' AND subject = $2`;
    expect(await relay.query(noted, [friend.accountId, user.accountId])).toHaveLength(1);
    expect(await relay.query(noted, [user.accountId, user.accountId])).toHaveLength(1);
  });

  it('answers an unknown name, a wrong secret, and a device revoked or foreign with the same bytes (C-04)', async () => {
    const [user, other] = await people(relay, 2);
    const lost = await user.onNewDevice();
    await user.request('DELETE', `/devices/${lost.deviceId}`);
    const replies = await Promise.all([
      login(asKnown(user, { username: freshName() })),
      login(asKnown(user, { authKey: secret() })),
      login(asKnown(user, { username: freshName(), deviceId: undefined, device: { name: 'x' } })),
      login(asKnown(user, { authKey: secret(), deviceId: undefined, device: { name: 'x' } })),
      login(asKnown(user, { deviceId: other.deviceId })),
      login(asKnown(user, { deviceId: lost.deviceId })),
    ]);
    const shown = replies.map(({ status, headers, body }) => {
      const { requestId, ...rest } = body;
      const names = [...headers.keys()];
      return { status, rest, names, length: headers.get('content-length'), hasId: typeof requestId };
    });
    expect(new Set(shown.map((reply) => JSON.stringify(reply))).size).toBe(1);
    expect(shown[0]).toMatchObject({ status: 401, rest: { code: 'invalid_credentials' } });
  });

  it.each([{}, { deviceId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11', device: { name: 'x' } }])(
    'needs exactly one device: %j',
    async (device) => {
      const { status, body } = await login({ username: 'ada', authKey: secret(), ...device });
      expect([status, body.code]).toEqual([400, 'invalid_request']);
    },
  );

  it('enrols ten devices and no more, also when several are enrolled at once', async () => {
    const user = await TestUser.register(relay);
    for (let n = 2; n <= 9; n++) await user.onNewDevice(`device ${n}`);
    const asNew = asKnown(user, { deviceId: undefined, device: { name: 'last' } });
    const replies = await Promise.all(Array.from({ length: 4 }, () => login(asNew)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(replies.find(({ status }) => status === 409)!.body.code).toBe('device_limit_reached');
    expect((await user.request('GET', '/devices')).body.items).toHaveLength(10);
    expect((await login(asKnown(user))).status).toBe(200);
  });

  it('notes the day a device was seen, and no finer time', async () => {
    const user = await TestUser.register(relay);
    await relay.query(`UPDATE devices SET last_seen_day = '2020-02-02' WHERE id = $1`, [user.deviceId]);
    const { body } = await login(asKnown(user));
    const [device] = (await call(relay, 'GET', '/v1/devices', { token: body.accessToken })).body.items;
    expect(device.lastSeenDay).toBe(relay.clock.now().toISOString().slice(0, 10));
  });

  it('fails when the secret is changed after it was checked', async () => {
    const user = await TestUser.register(relay);
    const change = `UPDATE accounts SET auth_hash = 'another' WHERE id = $1`;
    const { status } = await duringChange(change, [user.accountId], () => login(asKnown(user)));
    expect(status).toBe(401);
    expect(await relay.query('SELECT 1 FROM sessions WHERE account_id = $1', [user.accountId])).toHaveLength(1);
  });

  it('fails when the device is revoked after it was looked up', async () => {
    const user = await TestUser.register(relay);
    const change = 'UPDATE devices SET revoked_at = now() WHERE id = $1';
    const { status } = await duringChange(change, [user.deviceId], () => login(asKnown(user)));
    expect(status).toBe(401);
  });
});

describe('limits on signing in (C-06)', () => {
  const raised = ['register', 'strangersAddress', 'strangersAccount', 'anonymous']
    .map((id) => `${id}=1000000/1`)
    .join(',');
  const strict = TestRelay.duringTests({ environment: { LIMITS: raised, TRUST_PROXY: '127.0.0.1' } });

  const attempt = (body: unknown, address = '192.0.2.1'): Promise<Reply> =>
    call(strict, 'POST', '/v1/auth/login', { body, headers: { 'x-forwarded-for': address } });

  it('allow five attempts per account and address, and name the time to wait', async () => {
    const user = await TestUser.register(strict);
    const wrong = { username: user.username, authKey: secret(), device: { name: 'x' } };
    for (let n = 0; n < 5; n++) expect((await attempt(wrong)).status).toBe(401);
    const refused = await attempt({ ...wrong, authKey: user.authKey });
    expect([refused.status, refused.body.code]).toEqual([429, 'rate_limited']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await attempt({ ...wrong, authKey: user.authKey }, '192.0.2.2')).status).toBe(200);
    expect((await attempt(asKnown(user))).status).toBe(200);
    expect((await user.request('GET', '/auth/me')).status).toBe(200);
    strict.clock.advance(180_000);
    expect((await attempt({ ...wrong, authKey: user.authKey })).status).toBe(200);
  });

  it('allow twenty attempts per address over all accounts', async () => {
    const user = await TestUser.register(strict);
    const statuses: number[] = [];
    for (let n = 0; n < 21; n++) {
      const { status } = await attempt(
        { username: freshName(), authKey: secret(), device: { name: 'x' } },
        '192.0.2.3',
      );
      statuses.push(status);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(20);
    expect(statuses.at(-1)).toBe(429);
    // Who has signed in before is not hurt by what others do from the same address.
    expect((await attempt(asKnown(user), '192.0.2.3')).status).toBe(200);
    expect((await user.request('GET', '/auth/me')).status).toBe(200);
  });

  it('are not escaped by naming a device: five attempts for that one, and from elsewhere it is free', async () => {
    const user = await TestUser.register(strict);
    for (let n = 0; n < 5; n++)
      expect((await attempt(asKnown(user, { authKey: secret() }), '192.0.2.4')).status).toBe(401);
    expect((await attempt(asKnown(user), '192.0.2.4')).status).toBe(429);
    expect((await attempt(asKnown(user), '192.0.2.5')).status).toBe(200);
  });

  it('do not believe an address that no trusted proxy vouches for (C-27)', async () => {
    const direct = await TestRelay.start({
      environment: { LIMITS: 'strangersAddress=2/900' },
      database: strict.database,
    });
    try {
      const ask = (address: string): Promise<Reply> =>
        call(direct, 'GET', '/v1/auth/kdf?username=ada', { headers: { 'x-forwarded-for': address } });
      expect([
        (await ask('192.0.2.1')).status,
        (await ask('192.0.2.2')).status,
        (await ask('192.0.2.3')).status,
      ]).toEqual([200, 200, 429]);
    } finally {
      await direct.stop();
    }
  });
});

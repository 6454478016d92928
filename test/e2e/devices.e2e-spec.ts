import { randomUUID } from 'node:crypto';
import { call, people, type Reply, TestRelay, TestUser } from '#testing';
import { PROMPTLY } from './promptly.js';

const relay = TestRelay.duringTests();

async function revisionsOf(account: TestUser, subject: TestUser): Promise<unknown[]> {
  const sql = `SELECT revision FROM account_changes WHERE account_id = $1 AND what = 'devices' AND subject = $2`;
  return relay.query(sql, [account.accountId, subject.accountId]);
}

const withoutRequestId = ({ status, body }: Reply): unknown => [status, { ...body, requestId: undefined }];

describe("one's devices", () => {
  it('are listed with their names, oldest first, the asking one marked', async () => {
    const user = await TestUser.register(relay);
    const phone = await user.onNewDevice('phone');
    const { status, body } = await phone.request('GET', '/devices');
    const today = relay.clock.now().toISOString().slice(0, 10);
    expect([status, body]).toEqual([
      200,
      {
        items: [
          { id: user.deviceId, name: 'first', createdAt: expect.any(String), lastSeenDay: today, current: false },
          { id: phone.deviceId, name: 'phone', createdAt: expect.any(String), lastSeenDay: today, current: true },
        ],
        nextCursor: null,
      },
    ]);
  });

  it('grow by one that is registered ahead and then signs in by its id', async () => {
    const user = await TestUser.register(relay);
    const added = await user.request('POST', '/devices', { name: 'tablet' });
    expect([added.status, added.body.name, added.body.current]).toEqual([201, 'tablet', false]);
    const body = { username: user.username, authKey: user.authKey, deviceId: added.body.id };
    expect((await call(relay, 'POST', '/v1/auth/login', { body })).body.device.id).toBe(added.body.id);
  });

  it('are ten at most, also when several are added at once', async () => {
    const user = await TestUser.register(relay);
    const replies = await Promise.all(
      Array.from({ length: 12 }, (_, n) => user.request('POST', '/devices', { name: `n${n}` })),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(9);
    expect(new Set(replies.filter(({ status }) => status !== 201).map(({ body }) => body.code))).toEqual(
      new Set(['device_limit_reached']),
    );
    const [{ id }] = replies.flatMap(({ status, body }) => (status === 201 ? [body] : []));
    expect((await user.request('DELETE', `/devices/${id}`)).status).toBe(204);
    expect((await user.request('POST', '/devices', { name: 'in its place' })).status).toBe(201);
  });

  it('are renamed by their owner only, of which nobody else hears', async () => {
    const [user, stranger] = await people(relay, 2);
    await stranger.request('PUT', `/contacts/${user.username}`, { state: 'accepted' });
    const before = await revisionsOf(stranger, user);
    const renamed = await user.request('PATCH', `/devices/${user.deviceId}`, { name: 'Büro ☕' });
    expect([renamed.status, renamed.body.name]).toEqual([200, 'Büro ☕']);
    expect(await revisionsOf(stranger, user)).toEqual(before);
    const theirs = await stranger.request('PATCH', `/devices/${user.deviceId}`, { name: 'mine' });
    const nobodys = await stranger.request('PATCH', `/devices/${randomUUID()}`, { name: 'mine' });
    expect(withoutRequestId(theirs)).toEqual(withoutRequestId(nobodys));
    expect(theirs.status).toBe(404);
    expect((await user.request('GET', '/devices')).body.items[0].name).toBe('Büro ☕');
  });

  it.each([
    { name: '' },
    { name: 'x'.repeat(65) },
    { name: 'a\u0000b' },
    { name: 7 },
    {},
    { name: 'a', id: randomUUID() },
  ])('take no such name: %j', async (body) => {
    const user = await TestUser.register(relay);
    expect((await user.request('POST', '/devices', body)).body.code).toBe('invalid_request');
    expect((await user.request('PATCH', `/devices/${user.deviceId}`, body)).body.code).toBe('invalid_request');
  });

  it.each(['1', "x' OR 1=1", 'me'])('have ids, not %s', async (id) => {
    const user = await TestUser.register(relay);
    expect((await user.request('DELETE', `/devices/${encodeURIComponent(id)}`)).body.code).toBe('invalid_request');
  });
});

describe('revoking a device', () => {
  it('ends all of its sessions, its tokens and its sockets within a second, and no other (C-15)', async () => {
    const user = await TestUser.register(relay);
    const lost = await user.onNewDevice();
    const body = { username: user.username, authKey: user.authKey, deviceId: lost.deviceId };
    const again = await call(relay, 'POST', '/v1/auth/login', { body });
    const [socket, own] = [await lost.socket(), await user.socket()];
    expect((await user.request('DELETE', `/devices/${lost.deviceId}`)).status).toBe(204);
    expect((await lost.request('GET', '/auth/me')).status).toBe(401);
    expect((await call(relay, 'GET', '/v1/auth/me', { token: again.body.accessToken })).status).toBe(401);
    const { refreshToken } = lost.signedIn;
    expect((await call(relay, 'POST', '/v1/auth/refresh', { body: { refreshToken } })).body.code).toBe(
      'invalid_refresh_token',
    );
    await socket.closed(PROMPTLY);
    expect([own.isConnected, (await user.request('GET', '/auth/me')).status]).toEqual([true, 200]);
    expect((await user.request('GET', '/devices')).body.items).toHaveLength(1);
  });

  it('is for its owner only: a stranger is told what is told of no device at all', async () => {
    const [user, stranger] = await people(relay, 2);
    const theirs = await stranger.request('DELETE', `/devices/${user.deviceId}`);
    const nobodys = await stranger.request('DELETE', `/devices/${randomUUID()}`);
    expect(withoutRequestId(theirs)).toEqual(withoutRequestId(nobodys));
    expect(theirs.status).toBe(404);
    expect((await user.request('GET', '/auth/me')).status).toBe(200);
    expect(await revisionsOf(stranger, stranger)).toHaveLength(0);
  });

  it('happens once: the second of two is told that there is none', async () => {
    const user = await TestUser.register(relay);
    const lost = await user.onNewDevice();
    const replies = await Promise.all([1, 2].map(() => user.request('DELETE', `/devices/${lost.deviceId}`)));
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 404]);
  });

  it('is heard of by contacts, live and later', async () => {
    const [user, friend] = await people(relay, 2);
    await friend.request('PUT', `/contacts/${user.username}`, { state: 'accepted' });
    const lost = await user.onNewDevice();
    const socket = await friend.socket();
    await user.request('DELETE', `/devices/${lost.deviceId}`);
    const [heard] = await socket.hear('account:changed');
    expect(heard).toMatchObject({ what: 'devices', subject: user.accountId });
    expect(await revisionsOf(friend, user)).toHaveLength(1);
    socket.close();
  });

  it('leaves no name behind', async () => {
    const user = await TestUser.register(relay);
    const lost = await user.onNewDevice('canary name');
    await user.request('DELETE', `/devices/${lost.deviceId}`);
    const rows = await relay.query<{ name: string }>('SELECT name FROM devices WHERE id = $1', [lost.deviceId]);
    expect(rows).toEqual([{ name: '' }]);
  });
});

describe("somebody's devices", () => {
  it('are told without their names, only while they live', async () => {
    const [user, stranger] = await people(relay, 2);
    const lost = await user.onNewDevice();
    await user.request('DELETE', `/devices/${lost.deviceId}`);
    const { status, body } = await stranger.request('GET', `/users/${user.username}/devices`);
    expect([status, body]).toEqual([
      200,
      { items: [{ id: user.deviceId, createdAt: expect.any(String) }], nextCursor: null, list: null, earlierLists: [] },
    ]);
  });

  it('are not told of nobody', async () => {
    const user = await TestUser.register(relay);
    expect((await user.request('GET', '/users/nobody-here/devices')).status).toBe(404);
  });

  it('count on the budget for strangers, unless one knows them', async () => {
    const strict = await TestRelay.start({ environment: { LIMITS: 'strangersAccount=1/36000,register=100/1' } });
    try {
      const [user, friend, stranger] = await people(strict, 3);
      await user.request('PUT', `/contacts/${friend.username}`, { state: 'accepted' });
      expect((await user.request('GET', `/users/${stranger.username}/devices`)).status).toBe(429);
      expect((await user.request('GET', `/users/${friend.username}/devices`)).status).toBe(200);
    } finally {
      await strict.stop();
    }
  });
});

describe('two who know each other', () => {
  it('enrol, rename and revoke devices at once without waiting in a circle', async () => {
    const [ada, eve] = await people(relay, 2);
    await ada.request('PUT', `/contacts/${eve.username}`, { state: 'accepted' });
    await eve.request('PUT', `/contacts/${ada.username}`, { state: 'accepted' });
    const turn = async (user: TestUser): Promise<number[]> => {
      const { body } = await user.request('POST', '/devices', { name: 'spare' });
      const replies = await Promise.all([
        user.request('PATCH', '/auth/me', { displayName: 'x' }),
        user.request('PATCH', `/devices/${user.deviceId}`, { name: 'renamed' }),
        user.request('DELETE', `/devices/${body.id}`),
        user.onNewDevice().then(() => ({ status: 200 })),
      ]);
      return replies.map(({ status }) => status);
    };
    const turns = await Promise.all([ada, eve, ada, eve].map(turn));
    expect(turns).toEqual(Array.from({ length: 4 }, () => [200, 200, 204, 200]));
  });
});

describe('without signing in', () => {
  it.each([
    ['GET', '/v1/devices'],
    ['POST', '/v1/devices'],
    ['PATCH', `/v1/devices/${randomUUID()}`],
    ['DELETE', `/v1/devices/${randomUUID()}`],
    ['GET', '/v1/users/ada/devices'],
    ['GET', '/v1/auth/me'],
    ['PATCH', '/v1/auth/me'],
    ['DELETE', '/v1/auth/me'],
    ['POST', '/v1/auth/password'],
    ['POST', '/v1/auth/logout'],
    ['GET', '/v1/auth/sessions'],
    ['DELETE', `/v1/auth/sessions/${randomUUID()}`],
  ])('%s %s is refused', async (method, path) => {
    const { status, body } = await call(relay, method, path);
    expect([status, body.code]).toEqual([401, 'invalid_token']);
  });
});

import { type DeviceList, deviceListBytes } from '#protocol';
import { call, people, type Reply, TestRelay, TestUser } from '#testing';
import { firstList, listed, nextList, putList, signed, withDevices } from './device-lists.js';
import { encode, newKey, rotation, withKey } from './identity-key.js';

const relay = TestRelay.duringTests();

const shownTo = async (asker: TestUser, of: TestUser): Promise<unknown> =>
  (await asker.request('GET', `/users/${of.username}/devices`)).body.list;

async function toldOf(account: TestUser): Promise<string[]> {
  const rows = await relay.query<{ account_id: string }>(
    `SELECT account_id FROM account_changes WHERE what = 'device_list' AND subject = $1 ORDER BY account_id`,
    [account.accountId],
  );
  return rows.map(({ account_id }) => account_id);
}

const refusal = ({ status, body }: Reply): unknown[] => [status, body.code];
const STALE = [409, 'stale_version'];
const UNSIGNED = [400, 'invalid_signature'];
const WRONG = [400, 'invalid_request'];

describe('a signed list of devices', () => {
  it('is not there before it is uploaded', async () => {
    const [user, stranger] = await people(relay, 2);
    expect(refusal(await user.request('GET', '/devices/list'))).toEqual([404, 'not_found']);
    expect(await shownTo(stranger, user)).toBeNull();
  });

  it('is shown to its owner and to whoever asks by name, to the byte as it was signed', async () => {
    const { user, key, list, shown } = await listed(relay);
    expect(shown).toEqual({ ...signed(list, key), keyVersion: 1, createdAt: expect.any(String) });
    const stranger = await TestUser.register(relay);
    expect((await user.request('GET', '/devices/list')).body).toEqual(shown);
    expect(await shownTo(stranger, user)).toEqual(shown);
    expect(await shownTo(user, user)).toEqual(shown);
  });

  it('goes on version by version, and keeps every one', async () => {
    const { user, key, list } = await listed(relay);
    const second = withDevices(list, { device: await user.onNewDevice(), mls: newKey() });
    const third = nextList(second, { devices: list.devices });
    for (const next of [second, third]) expect((await putList({ user, key }, next)).status).toBe(200);
    expect((await user.request('GET', '/devices/list')).body.version).toBe(3);
    const kept = await relay.query<{ body: Buffer }>(
      'SELECT body FROM device_lists WHERE account_id = $1 ORDER BY version',
      [user.accountId],
    );
    expect(kept.map(({ body }) => body)).toEqual([list, second, third].map((one) => Buffer.from(deviceListBytes(one))));
  });

  it('is shown with those that were current since the one that the asker knows', async () => {
    const { user, key, list, shown } = await listed(relay);
    const second = withDevices(list, { device: await user.onNewDevice(), mls: newKey() });
    const third = nextList(second, { devices: list.devices });
    for (const next of [second, third]) await putList({ user, key }, next);
    const stranger = await TestUser.register(relay);
    const earlier = async (query: string): Promise<number[]> => {
      const { body } = await stranger.request('GET', `/users/${user.username}/devices${query}`);
      expect(body.list.version).toBe(3);
      return body.earlierLists.map(({ version }: { version: number }) => version);
    };
    expect(await earlier('')).toEqual([]);
    expect(await earlier('?listsAfter=0')).toEqual([1, 2]);
    expect(await earlier('?listsAfter=1')).toEqual([2]);
    for (const known of [2, 3, 4]) expect(await earlier(`?listsAfter=${String(known)}`)).toEqual([]);
    const { body } = await stranger.request('GET', `/users/${user.username}/devices?listsAfter=0`);
    expect(body.earlierLists[0]).toEqual(shown);
    for (const wrong of ['-1', '1.5', 'x', '2147483648'])
      expect(refusal(await stranger.request('GET', `/users/${user.username}/devices?listsAfter=${wrong}`))).toEqual(
        WRONG,
      );
  });

  it('changes nothing when it is uploaded again, so that a retry is safe, and nobody hears of it', async () => {
    const { user, key, list, shown } = await listed(relay);
    const socket = await user.socket();
    const replies = await Promise.all(Array.from({ length: 5 }, () => putList({ user, key }, list)));
    for (const reply of replies) expect([reply.status, reply.body]).toEqual([200, shown]);
    await user.request('PATCH', '/auth/me', { displayName: 'last' });
    const heard = await socket.hear('account:changed');
    expect(heard.map(({ what }) => what)).toEqual(['profile']);
    socket.close();
  });

  it('has one winner of ten that follow on the same one at once', async () => {
    const { user, key, list } = await listed(relay);
    const rivals = Array.from({ length: 10 }, (_none, n) =>
      nextList(list, { devices: [{ ...list.devices[0]!, addedAtMs: n }] }),
    );
    const replies = await Promise.all(rivals.map((rival) => putList({ user, key }, rival)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(409)]);
    for (const reply of replies.filter(({ status }) => status !== 200)) expect(refusal(reply)).toEqual(STALE);
    const winner = replies.find(({ status }) => status === 200)!.body;
    expect((await user.request('GET', '/devices/list')).body).toEqual(winner);
  });

  it('stays as it is when the identity key is replaced, until the new key signs one', async () => {
    const { user, key, list, shown } = await listed(relay);
    const { body: current } = await user.request('GET', '/keys/me');
    const next = newKey();
    await user.request('PUT', '/keys/me', rotation(current, key, next));
    expect(await shownTo(await TestUser.register(relay), user)).toEqual(shown);
    expect(refusal(await putList({ user, key }, nextList(list)))).toEqual(STALE);
    expect(refusal(await putList({ user, key }, nextList(list, { keyVersion: 2 })))).toEqual(UNSIGNED);
    const { status, body } = await putList({ user, key: next }, nextList(list, { keyVersion: 2 }));
    expect([status, body.version, body.keyVersion]).toEqual([200, 2, 2]);
  });
});

describe('whoever is concerned', () => {
  it('hears of a new list, live and later: the account itself and those who accepted it, nobody else', async () => {
    const lister = { ...(await withKey(relay)), mls: newKey() };
    const { user } = lister;
    const [friend, stranger] = await people(relay, 2);
    await friend.request('PUT', `/contacts/${user.username}`, { state: 'accepted' });
    const sockets = await Promise.all([user, friend].map((one) => one.socket()));
    await putList(lister, firstList(lister));
    for (const socket of sockets) {
      const [heard] = await socket.hear('account:changed');
      expect(heard).toMatchObject({ what: 'device_list', subject: user.accountId });
      socket.close();
    }
    expect(await toldOf(user)).toEqual([user.accountId, friend.accountId].sort());
    expect(await toldOf(user)).not.toContain(stranger.accountId);
    const { body } = await friend.request('POST', '/sync', { revision: 0, cursors: {} });
    expect(body.changes).toContainEqual({ revision: expect.any(Number), what: 'device_list', subject: user.accountId });
  });
});

describe('a list is refused', () => {
  it('when another list or key is current', async () => {
    const { user, key, list } = await listed(relay);
    const stale: DeviceList[] = [
      { ...list, devices: [] },
      nextList(list, { version: 3 }),
      nextList(list, { version: 2_147_483_647 }),
      nextList(list, { prevHash: Buffer.alloc(32) }),
      nextList(list, { keyVersion: 2 }),
    ];
    for (const one of stale) expect(refusal(await putList({ user, key }, one))).toEqual(STALE);
    expect(await toldOf(user)).toEqual([user.accountId]);
    expect((await user.request('GET', '/devices/list')).body.version).toBe(1);
  });

  it('before there is an identity key', async () => {
    const user = await TestUser.register(relay);
    expect(refusal(await putList({ user, key: newKey() }, firstList({ user, mls: newKey() })))).toEqual(STALE);
  });

  it('unless the identity key signed these very bytes', async () => {
    const { user, key, list } = await listed(relay);
    const [proper, other] = [signed(nextList(list), key), signed(nextList(list, { devices: [] }), key)];
    const forgeries = [
      signed(nextList(list), newKey()),
      { ...proper, signature: other.signature },
      { ...proper, signature: encode(Buffer.alloc(64)) },
    ];
    for (const forgery of forgeries)
      expect(refusal(await user.request('PUT', '/devices/list', forgery))).toEqual(UNSIGNED);
  });

  it('from a key that cannot sign', async () => {
    const user = await TestUser.register(relay);
    await user.request('PUT', '/keys/me', { algorithm: 'x25519', publicKey: encode(newKey().raw) });
    expect(refusal(await putList({ user, key: newKey() }, firstList({ user, mls: newKey() })))).toEqual(UNSIGNED);
  });

  it('with devices that are not live ones of the account', async () => {
    const { user, key, list } = await listed(relay);
    const [stranger, lost] = [await TestUser.register(relay), await user.onNewDevice()];
    await user.request('DELETE', `/devices/${lost.deviceId}`);
    for (const device of [stranger, lost])
      expect(refusal(await putList({ user, key }, withDevices(list, { device, mls: newKey() })))).toEqual(WRONG);
    expect(refusal(await putList({ user, key }, nextList(list, { accountId: stranger.accountId })))).toEqual(WRONG);
  });

  it('with more devices than an account may have', async () => {
    const { user, key, list } = await listed(relay);
    const [laptop] = list.devices;
    const crowd = Array.from({ length: 11 }, (_none, n) => ({
      ...laptop!,
      deviceId: `${laptop!.deviceId.slice(0, -2)}${String(n + 10)}`,
    }));
    expect(refusal(await putList({ user, key }, nextList(list, { devices: crowd })))).toEqual(WRONG);
  });

  it('that is none, of whatever kind', async () => {
    const { user, key, list } = await listed(relay);
    const proper = signed(nextList(list), key);
    const bytes = Buffer.from(proper.body, 'base64url');
    const odd: unknown[] = [
      { ...proper, version: 3 },
      { ...proper, version: 0 },
      { ...proper, version: '2' },
      { ...proper, body: encode(bytes.subarray(1)) },
      { ...proper, body: encode(bytes.subarray(0, -1)) },
      { ...proper, body: encode(Buffer.concat([bytes, bytes])) },
      { ...proper, body: '' },
      { ...proper, body: `${proper.body}=` },
      { ...proper, body: encode(Buffer.alloc(4097)) },
      { ...proper, signature: encode(Buffer.alloc(63)) },
      { ...proper, extra: 1 },
      { version: 2, body: proper.body },
      [proper],
      {},
    ];
    for (const body of odd) expect(refusal(await user.request('PUT', '/devices/list', body))).toEqual(WRONG);
  });

  it('without signing in', async () => {
    for (const method of ['GET', 'PUT'])
      expect(refusal(await call(relay, method, '/v1/devices/list', { body: undefined }))).toEqual([
        401,
        'invalid_token',
      ]);
  });
});

describe('somebody’s list', () => {
  it('counts on the budget for strangers', async () => {
    const strict = await TestRelay.start({ environment: { LIMITS: 'strangersAccount=1/36000,register=100/1' } });
    try {
      const [user, stranger] = await people(strict, 2);
      expect((await user.request('GET', `/users/${stranger.username}/devices`)).status).toBe(200);
      expect((await user.request('GET', `/users/${stranger.username}/devices`)).status).toBe(429);
    } finally {
      await strict.stop();
    }
  });

  it('is not held against a revocation at the same time: both are done, in one order or the other', async () => {
    const { user, key, list } = await listed(relay);
    const lost = await user.onNewDevice();
    const [put, revoked] = await Promise.all([
      putList({ user, key }, withDevices(list, { device: lost, mls: newKey() })),
      user.request('DELETE', `/devices/${lost.deviceId}`),
    ]);
    expect(revoked.status).toBe(204);
    expect([200, 400]).toContain(put.status);
  });
});

import { MLS_SUITES } from '#protocol';
import { people, type Reply, scaled, TestRelay, type TestSocket, TestUser } from '#testing';
import { Janitor } from '../../apps/relay/src/retention/janitor.service.js';
import {
  available,
  claim,
  claimOne,
  type HandedOut,
  keyPackagesOf,
  listed,
  type Lister,
  putList,
  refOf,
  upload,
  withDevices,
} from './device-lists.js';
import { encode, newKey, rotation } from './identity-key.js';
import { renew } from './renewal.js';

/** Of one device, for each of which two ask at once. */
const KEY_PACKAGES = scaled({ ci: 100, gate: 500 });

const relay = TestRelay.duringTests();

/** Somebody with so many key packages, and a last resort. */
async function stocked(count: number, on: TestRelay = relay): Promise<Awaited<ReturnType<typeof listed>>> {
  const lister = await listed(on);
  for (let left = count; left > 0; left -= 100)
    await upload(lister.user, keyPackagesOf(on, lister, Math.min(left, 100)));
  await upload(lister.user, keyPackagesOf(on, lister), true);
  return lister;
}

/** Their second device, on the list and with so many key packages. */
async function secondOf(lister: Awaited<ReturnType<typeof listed>>, count: number): Promise<Lister> {
  const second = { ...lister, user: await lister.user.onNewDevice(), mls: newKey() };
  await putList(lister, withDevices(lister.list, { device: second.user, mls: second.mls }));
  await upload(second.user, keyPackagesOf(relay, second, count));
  return second;
}

const sameAnswer = ({ status, body }: Reply): unknown => [status, { ...body, requestId: '' }];

describe('a claim', () => {
  it('hands out one key package of each device, as it was uploaded, with the list that vouches for them', async () => {
    const lister = await listed(relay);
    const [body] = keyPackagesOf(relay, lister) as [string];
    await upload(lister.user, [body]);
    const second = await secondOf(lister, 2);
    const bare = await lister.user.onNewDevice('bare');
    const claimer = await TestUser.register(relay);
    const { status, body: got } = await claim(claimer, lister.user);
    const { body: list } = await lister.user.request('GET', '/devices/list');
    expect([status, got.accountId, got.list, got.without]).toEqual([200, lister.user.accountId, list, [bare.deviceId]]);
    const [one, other] = [lister.user, second.user].map(({ deviceId }) =>
      got.keyPackages.find((each: HandedOut) => each.deviceId === deviceId),
    );
    expect(one).toEqual({ deviceId: lister.user.deviceId, ref: refOf(body), body, lastResort: false });
    expect([other.ref, other.lastResort]).toEqual([refOf(other.body), false]);
    expect([await available(lister.user), await available(second.user)]).toEqual([0, 1]);
  });

  it('may name devices and the suite; what there is none of is said', async () => {
    const lister = await stocked(1);
    const second = await secondOf(lister, 1);
    const [claimer, stranger] = await people(relay, 2);
    const deviceIds = [second.user.deviceId, stranger.deviceId];
    const { body } = await claim(claimer, lister.user, { deviceIds });
    expect(body.keyPackages.map((each: HandedOut) => each.deviceId)).toEqual([second.user.deviceId]);
    expect(body.without).toEqual([stranger.deviceId]);
    expect(await available(lister.user)).toBe(1);
    for (const suite of [MLS_SUITES.x25519, 9]) {
      const { body: other } = await claim(claimer, lister.user, { suite });
      expect([other.keyPackages, other.without.sort()]).toEqual([
        [],
        [lister.user.deviceId, second.user.deviceId].sort(),
      ]);
    }
  });

  it('of one’s own account is for the other devices, never for the one that asks', async () => {
    const lister = await stocked(2);
    const second = await secondOf(lister, 2);
    const { body } = await claim(second.user, lister.user);
    expect([body.keyPackages.length, body.keyPackages[0].deviceId, body.without]).toEqual([
      1,
      lister.user.deviceId,
      [],
    ]);
    const { body: own } = await claim(second.user, lister.user, { deviceIds: [second.user.deviceId] });
    expect([own.keyPackages, own.without]).toEqual([[], [second.user.deviceId]]);
    expect(await available(second.user)).toBe(2);
  });

  it('hands out no key package that has expired, not even as the last resort, and the sweep removes it', async () => {
    const own = await TestRelay.start();
    try {
      const lister = await listed(own);
      const [claimer] = await people(own, 1);
      await upload(lister.user, keyPackagesOf(own, lister, 2, { lifeSeconds: 7_200 }));
      await upload(lister.user, keyPackagesOf(own, lister, 1, { lifeSeconds: 7_200 }), true);
      await claimOne(claimer, lister.user);
      own.clock.advance(7_200_000);
      await renew(own, claimer);
      expect((await claim(claimer, lister.user)).body).toMatchObject({
        keyPackages: [],
        without: [lister.user.deviceId],
      });
      await own.part(Janitor).sweep();
      expect(await own.query('SELECT ref FROM key_packages UNION ALL SELECT ref FROM spent_key_packages')).toEqual([]);
    } finally {
      await own.stop();
    }
  });

  it('gets nothing under a list whose identity key was reset since, until the new key has signed one', async () => {
    const lister = await stocked(2);
    const { user, list } = lister;
    const [claimer] = await people(relay, 1);
    const { body: current } = await user.request('GET', '/keys/me');
    const [second, third] = [newKey(), newKey()];
    const { body: next } = await user.request('PUT', '/keys/me', rotation(current, lister.key, second));
    expect((await claim(claimer, user)).body.keyPackages).toHaveLength(1);
    const reset = { algorithm: 'ed25519', publicKey: encode(third.raw), version: next.version, reset: true };
    await user.request('PUT', '/keys/me', { ...reset, authKey: user.authKey });
    const { body } = await claim(claimer, user);
    expect([body.keyPackages, body.without, body.list.keyVersion]).toEqual([[], [user.deviceId], 1]);
    await putList({ user, key: third }, { ...withDevices(list), keyVersion: 3 });
    expect((await claim(claimer, user)).body.keyPackages).toHaveLength(1);
  });

  it('is answered to a blocked person as to anybody, and of nobody as any look-up is', async () => {
    const lister = await stocked(4);
    const [blocked, other] = await people(relay, 2);
    await lister.user.request('PUT', `/contacts/${blocked.username}`, { state: 'blocked' });
    for (const claimer of [blocked, other])
      expect(await claimOne(claimer, lister.user)).toMatchObject({ lastResort: false });
    const absent = await other.request('POST', '/users/nobody-here/key-packages/claim', {});
    const { body } = await other.request('GET', '/users/nobody-here/devices');
    expect(sameAnswer(absent)).toEqual([404, { ...body, requestId: '' }]);
  });

  it('counts on the budget for strangers, unless one knows them', async () => {
    const strict = await TestRelay.start({ environment: { LIMITS: 'strangersAccount=1/36000,register=100/1' } });
    try {
      const [user, friend, stranger] = await people(strict, 3);
      await user.request('PUT', `/contacts/${friend.username}`, { state: 'accepted' });
      expect((await claim(user, stranger)).status).toBe(429);
      expect((await claim(user, friend)).status).toBe(200);
    } finally {
      await strict.stop();
    }
  });

  it.each([
    { suite: 0 },
    { suite: 65_536 },
    { suite: '83' },
    { deviceIds: 'all' },
    { deviceIds: ['first'] },
    { deviceIds: Array.from({ length: 11 }, () => '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11') },
    { all: true },
    [],
  ])('is refused with %j', async (body) => {
    const [one, other] = await people(relay, 2);
    const { status, body: problem } = await claim(one, other, body as Record<string, unknown>);
    expect([status, problem.code]).toEqual([400, 'invalid_request']);
  });
});

describe('claims', () => {
  it('of one person by another are six, then one in ten minutes; beyond that the last resort is served (C-30)', async () => {
    const { user } = await stocked(20);
    const [claimer, other] = await people(relay, 2);
    const six = [];
    for (let n = 0; n < 6; n++) six.push(await claimOne(claimer, user));
    expect(six.map(({ lastResort }) => lastResort)).toEqual(Array(6).fill(false));
    expect((await claimOne(claimer, user)).lastResort).toBe(true);
    expect((await claimOne(other, user)).lastResort).toBe(false);
    relay.clock.advance(599_000);
    expect((await claimOne(await renewed(claimer), user)).lastResort).toBe(true);
    relay.clock.advance(1_500);
    expect((await claimOne(await renewed(claimer), user)).lastResort).toBe(false);
    expect((await claimOne(claimer, user)).lastResort).toBe(true);
    expect(await available(await renewed(user))).toBe(12);
  });

  async function renewed(user: TestUser): Promise<TestUser> {
    await renew(relay, user);
    return user;
  }
});

describe('a device whose stock falls', () => {
  const lows = (socket: TestSocket): unknown[] => socket.payloads('keyPackages:low');

  it('hears of it at 15 and at 0, once each, while its other devices and others hear nothing', async () => {
    const lister = await stocked(18);
    const second = await secondOf(lister, 1);
    const claimers = await people(relay, 4);
    const [own, another, theirs] = await Promise.all([
      lister.user.socket(),
      second.user.socket(),
      claimers[0].socket(),
    ]);
    const deviceIds = [lister.user.deviceId];
    const taken: HandedOut[] = [];
    for (const claimer of claimers)
      taken.push(
        ...(await Promise.all(Array.from({ length: 6 }, () => claimOne(claimer, lister.user, { deviceIds })))),
      );
    expect(taken.filter(({ lastResort }) => !lastResort)).toHaveLength(18);
    await own.hear('keyPackages:low', 2);
    await lister.user.request('PATCH', '/auth/me', { displayName: 'last' });
    await Promise.all([own, another].map((socket) => socket.hear('account:changed')));
    expect(lows(own)).toEqual([
      { suite: 83, available: 15 },
      { suite: 83, available: 0 },
    ]);
    expect([lows(another), lows(theirs)]).toEqual([[], []]);
    for (const socket of [own, another, theirs]) socket.close();
  });

  it('hears of it again after it has uploaded more', async () => {
    const lister = await stocked(16);
    const [claimer] = await people(relay, 1);
    const socket = await lister.user.socket();
    await claimOne(claimer, lister.user);
    await socket.hear('keyPackages:low');
    await claimOne(claimer, lister.user);
    await upload(lister.user, keyPackagesOf(relay, lister, 2));
    await claimOne(claimer, lister.user);
    await socket.hear('keyPackages:low', 2);
    expect(lows(socket)).toEqual(Array(2).fill({ suite: 83, available: 15 }));
    socket.close();
  });
});

describe('many claims at once', () => {
  it('on half as many key packages get a different one each, and then the last resort, flagged (C-30)', async () => {
    const roomyOnes = ['keyPackageClaims', 'requests', 'register', 'strangersAddress', 'strangersAccount'];
    const limits = roomyOnes.map((id) => `${id}=1000000/1`);
    const roomy = await TestRelay.start({
      environment: { LIMITS: limits.join(','), QUOTAS: 'keyPackagesPerDevice=1000' },
    });
    try {
      const lister = await stocked(KEY_PACKAGES, roomy);
      const claimers = await people(roomy, 20);
      const socket = await lister.user.socket();
      const claims = Array.from({ length: 2 * KEY_PACKAGES }, (_none, n) =>
        patiently(() => claim(claimers[n % 20]!, lister.user)),
      );
      const replies = await Promise.all(claims);
      expect(replies.filter(({ status }) => status !== 200).map(({ status, body }) => [status, body])).toEqual([]);
      const got = replies.map(({ body }) => body.keyPackages[0] as HandedOut);
      const once = got.filter(({ lastResort }) => !lastResort);
      expect([once.length, new Set(once.map(({ ref }) => ref)).size]).toEqual([KEY_PACKAGES, KEY_PACKAGES]);
      const rest = got.filter(({ lastResort }) => lastResort);
      expect([rest.length, new Set(rest.map(({ ref }) => ref)).size]).toEqual([KEY_PACKAGES, 1]);
      await socket.hear('keyPackages:low', 2);
      expect(socket.payloads('keyPackages:low').map(({ available: left }) => left)).toEqual([15, 0]);
      socket.close();
    } finally {
      await roomy.stop();
    }
  });

  /** So many at once may have to wait for a connection to the database for longer than the relay lets them. */
  async function patiently(ask: () => Promise<Reply>): Promise<Reply> {
    const reply = await ask();
    return reply.status === 503 ? patiently(ask) : reply;
  }
});

import { LIMITS, MLS_SUITES } from '#protocol';
import { bitsTurned, call, people, type Reply, TestRelay, TestUser } from '#testing';
import {
  available,
  claim,
  claimOne,
  type HandedOut,
  keyPackagesOf,
  listed,
  nextList,
  putList,
  refOf,
  upload,
} from './device-lists.js';
import { decode, encode, newKey } from './identity-key.js';
import { renew } from './renewal.js';

const relay = TestRelay.duringTests();
const DAY_MS = 86_400_000;

const refusal = ({ status, body }: Reply): unknown[] => [status, body.code];
const WRONG = [400, 'invalid_request'];

const storedOf = async (user: TestUser): Promise<unknown[]> =>
  relay.query('SELECT ref FROM key_packages WHERE account_id = $1', [user.accountId]);

describe('uploading key packages', () => {
  it('answers what there is of each suite, as counting does', async () => {
    const lister = await listed(relay);
    const { user } = lister;
    const none = { available: 0, lastResort: false };
    const { body: before } = await user.request('GET', '/devices/me/key-packages/count');
    expect(before).toEqual({ counts: [83, 1].map((suite) => ({ suite, ...none })) });
    await upload(user, keyPackagesOf(relay, lister, 2));
    await upload(user, keyPackagesOf(relay, lister, 1, { suite: MLS_SUITES.x25519 }));
    const { status, body } = await upload(user, keyPackagesOf(relay, lister), true);
    const counts = [
      { suite: 83, available: 2, lastResort: true },
      { suite: 1, available: 1, lastResort: false },
    ];
    expect([status, body]).toEqual([200, { counts }]);
    expect((await user.request('GET', '/devices/me/key-packages/count')).body).toEqual({ counts });
  });

  it('changes nothing the second time, also when both come at once', async () => {
    const lister = await listed(relay);
    const bodies = keyPackagesOf(relay, lister, 20);
    await Promise.all(Array.from({ length: 8 }, () => upload(lister.user, bodies)));
    await upload(lister.user, [...bodies, bodies[0]!]);
    expect(await available(lister.user)).toBe(20);
  });

  it('does not bring back what was handed out meanwhile', async () => {
    const lister = await listed(relay);
    const bodies = keyPackagesOf(relay, lister, 3);
    await upload(lister.user, bodies);
    const { body: taken } = await claimOne(await TestUser.register(relay), lister.user);
    const { body } = await upload(lister.user, bodies);
    expect(body.counts[0].available).toBe(2);
    const left = await relay.query<{ ref: Buffer }>('SELECT ref FROM key_packages WHERE account_id = $1', [
      lister.user.accountId,
    ]);
    expect(left.map(({ ref }) => encode(ref))).not.toContain(refOf(taken));
  });

  it('keeps one last resort of each suite, the newest', async () => {
    const lister = await listed(relay);
    const claimer = await TestUser.register(relay);
    for (let round = 0; round < 3; round++) {
      const [body] = keyPackagesOf(relay, lister);
      expect((await upload(lister.user, [body!], true)).body.counts[0]).toEqual({
        suite: 83,
        available: 0,
        lastResort: true,
      });
      expect((await claimOne(claimer, lister.user)).body).toBe(body);
    }
    expect(await storedOf(lister.user)).toHaveLength(1);
  });

  it('may make what was the last resort one of many, and another one the last resort', async () => {
    const lister = await listed(relay);
    const [first, second] = keyPackagesOf(relay, lister, 2) as [string, string];
    await upload(lister.user, [first], true);
    const { body } = await lister.user.request('POST', '/devices/me/key-packages', {
      keyPackages: [{ body: first }, { body: second, lastResort: true }],
    });
    expect(body.counts[0]).toEqual({ suite: 83, available: 1, lastResort: true });
  });

  it('stops at 200 waiting, all or nothing', async () => {
    const lister = await listed(relay);
    for (let round = 0; round < 2; round++)
      expect((await upload(lister.user, keyPackagesOf(relay, lister, 99))).status).toBe(200);
    expect(refusal(await upload(lister.user, keyPackagesOf(relay, lister, 3)))).toEqual([
      429,
      'account_quota_exceeded',
    ]);
    expect(await available(lister.user)).toBe(198);
    expect((await upload(lister.user, keyPackagesOf(relay, lister, 2))).status).toBe(200);
  });

  it('makes room by what has expired', async () => {
    const lister = await listed(relay);
    await upload(lister.user, keyPackagesOf(relay, lister, 100, { lifeSeconds: 86_400 }));
    await upload(lister.user, keyPackagesOf(relay, lister, 100, { lifeSeconds: 86_400 }));
    relay.clock.advance(DAY_MS);
    await renew(relay, lister.user);
    const { status, body } = await upload(lister.user, keyPackagesOf(relay, lister, 100));
    expect([status, body.counts[0].available]).toEqual([200, 100]);
    expect(await storedOf(lister.user)).toHaveLength(100);
  });
});

describe('a key package is refused', () => {
  it('from a device that its account has not listed, or has with another key', async () => {
    const lister = await listed(relay);
    const second = { ...lister, user: await lister.user.onNewDevice() };
    const unlisted = await TestUser.register(relay);
    const NOT_LISTED = [409, 'device_not_listed'];
    const replies = [
      await upload(second.user, keyPackagesOf(relay, second)),
      await upload(unlisted, keyPackagesOf(relay, { user: unlisted, mls: newKey() })),
      await upload(lister.user, keyPackagesOf(relay, { ...lister, mls: newKey() })),
    ];
    for (const reply of replies) expect(refusal(reply)).toEqual(NOT_LISTED);
    expect(await storedOf(lister.user)).toEqual([]);
  });

  it('of somebody else, of another device, expired, too early, for too long, or of an unknown suite', async () => {
    const lister = await listed(relay);
    const { user, mls } = lister;
    const stranger = await TestUser.register(relay);
    const elsewhere = await user.onNewDevice();
    const odd = [
      keyPackagesOf(relay, { user: stranger, mls }),
      keyPackagesOf(relay, { user: elsewhere, mls }),
      keyPackagesOf(relay, lister, 1, { lifeSeconds: 2_990 }),
      keyPackagesOf(relay, lister, 1, { lifeSeconds: 0 }),
      keyPackagesOf(relay, lister, 1, { lifeSeconds: 90 * 86_400 + 3_601 }),
      keyPackagesOf(relay, lister, 1, { startsInSeconds: 3_700 }),
      keyPackagesOf(relay, lister, 1, { suite: 2 }),
    ];
    for (const bodies of odd) {
      const [good] = keyPackagesOf(relay, lister);
      const reply = await upload(user, [good!, ...bodies]);
      expect([...refusal(reply), reply.body.errors[0].path]).toEqual([...WRONG, '/keyPackages/1/body']);
    }
    expect(await storedOf(user)).toEqual([]);
    expect((await upload(user, keyPackagesOf(relay, lister, 1, { lifeSeconds: 90 * 86_400 + 3_600 }))).status).toBe(
      200,
    );
  });

  it('that is none', async () => {
    const lister = await listed(relay);
    const [body] = keyPackagesOf(relay, lister) as [string];
    const bytes = decode(body);
    const none = [
      bytes.subarray(1),
      bytes.subarray(0, -1),
      Buffer.concat([bytes, Buffer.alloc(1)]),
      Buffer.alloc(8192),
    ];
    for (const one of none) expect(refusal(await upload(lister.user, [encode(one)]))).toEqual(WRONG);
    for (const turned of bitsTurned(bytes).slice(0, 64))
      expect([200, 400, 409]).toContain((await upload(lister.user, [encode(turned)])).status);
  });

  it('in a body that is none, of whatever kind', async () => {
    const lister = await listed(relay);
    const [body] = keyPackagesOf(relay, lister) as [string];
    const twice = keyPackagesOf(relay, lister, 2).map((one) => ({ body: one, lastResort: true }));
    const odd: unknown[] = [
      {},
      { keyPackages: [] },
      { keyPackages: body },
      { keyPackages: [body] },
      { keyPackages: [{}] },
      { keyPackages: [{ body: '' }] },
      { keyPackages: [{ body: `${body}=` }] },
      { keyPackages: [{ body, lastResort: 'yes' }] },
      { keyPackages: [{ body, ref: refOf(body) }] },
      { keyPackages: [{ body: encode(Buffer.alloc(LIMITS.keyPackageBytes + 1)) }] },
      { keyPackages: Array.from({ length: 101 }, () => ({ body: 'AAAA' })) },
      { keyPackages: twice },
      { keyPackages: [{ body }], device: lister.user.deviceId },
    ];
    for (const one of odd)
      expect(refusal(await lister.user.request('POST', '/devices/me/key-packages', one))).toEqual(WRONG);
    expect(await storedOf(lister.user)).toEqual([]);
  });

  it('after 30 uploads in an hour', async () => {
    const lister = await listed(relay);
    const bodies = keyPackagesOf(relay, lister);
    for (let round = 0; round < 30; round++) expect((await upload(lister.user, bodies)).status).toBe(200);
    expect(refusal(await upload(lister.user, bodies))).toEqual([429, 'rate_limited']);
  });
});

describe('key packages are gone', () => {
  it('with their device, and with their account', async () => {
    const lister = await listed(relay);
    await upload(lister.user, keyPackagesOf(relay, lister, 2));
    await upload(lister.user, keyPackagesOf(relay, lister), true);
    const other = await lister.user.onNewDevice();
    await other.request('DELETE', `/devices/${lister.user.deviceId}`);
    expect(await storedOf(lister.user)).toEqual([]);

    const leaving = await listed(relay);
    await upload(leaving.user, keyPackagesOf(relay, leaving, 2));
    await leaving.user.request('DELETE', '/auth/me', { authKey: leaving.user.authKey });
    expect(await storedOf(leaving.user)).toEqual([]);
  });

  it('when a new list leaves their device out, or gives it another key; those of others stay', async () => {
    const lister = await listed(relay);
    const { user, list } = lister;
    await upload(user, keyPackagesOf(relay, lister, 2));
    const same = nextList(list);
    await putList(lister, same);
    expect(await storedOf(user)).toHaveLength(2);
    const rekeyed = newKey();
    const changed = nextList(same, { devices: [{ ...list.devices[0]!, mlsSigningKey: rekeyed.raw }] });
    await putList(lister, changed);
    expect(await storedOf(user)).toEqual([]);
    expect((await upload(user, keyPackagesOf(relay, { user, mls: rekeyed }, 2))).status).toBe(200);
    await putList(lister, nextList(changed, { devices: [] }));
    expect(await storedOf(user)).toEqual([]);
  });
});

describe('at the same time', () => {
  it('a new list and uploads under the one before leave nothing that the new one does not vouch for', async () => {
    const lister = await listed(relay);
    const { user } = lister;
    let { list, mls } = lister;
    for (let round = 0; round < 8; round++) {
      const rekeyed = newKey();
      const next = nextList(list, { devices: [{ ...list.devices[0]!, mlsSigningKey: rekeyed.raw }] });
      const [put, ...uploads] = await Promise.all([
        putList(lister, next),
        ...[1, 2, 3].map(() => upload(user, keyPackagesOf(relay, { user, mls }, 5))),
      ]);
      expect(put.status).toBe(200);
      for (const { status } of uploads) expect([200, 409]).toContain(status);
      expect(await storedOf(user)).toEqual([]);
      [list, mls] = [next, rekeyed];
    }
  });

  it('claims and repeated uploads hand out nothing twice', async () => {
    const lister = await listed(relay);
    const bodies = keyPackagesOf(relay, lister, 20);
    await upload(lister.user, bodies);
    const claimers = await people(relay, 6);
    const claims = claimers.flatMap((claimer) => [1, 2, 3, 4].map(() => claim(claimer, lister.user)));
    const repeats = Array.from({ length: 20 }, () => upload(lister.user, bodies));
    const handedOut = (await Promise.all(claims)).flatMap(({ body }) => body.keyPackages as HandedOut[]);
    await Promise.all(repeats);
    expect(new Set(handedOut.map(({ ref }) => ref)).size).toBe(handedOut.length);
    expect(handedOut).toHaveLength(20);
    expect((await upload(lister.user, bodies)).body.counts[0].available).toBe(0);
  });
});

describe('without signing in', () => {
  it.each([
    ['POST', '/v1/devices/me/key-packages'],
    ['GET', '/v1/devices/me/key-packages/count'],
    ['POST', '/v1/users/ada/key-packages/claim'],
  ])('%s %s is refused', async (method, path) => {
    expect(refusal(await call(relay, method, path))).toEqual([401, 'invalid_token']);
  });
});

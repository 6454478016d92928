import { createHash } from 'node:crypto';
import { createCommit, defaultAuthenticationService, encodeMlsMessage, type Proposal } from 'ts-mls';
import { deviceIdentityBytes, LIMITS, MLS_SUITES, readCommit } from '#protocol';
import { clientConfig } from './judging.js';
import type { DeviceClaim } from './judging.js';
import { MlsGroup } from './group.js';
import { withConfig } from './group-state.js';
import {
  ARRIVAL,
  committed,
  DAY,
  keyPackage,
  LIFETIME,
  NOTE,
  NOW,
  person,
  type Person,
  READING,
  refusal,
  trio,
  trusting,
} from './people.fixture.js';
import { cipherSuite } from './suites.js';

const suite = MLS_SUITES.x25519;

describe('the judge (C-50)', () => {
  /** Each with a list of its own: one that is asked about many at once is still being asked when the first one falls. */
  const judging = (answer: (claim: DeviceClaim) => boolean) => {
    const asked: DeviceClaim[] = [];
    const judge = (claim: DeviceClaim) => {
      asked.push(claim);
      return Promise.resolve(answer(claim));
    };
    return { nowSeconds: NOW, judge, asked };
  };
  /** They are asked about all at once: in no order of their own. */
  const inOrder = (asked: readonly DeviceClaim[]) =>
    asked.map(({ device, occasion }) => [occasion, device.deviceId]).sort();

  it('is asked for every device of a group that is entered, once, and keeps it out if one is not trusted', async () => {
    const { ann, ben, cid, added, packages } = await trio(suite);
    const everybody = [ann, ben, cid].map(({ deviceId }) => deviceId);
    const join = (judgement: ReturnType<typeof judging>) =>
      ben.engine.join(added.welcome!, packages[0].secrets, { ...ARRIVAL, ...judgement });
    const arrive = (answer: (claim: DeviceClaim) => boolean) => join(judging(answer));
    const trusted = judging(() => true);
    expect(await refusal(join(trusted))).toBe('none');
    expect(inOrder(trusted.asked)).toEqual(everybody.map((id) => ['join', id]));
    for (const ghost of everybody)
      expect(await refusal(arrive(({ device }) => device.deviceId !== ghost))).toBe('not_trusted');
    const rejoin = (answer: (claim: DeviceClaim) => boolean) =>
      ben.engine.rejoin(added.groupInfo, { ...ARRIVAL, ...judging(answer), authenticatedData: NOTE });
    expect(await refusal(rejoin(() => true))).toBe('none');
    for (const ghost of everybody)
      expect(await refusal(rejoin(({ device }) => device.deviceId !== ghost))).toBe('not_trusted');
  });

  it('is asked for whoever is added, by the one who adds and by those who follow', async () => {
    const { ann, ben, groups } = await trio(suite);
    const [dan, ghost] = [await person(4), await person(5)];
    const add = [await keyPackage(dan, suite), await keyPackage(ghost, suite)];
    const distrusting = judging(({ device }) => device.deviceId !== ghost.deviceId);
    const draft = { add: add.map((made) => made.keyPackage), authenticatedData: NOTE };
    expect(await refusal(ann.engine.commit(groups.ann, { ...draft, ...distrusting }))).toBe('not_trusted');
    const ofAdded = distrusting.asked.filter(({ device }) =>
      [dan, ghost].some((one) => one.deviceId === device.deviceId),
    );
    expect(new Set(ofAdded.map(({ occasion }) => occasion))).toEqual(new Set(['add']));
    const commit = await committed(ann, groups.ann, { add });
    expect(await refusal(ben.engine.follow(groups.ben, commit.commit, distrusting))).toBe('not_trusted');
    const trusted = judging(() => true);
    expect(await refusal(ben.engine.follow(groups.ben, commit.commit, trusted))).toBe('none');
    expect(inOrder(trusted.asked)).toEqual([
      ['admitted', dan.deviceId],
      ['admitted', ghost.deviceId],
      ['update', ann.deviceId],
    ]);
    const ofDan = trusted.asked.find(({ device }) => device.deviceId === dan.deviceId);
    expect(Buffer.from(ofDan!.signatureKey)).toEqual(Buffer.from(dan.signatureKey));
  });

  it('is never the one of ts-mls, which believes everybody: where there is none of ours, nobody is believed', async () => {
    const { ann } = await trio(suite);
    const { authService } = clientConfig();
    const credential = { credentialType: 'basic' as const, identity: deviceIdentityBytes(ann) };
    expect(await authService.validateCredential(credential, ann.signatureKey)).toBe(false);
    expect(await defaultAuthenticationService.validateCredential(credential, ann.signatureKey)).toBe(true);
    const { authService: ours } = clientConfig({ judge: trusting, occasion: 'join' });
    expect(await ours.validateCredential({ ...credential, identity: NOTE }, ann.signatureKey)).toBe(false);
    expect(await ours.validateCredential(credential, ann.signatureKey)).toBe(true);
  });

  it('throws to the caller whatever it throws', async () => {
    const { ann, ben, groups } = await trio(suite);
    const commit = await committed(ann, groups.ann);
    const offline = new TypeError('fetch failed');
    const judge = () => Promise.reject(offline);
    await expect(ben.engine.follow(groups.ben, commit.commit, { judge, nowSeconds: NOW })).rejects.toBe(offline);
  });

  it('leaves no failure behind that nobody catches, when it throws for several at once: that would end a process', async () => {
    const { ann, ben, groups } = await trio(MLS_SUITES.xWing);
    const coming = [await person(4), await person(5), await person(6)];
    const add = await Promise.all(coming.map((one) => keyPackage(one, MLS_SUITES.xWing)));
    const { commit } = await committed(ann, groups.ann, { add });
    const judge = () => Promise.reject(new Error('offline'));
    await expect(ben.engine.follow(groups.ben, commit, { judge, nowSeconds: NOW })).rejects.toThrow('offline');
    // What nobody has caught by then fails this test.
    await new Promise((resolve) => setImmediate(resolve));
  });
});

describe('the lifetime of a key package (C-50)', () => {
  const lifetimes: [string, { notBefore: number; notAfter: number }, string][] = [
    ['that has just ended', { notBefore: NOW - DAY, notAfter: NOW - 1 }, 'lifetime'],
    ['that is in its last second', { notBefore: NOW - DAY, notAfter: NOW }, 'none'],
    ['that begins in an hour', { notBefore: NOW + 3_600, notAfter: NOW + DAY }, 'none'],
    ['that begins later', { notBefore: NOW + 3_601, notAfter: NOW + DAY }, 'lifetime'],
    ['of 90 days and an hour', { notBefore: NOW - 3_600, notAfter: NOW + 90 * DAY }, 'none'],
    ['of a second more', { notBefore: NOW - 3_600, notAfter: NOW + 90 * DAY + 1 }, 'lifetime'],
  ];
  it.each(lifetimes)('%s: %j is answered with %s', async (_what, lifetime, expected) => {
    const { ann, ben, groups } = await trio(suite);
    const { keyPackage: bytes } = await (await person(4)).engine.createKeyPackage({ ...lifetime, suite });
    const draft = { add: [bytes], authenticatedData: NOTE, judge: trusting };
    expect(await refusal(ann.engine.commit(groups.ann, { ...draft, nowSeconds: NOW }))).toBe(expected);
    // Who adds it has another clock, or none.
    const atNoon = (lifetime.notBefore + lifetime.notAfter) / 2;
    const added = ann.engine.commit(groups.ann, { ...draft, nowSeconds: atNoon });
    if ((await refusal(added)) !== 'none') return;
    expect(await refusal(ben.engine.follow(groups.ben, (await added).commit, READING))).toBe(expected);
  });

  it('does not end a stay: others still come in after years', async () => {
    const { ann, groups } = await trio(suite);
    const dan = await person(4);
    const later = { notBefore: NOW + 900 * DAY, notAfter: NOW + 910 * DAY };
    const made = await dan.engine.createKeyPackage({ ...later, suite });
    const draft = { add: [made.keyPackage], authenticatedData: NOTE, judge: trusting, nowSeconds: later.notBefore };
    const { welcome } = await ann.engine.commit(groups.ann, draft);
    expect(await refusal(dan.engine.join(welcome!, made.secrets, ARRIVAL))).toBe('none');
  });
});

/** A commit of a client that keeps no rules but those of ts-mls. */
async function unruly(by: Person, group: MlsGroup, extraProposals: Proposal[] = []): Promise<Uint8Array> {
  const state = withConfig(group.state, clientConfig({ judge: trusting, occasion: 'update' }));
  const { device } = by.engine as unknown as { device: { signingKey: Parameters<typeof cipherSuite>[1] } };
  const context = { state, cipherSuite: await cipherSuite(group.suite, device.signingKey) };
  return encodeMlsMessage((await createCommit(context, { wireAsPublicMessage: true, extraProposals })).commit);
}

describe('a change that nobody may make', () => {
  it('is adding a device twice, or one of another suite, or too many', async () => {
    const { ann, ben, groups } = await trio(suite);
    const of = async (n: number, its = suite as 1 | 83) => keyPackage(await person(n), its);
    const tries = (add: Awaited<ReturnType<typeof of>>[], remove: number[] = []) =>
      refusal(committed(ann, groups.ann, { add, remove }));
    expect(await tries([await keyPackage(ben, suite)])).toBe('not_allowed');
    expect(await tries([await keyPackage(ben, suite)], [1])).toBe('none');
    expect(await tries([await of(4), await of(4)])).toBe('not_allowed');
    expect(await tries([await of(4, MLS_SUITES.xWing)])).toBe('wrong_suite');
    const many = Array.from({ length: LIMITS.mlsDevices - 2 }, (_none, n) => of(n + 10));
    expect(await tries(await Promise.all(many))).toBe('too_many_devices');
  });

  it('is removing oneself, nobody, or somebody twice', async () => {
    const { ann, groups } = await trio(suite);
    for (const remove of [[0], [3], [7], [2 ** 31], [2, 2], [-1], [0.5], [Number.NaN]])
      expect(await refusal(committed(ann, groups.ann, { remove }))).toBe('not_allowed');
  });

  it.each([3, 100, 2 ** 31, 2 ** 32 - 1])(
    'is a commit that removes leaf %d, which is found out at once',
    async (index) => {
      const { ann, ben, groups } = await trio(suite);
      const { commit } = await committed(ann, groups.ann, { remove: [2] });
      const [first] = readCommit(commit).removed;
      expect(first).toBe(2);
      const at = Buffer.from(commit).indexOf(Buffer.from('0100030000000' + '2', 'hex'));
      const forged = Buffer.from(commit);
      forged.writeUInt32BE(index, at + 3);
      expect(readCommit(forged).removed).toEqual([index]);
      expect(await refusal(ben.engine.follow(groups.ben, forged, READING))).toBe('not_allowed');
    },
  );

  it('is coming from outside in the place of somebody else', async () => {
    const { ben, cid, added, groups } = await trio(suite);
    const { commit } = await cid.engine.rejoin(added.groupInfo, { ...ARRIVAL, authenticatedData: NOTE });
    const at = Buffer.from(commit).indexOf(Buffer.from('01000300000002', 'hex'));
    const forged = Buffer.from(commit);
    forged.writeUInt32BE(0, at + 3);
    expect(readCommit(forged).removed).toEqual([0]);
    expect(await refusal(ben.engine.follow(groups.ben, forged, READING))).toBe('not_allowed');
  });

  it('is becoming somebody else', async () => {
    const { ann, ben, cid, groups } = await trio(suite);
    const ratchetTree = groups.ann.state.ratchetTree.map((node, index) => {
      if (index !== 0 || node?.nodeType !== 'leaf') return node;
      const identity = deviceIdentityBytes({ ...cid, deviceId: ann.deviceId });
      return { ...node, leaf: { ...node.leaf, credential: { credentialType: 'basic' as const, identity } } };
    });
    const disguised = MlsGroup.of({ ...groups.ann.state, ratchetTree });
    const commit = await unruly(ann, disguised);
    expect(readCommit(commit).leaf.identity.accountId).toBe(cid.accountId);
    expect(await refusal(ben.engine.follow(groups.ben, commit, READING))).toBe('not_allowed');
  });

  const foreign: [string, Proposal][] = [
    [
      'group context extensions',
      { proposalType: 'group_context_extensions', groupContextExtensions: { extensions: [] } },
    ],
    ['a proposal of its own', { proposalType: 0xf001, proposalData: new Uint8Array() }],
    [
      'another group in this one’s place',
      {
        proposalType: 'reinit',
        reinit: {
          groupId: NOTE,
          version: 'mls10',
          cipherSuite: 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519',
          extensions: [],
        },
      },
    ],
  ];
  it.each(foreign)('is %s', async (_what, proposal) => {
    const { ann, ben, groups } = await trio(suite);
    const commit = await unruly(ann, groups.ann, [proposal]);
    expect(await refusal(ben.engine.follow(groups.ben, commit, READING))).toBe('malformed');
    expect(await refusal(ben.engine.follow(groups.ben, await unruly(ann, groups.ann), READING))).toBe('none');
  });
});

describe('a device', () => {
  it('follows no commit of its own, no old one, and none ahead of what it has', async () => {
    const { ann, ben, groups } = await trio(suite);
    const first = await committed(ann, groups.ann);
    const second = await committed(ann, first.group);
    expect(await refusal(ann.engine.follow(groups.ann, first.commit, READING))).toBe('own_commit');
    expect(await refusal(ann.engine.follow(first.group, first.commit, READING))).toBe('epoch_passed');
    expect(await refusal(ben.engine.follow(groups.ben, second.commit, READING))).toBe('epoch_ahead');
  });

  it('joins by the key package that was meant, and by nothing else that it has stored', async () => {
    const { ben, cid, added, packages } = await trio(suite);
    const other = await keyPackage(ben, suite);
    expect(await refusal(ben.engine.join(added.welcome!, other.secrets, ARRIVAL))).toBe('not_for_us');
    expect(await refusal(cid.engine.join(added.welcome!, packages[1].secrets.subarray(1), ARRIVAL))).toBe('bad_state');
    const ofOtherSuite = await keyPackage(ben, MLS_SUITES.xWing);
    expect(await refusal(ben.engine.join(added.welcome!, ofOtherSuite.secrets, ARRIVAL))).toBe('wrong_suite');
  });

  it('comes in by its last resort again and again', async () => {
    const { ann, groups } = await trio(suite);
    const dan = await person(4);
    const made = await dan.engine.createKeyPackage({ ...LIFETIME, suite, lastResort: true });
    expect(made.ref).toBe(createHash('sha256').update(made.keyPackage).digest('hex'));
    for (const group of [groups.ann, (await committed(ann, groups.ann)).group]) {
      const { welcome } = await committed(ann, group, { add: [made] });
      expect(await refusal(dan.engine.join(welcome!, made.secrets, ARRIVAL))).toBe('none');
    }
  });

  it('reaches a message after 4,096 that are missing, and none after more', async () => {
    const { ann, ben, groups } = await trio(suite);
    const { state } = (await ann.engine.encrypt(groups.ann, NOTE, NOTE)).group;
    const ahead = async (generation: number) => {
      const { application, handshake } = state.secretTree[0]!;
      const own = { handshake, application: { ...application, generation } };
      const group = MlsGroup.of({ ...state, secretTree: Object.assign(state.secretTree.slice(), { 0: own }) });
      return (await ann.engine.encrypt(group, NOTE, NOTE)).message;
    };
    expect(await refusal(ben.engine.open(groups.ben, await ahead(4_097)))).toBe('too_far_ahead');
    const message = await ahead(4_096);
    const start = performance.now();
    // The generation is within reach, but the key is not that of it.
    expect(await refusal(ben.engine.open(groups.ben, message))).toBe('not_authentic');
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

import { v7 } from 'uuid';
import { encodeBase64Url, MlsEngine, pad } from '#crypto';
import { commitContextBytes, encodeContent, messageContextBytes, MLS_SUITES, type RosterDelta } from '#protocol';
import { scaled, Seeded, TestRelay } from '#testing';
import { importSigningKey, newDeviceKeys } from '../../libs/crypto/src/mls/devices.js';
import type { LogEntry } from '../../libs/sdk/src/sync/log-item.js';
import { answering, changing, type Lie, Person } from './hostile-relay.js';

const RUNS = scaled({ ci: 2, gate: 100 });
const NOBODY: RosterDelta = { added: [], removed: [], roles: [] };
const DAY = 86_400;
const relay = TestRelay.duringTests();
let [ada, grace, alan, mallory]: Person[] = [];
beforeAll(async () => {
  [ada, grace, alan, mallory] = [
    await Person.registered(relay),
    await Person.registered(relay),
    await Person.registered(relay),
    await Person.registered(relay),
  ];
}, 60_000);
afterAll(async () => {
  for (const person of [ada, grace, alan, mallory]) await person?.stop();
});

interface Claims {
  keyPackages: { deviceId: string; body: string }[];
}

/** Hands out another key package in place of each that is claimed. */
const handingOut = (keyPackage: Uint8Array) =>
  answering(
    '/key-packages/claim',
    (answer) => {
      const { keyPackages } = answer as unknown as Claims;
      return { keyPackages: keyPackages.map((claimed) => ({ ...claimed, body: encodeBase64Url(keyPackage) })) };
    },
    'POST',
  );

const nowSeconds = (): number => Math.floor(Date.now() / 1000);
const valid = () => ({ notBefore: nowSeconds() - 60, notAfter: nowSeconds() + DAY });

/** Of Grace's name, by somebody who has not her key. */
async function impostor(): Promise<MlsEngine> {
  const { accountId, deviceId } = grace!.account;
  const { signatureKey, privateKey } = await newDeviceKeys();
  return new MlsEngine({ accountId, deviceId, signatureKey, signingKey: await importSigningKey(privateKey) });
}

/** A group that Ada owns, in which all read each other. */
async function group(): Promise<string> {
  const { id } = await ada!.session.conversations.group([grace!.username, alan!.username]);
  await goesOn(id);
  return id;
}

async function goesOn(id: string, readers = [ada!, grace!, alan!]): Promise<void> {
  for (const writer of readers) {
    await writer.sync();
    const text = v7();
    await writer.send(id, text);
    for (const reader of readers) {
      await reader.sync();
      expect((await reader.reads(id)).at(-1)).toBe(text);
    }
  }
}

async function accountsIn(person: Person, id: string): Promise<Set<string>> {
  return new Set((await person.group(id)).members().map(({ identity }) => identity.accountId));
}

async function membersOf(person: Person, id: string): Promise<string[]> {
  const { members } = await person.session.conversations.get(id);
  return members.map(({ username, role }) => `${username} ${role}`).sort();
}

describe('a relay that hands out a key package', () => {
  /** The refusal, with which nothing is begun. */
  async function refused(keyPackage: Uint8Array): Promise<unknown> {
    const adding = ada!.session.conversations.group([grace!.username]);
    return ada!.meddling(handingOut(keyPackage), () =>
      adding.then(
        () => 'taken',
        (error: unknown) => error,
      ),
    );
  }

  it('of somebody else, whom one knows, too: it is refused, and so are they under a known name (M-01)', async () => {
    await ada!.session.conversations.direct(mallory!.username);
    await group();
    for (let run = 0; run < RUNS; run++) {
      const { keyPackage } = await mallory!.account.engine.createKeyPackage(valid());
      expect(await refused(keyPackage)).toMatchObject({ code: 'not_trusted' });
      const person = { accountId: mallory!.account.accountId, username: grace!.username };
      const passingOff = answering(`/users/${grace!.username}`, (user) => ({ ...user, ...person }));
      const asking = (): Promise<unknown> => ada!.session.conversations.group([grace!.username]);
      await expect(ada!.meddling(passingOff, asking)).rejects.toMatchObject({ code: 'wrong_account' });
    }
    await group();
  });

  it('of the right name and another key: it is refused (M-02)', async () => {
    for (let run = 0; run < RUNS; run++) {
      const { keyPackage } = await (await impostor()).createKeyPackage(valid());
      expect(await refused(keyPackage)).toMatchObject({ code: 'not_trusted' });
    }
    await group();
  });

  it('that has expired, or is not valid yet: it is refused (M-07)', async () => {
    for (const seeded of Array.from({ length: RUNS }, (_none, n) => Seeded.of(n))) {
      const from = nowSeconds() + seeded.pick([-100, 30]) * DAY;
      const lifetime = { notBefore: from, notAfter: from + 20 * DAY };
      const { keyPackage } = await grace!.account.engine.createKeyPackage(lifetime);
      expect(await refused(keyPackage)).toMatchObject({ code: 'lifetime' });
    }
    await group();
  });

  it('of an older suite: it is refused (M-08)', async () => {
    for (let run = 0; run < RUNS; run++) {
      const { keyPackage } = await grace!.account.engine.createKeyPackage({ ...valid(), suite: MLS_SUITES.x25519 });
      expect(await refused(keyPackage)).toMatchObject({ code: 'wrong_suite' });
    }
    await group();
  });
});

interface Forgery {
  readonly remove?: readonly Person[];
  readonly add?: readonly Uint8Array[];
  readonly delta?: Partial<RosterDelta>;
}

/** A commit that a member makes as they like, shown by the relay to somebody at the next place of the log. */
async function shown(rogue: Person, to: Person, id: string, { remove = [], add = [], delta }: Forgery): Promise<void> {
  const commitId = v7();
  const group = await rogue.group(id);
  const leaving = remove.map(({ account }) => account.accountId);
  const leaves = group.members().filter(({ identity }) => leaving.includes(identity.accountId));
  const { commit } = await rogue.account.engine.commit(group, {
    add,
    remove: leaves.map(({ leafIndex }) => leafIndex),
    authenticatedData: commitContextBytes({ conversationId: id, commitId, delta: { ...NOBODY, ...delta } }),
    judge: () => Promise.resolve(true),
    nowSeconds: nowSeconds(),
  });
  const { accountId, deviceId } = rogue.account;
  const entry = { conversationId: id, id: commitId, kind: 'commit', senderId: accountId, senderDeviceId: deviceId };
  await shownAs({ ...entry, sender: rogue.username, ciphertext: encodeBase64Url(commit) }, to, id);
}

async function shownAs(entry: Omit<LogEntry, 'seq' | 'createdAt'>, to: Person, id: string): Promise<void> {
  const lie: Lie = (items, after) =>
    after > cursor || items.length > 0 ? items : [{ ...entry, seq: after + 1, createdAt: new Date().toISOString() }];
  const { head: cursor } = await to.session.conversations.get(id);
  await to.lyingAbout(id, lie, () => to.sync());
}

describe('a member who commits with the relay', () => {
  it.each<[string, () => Forgery]>([
    ['removes somebody without a right to', () => ({ remove: [alan!], delta: { removed: [alan!.account.accountId] } })],
    ['removes a device of somebody who stays', () => ({ remove: [alan!] })],
    ['signs for a removal, and removes nobody', () => ({ delta: { removed: [alan!.account.accountId] } })],
    [
      'gives a role without a right to',
      () => ({ delta: { roles: [{ accountId: grace!.account.accountId, role: 'owner' }] } }),
    ],
  ])('and %s is not followed, and the group goes on without that (M-09, M-19)', async (_what, forgery) => {
    const id = await group();
    for (let run = 0; run < RUNS; run++) {
      const before = await membersOf(ada!, id);
      await shown(grace!, ada!, id, forgery());
      expect(ada!.troubles(id)).toContain('bad_commit');
      expect(await membersOf(ada!, id)).toEqual(before);
      expect(await accountsIn(ada!, id)).toContain(alan!.account.accountId);
    }
    await goesOn(id);
  });

  it('and brings somebody in, signed or not, is not followed (M-19)', async () => {
    const id = await group();
    const { accountId } = mallory!.account;
    for (const added of [[], [accountId]]) {
      const { keyPackage } = await mallory!.account.engine.createKeyPackage(valid());
      await shown(grace!, ada!, id, { add: [keyPackage], delta: { added } });
      expect(ada!.troubles(id)).toContain('bad_commit');
      expect(await accountsIn(ada!, id)).not.toContain(accountId);
    }
    await goesOn(id);
  });
});

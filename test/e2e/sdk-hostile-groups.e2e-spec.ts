import './cheap-argon2.js';
import { v7 } from 'uuid';
import { encodeBase64Url, MlsEngine, pad } from '#crypto';
import { commitContextBytes, encodeContent, messageContextBytes, MLS_SUITES } from '#protocol';
import { scaled, Seeded, TestRelay } from '#testing';
import { importSigningKey, newDeviceKeys } from '../../libs/crypto/src/mls/devices.js';
import { UNLIMITED } from '../controls/unlimited.js';
import { answering, both, changing, gapAt, lyingAbout, Person } from './hostile-relay.js';
import { type Forgery, NOBODY, nowSeconds, shown, shownAs } from './lying-members.js';

const RUNS = scaled({ ci: 1, gate: 100 });
const DAY = 86_400;
/** Before a release, a day's work is done in minutes. */
const relay = TestRelay.duringTests({ environment: UNLIMITED });
let [ada, grace, alan, mallory]: Person[] = [];
beforeAll(async () => {
  [ada, grace, alan, mallory] = await Person.several(relay, 4);
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
    for (let run = 0; run < RUNS; run++) {
      // One each: a device does not repair the same group again and again.
      const id = await group();
      const before = await membersOf(ada!, id);
      await shown(grace!, ada!, id, forgery());
      expect(ada!.troubles(id)).toContain('bad_commit');
      expect(await membersOf(ada!, id)).toEqual(before);
      expect(await accountsIn(ada!, id)).toContain(alan!.account.accountId);
      await goesOn(id);
    }
  });

  it('and brings somebody in, signed or not, is not followed (M-19)', async () => {
    const id = await group();
    const { accountId } = mallory!.account;
    // Somebody whom she knows: nothing about the device itself speaks against it.
    await ada!.session.conversations.direct(mallory!.username);
    for (const added of [[], [accountId]]) {
      const { keyPackage } = await mallory!.account.engine.createKeyPackage(valid());
      await shown(grace!, ada!, id, { add: [keyPackage], delta: { added }, isNewest: true });
      // At the place that the lie took.
      await alan!.send(id, 'kept back');
      expect(ada!.failures()).toContain('not_allowed');
      expect(ada!.troubles(id)).toContain('bad_commit');
      expect(await accountsIn(ada!, id)).not.toContain(accountId);
    }
    await goesOn(id);
  });
});

describe('a relay that shows what happens to a group', () => {
  it('without a signature: neither roles nor people are believed (M-19)', async () => {
    const id = await group();
    const { accountId } = alan!.account;
    const stranger = { accountId: mallory!.account.accountId, username: mallory!.username };
    const sender = { senderId: ada!.account.accountId, sender: ada!.username, senderDeviceId: ada!.account.deviceId };
    const before = await membersOf(grace!, id);
    for (const change of [
      { roles: [{ accountId, role: 'admin' }] },
      { added: [{ ...stranger, role: 'member', state: 'joined' }] },
      undefined,
    ]) {
      const entry = { conversationId: id, id: v7(), kind: 'members', ...sender, ...(change && { change }) };
      await shownAs(entry, grace!, id);
      expect(grace!.troubles(id)).toContain('roster_differs');
      expect(await membersOf(grace!, id)).toEqual(before);
    }
    await goesOn(id, [grace!, ada!, alan!]);
  });

  it('as a gap: the device comes back from outside, but never into a group that it has left behind (M-09)', async () => {
    const id = await group();
    const path = { id };
    const old = await grace!.account.relay.call((api) =>
      api.GET('/v1/conversations/{id}/group-info', { params: { path } }),
    );
    await ada!.session.conversations.giveRole(id, alan!.username, 'admin');
    await grace!.sync();
    await ada!.session.conversations.giveRole(id, alan!.username, 'member');
    await ada!.send(id, 'of the next epoch');
    const hiding = lyingAbout(id, (items) =>
      items.map((item) => ('gap' in item || item.kind === 'message' ? item : gapAt(item.seq))),
    );
    await grace!.meddling(
      both(
        answering('/group-info', () => old),
        hiding,
      ),
      () => grace!.sync(),
    );
    expect(grace!.troubles(id)).toEqual(['lost_group']);
    expect(grace!.failures()).toContain('epoch_passed');
    await grace!.sync();
    expect(grace!.troubles(id)).toEqual(['lost_group', 'over']);
    await goesOn(id);
  });

  it('as begun anew: what is here is kept', async () => {
    const id = await group();
    const [conversationId, generation] = [id, 2];
    const engine = mallory!.account.engine;
    const founded = await engine.createGroup({ conversationId, generation }, valid());
    const authenticatedData = commitContextBytes({ conversationId, commitId: v7(), delta: NOBODY });
    const judge = () => Promise.resolve(true);
    const { commit } = await engine.commit(founded, { authenticatedData, judge, nowSeconds: nowSeconds() });
    const { accountId: senderId, deviceId: senderDeviceId, username: sender } = mallory!.account;
    const entry = { conversationId, id: v7(), kind: 'commit' as const, senderId, senderDeviceId, sender };
    await shownAs({ ...entry, ciphertext: encodeBase64Url(commit) }, grace!, id);
    expect(grace!.troubles(id)).toContain('lost_group');
    expect((await grace!.group(id)).name.generation).toBe(1);
    await goesOn(id, [grace!, ada!, alan!]);
  });

  it('with a welcome of before: nothing is joined twice (M-13)', async () => {
    const welcomes: object[] = [];
    const watching = answering('/v1/welcomes', (answer) => {
      welcomes.push(...(answer.items as object[]));
      return answer;
    });
    const id = await grace!.meddling(watching, group);
    expect(welcomes).toHaveLength(1);
    const before = await grace!.reads(id);
    for (const ahead of [0, 5]) {
      const items = welcomes.map((one) => ({ ...one, epoch: (one as { epoch: number }).epoch + ahead }));
      const again = both(
        answering('/v1/sync', (reply) => ({ ...reply, welcomes: items }), 'POST'),
        answering('/v1/welcomes', () => ({ items })),
      );
      const { epoch } = await grace!.group(id);
      await grace!.meddling(again, () => grace!.sync());
      expect((await grace!.group(id)).epoch).toBeGreaterThanOrEqual(epoch);
      expect(await grace!.reads(id)).toEqual(before);
    }
    await goesOn(id, [grace!, ada!, alan!]);
  });

  it('with a message of somebody who was removed before: it is not read (M-20)', async () => {
    const id = await group();
    const before = await alan!.group(id);
    await ada!.session.conversations.remove(id, [alan!.username]);
    await grace!.sync();
    for (let run = 0; run < RUNS; run++) {
      const { accountId: senderId, deviceId: senderDeviceId } = alan!.account;
      const messageId = v7();
      const context = messageContextBytes({ conversationId: id, senderDeviceId, messageId });
      const content = pad(encodeContent({ kind: 'text', text: 'from outside' }));
      const { message } = await alan!.account.engine.encrypt(before, content, context);
      const outside = { id: messageId, senderId, senderDeviceId, ciphertext: encodeBase64Url(message) };
      await ada!.send(id, 'kept back');
      await grace!.lyingAbout(
        id,
        changing('message', (entry) => ({ ...entry, ...outside })),
        () => grace!.sync(),
      );
      expect((await grace!.reads(id)).at(-1)).toBe('[before_joining]');
    }
    await goesOn(id, [ada!, grace!]);
  });
});

import './cheap-argon2.js';
import { v7 } from 'uuid';
import { decodeBase64Url, encodeBase64Url } from '#crypto';
import { commitContextBytes } from '#protocol';
import { TestRelay } from '#testing';
import type { MemoryDisk } from '#sdk';
import { answering, both, Person } from './hostile-relay.js';
import { SdkApps } from './sdk-apps.js';
import { type Forgery, NOBODY, nowSeconds, shown } from './lying-members.js';

/** The way back into a group: pull, replay, come in from outside, begin anew; and by whose welcome. */

const relay = TestRelay.duringTests();
let [ada, grace, mallory]: [Person, Person, Person] = [undefined as never, undefined as never, undefined as never];
beforeAll(async () => {
  [ada, grace, mallory] = [
    await Person.registered(relay),
    await Person.registered(relay),
    await Person.registered(relay),
  ];
}, 60_000);
afterAll(async () => {
  for (const person of [ada, grace, mallory]) await person.stop();
});

async function group(others = [grace]): Promise<string> {
  const { id } = await ada.session.conversations.group(others.map(({ username }) => username));
  await goesOn(id);
  for (const person of others) await person.sync();
  return id;
}

async function goesOn(id: string): Promise<void> {
  for (const [writer, reader] of [
    [ada, grace],
    [grace, ada],
  ] as const) {
    await writer.sync();
    const text = v7();
    await writer.send(id, text);
    await reader.sync();
    expect((await reader.reads(id)).at(-1)).toBe(text);
  }
}

/** Grace may sign for nobody's removal. */
const BAD: Forgery = { delta: { removed: [v7()] } };

const generationOf = async (person: Person, id: string): Promise<number> => (await person.group(id)).name.generation;

/** Ada follows no more, and what the relay offers her to come in by is of no use, until she begins anew. */
async function begunAnewByAda(id: string): Promise<void> {
  const useless = answering('/group-info', (info) => ({ ...info, groupInfo: encodeBase64Url(new Uint8Array(64)) }));
  await shown(grace, ada, id, BAD, useless);
  // At the place that the lie took.
  await mallory.send(id, 'kept back');
  for (let time = 0; time < 2; time++) {
    expect(await generationOf(ada, id)).toBe(1);
    await ada.meddling(useless, () => ada.sync());
  }
  expect(await generationOf(ada, id)).toBe(2);
}

type Damage = (rows: Map<string, { version: number; value: Uint8Array }>, keys: readonly string[]) => void;

const DAMAGES: [string, Damage][] = [
  ['has been changed', (rows, [key]) => (rows.get(key!)!.value[40]! ^= 1)],
  ['is gone in part', (rows, keys) => rows.delete(keys.at(-1)!)],
  ['is of another group', (rows, keys) => rows.set(keys[0]!, rows.get(keys.at(-1)!)!)],
];

function damaged(disk: MemoryDisk, id: string, damage: Damage): void {
  const rows = disk.tables.get('groups')!;
  const keys = [...rows.keys()].filter((key) => key.startsWith(`${id}/`));
  expect(keys.length).toBeGreaterThan(1);
  damage(rows, keys);
}

describe('a group whose state on a device', () => {
  const apps = SdkApps.duringTests(relay);

  it.each(DAMAGES)('%s is come into again from outside, and what waits is sent', async (_how, damage) => {
    const [alan, linus] = await apps.everyone('alan', 'linus');
    const { id } = await alan.sealpost.conversations.direct(linus.username);
    await alan.sealpost.messages.send(id, 'before');
    await linus.reads(id, 'before');
    await alan.stop();
    damaged(alan.device.disk, id, damage);
    await linus.sealpost.messages.send(id, 'for the lost state');
    await linus.sealpost.settled();
    const again = await apps.restarted(alan);
    await again.sealpost.messages.send(id, 'still here');
    await linus.reads(id, 'still here');
    await linus.sealpost.messages.send(id, 'welcome back');
    await again.reads(id, 'welcome back');
    expect(await again.texts(id)).toEqual(['before', 'still here', 'welcome back']);
    expect((await again.messages(id)).map(({ unreadable = '' }) => unreadable)).toContain('before_joining');
    expect([...again.failures, ...linus.failures]).toEqual([]);
  });
});

describe('a group that cannot be followed any more', () => {
  it('is come into again from outside', async () => {
    const id = await group();
    await shown(grace, ada, id, BAD);
    await goesOn(id);
    expect(ada.troubles(id)).toEqual(['bad_commit', 'over']);
    expect(await generationOf(ada, id)).toBe(1);
  });

  it('and not be come into either, is begun anew by the third time, with the same members', async () => {
    const id = await group([grace, mallory]);
    await begunAnewByAda(id);
    expect(ada.troubles(id)).toEqual(['bad_commit', 'over']);
    await goesOn(id);
    expect(await generationOf(grace, id)).toBe(2);
    await mallory.sync();
    expect((await mallory.group(id)).members()).toHaveLength(3);
  });
});

describe('a welcome to a later group', () => {
  /** Mallory founds a group of the conversation's name, with a device of Grace's in it. */
  async function forged(id: string): Promise<object> {
    const { engine, relay: client } = mallory.account;
    const path = { username: grace.username };
    const { keyPackages } = await client.call((api) =>
      api.POST('/v1/users/{username}/key-packages/claim', { params: { path }, body: {} }),
    );
    const [conversationId, generation] = [id, 2];
    const lifetime = { notBefore: nowSeconds() - 60, notAfter: nowSeconds() + 86_400 };
    const founded = await engine.createGroup({ conversationId, generation }, lifetime);
    const { welcome } = await engine.commit(founded, {
      add: keyPackages.map(({ body }) => decodeBase64Url(body)),
      authenticatedData: commitContextBytes({ conversationId, commitId: v7(), delta: NOBODY }),
      judge: () => Promise.resolve(true),
      nowSeconds: nowSeconds(),
    });
    const { head } = await grace.session.conversations.get(id);
    return { id: v7(), conversationId, seq: head + 1, generation, epoch: 1, welcome: encodeBase64Url(welcome!) };
  }

  it('with somebody who is no member by what was signed is not followed, though the relay shows them as one', async () => {
    const id = await group();
    // Somebody whom she knows: nothing about the device itself speaks against it.
    await grace.session.conversations.direct(mallory.username);
    const items = [await forged(id)];
    const { accountId, username } = mallory.account;
    const member = { accountId, username, role: 'owner', state: 'joined' };
    const lying = both(
      both(
        answering('/v1/sync', (reply) => ({ ...reply, welcomes: items.map(noticeOf) }), 'POST'),
        answering('/v1/welcomes', () => ({ items, nextCursor: null })),
      ),
      answering(`/conversations/${id}`, (shown) => ({ ...shown, members: [...(shown.members as object[]), member] })),
    );
    await grace.meddling(lying, () => grace.sync());
    expect(grace.troubles(id)).toContain('lost_group');
    expect(await generationOf(grace, id)).toBe(1);
    expect((await grace.group(id)).members().map(({ identity }) => identity.accountId)).not.toContain(accountId);
    expect((await grace.session.conversations.get(id)).members.map((one) => one.accountId)).not.toContain(accountId);
    await goesOn(id);
  });

  it('comes after what was written to the one before, and nothing of it is passed over', async () => {
    const id = await group([grace, mallory]);
    await ada.send(id, 'to the group before');
    await begunAnewByAda(id);
    await ada.send(id, 'to the new one');
    await grace.sync();
    expect((await grace.reads(id)).slice(-3)).toEqual(['to the group before', 'kept back', 'to the new one']);
  });
});

function noticeOf(welcome: object): object {
  const { welcome: _body, ...notice } = welcome as { welcome: string };
  return notice;
}

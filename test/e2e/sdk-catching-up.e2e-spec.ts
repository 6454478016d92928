import './cheap-argon2.js';
import { MemoryStore, StoreFullError } from '#sdk';
import { scaled, TestRelay, until } from '#testing';
import { DeviceSession } from '../../libs/sdk/src/device-session.js';
import { readLogPage } from '../../libs/sdk/src/sync/log-page.js';
import { gapAt, isEntry, type Lie, Person } from './hostile-relay.js';
import { Crash, MortalStore } from './mortal-store.js';
import { type SdkApp, SdkApps } from './sdk-apps.js';
import { PASSWORD } from './sdk-devices.js';

/** A device that was away stores what came meanwhile page by page, and ends up as if it had been there. */

const relay = TestRelay.duringTests();
const apps = SdkApps.duringTests(relay);
const people: Person[] = [];
afterEach(async () => {
  jest.restoreAllMocks();
  for (const person of people.splice(0)) await person.stop();
});

async function pair(): Promise<{ ada: Person; grace: Person; id: string }> {
  const [ada, grace] = [await Person.registered(relay), await Person.registered(relay)];
  people.push(ada, grace);
  const { id } = await ada.session.conversations.group([grace.username]);
  await grace.sync();
  return { ada, grace, id };
}

/** How many writes had something to read in them. */
function countingPages({ account: { store } }: Person): () => number {
  const written = jest.spyOn(store, 'write');
  return () => written.mock.calls.filter(([{ put = [] }]) => put.some(({ table }) => table === 'messages')).length;
}

/** Everything that a device has to show of a conversation, and what it has told. */
async function shownBy({ session, events }: Person, id: string) {
  const { cursor, title, unread, readUpTo, saidUpTo, generation } = (await session.book.get(id))!;
  return {
    log: await session.messages.history(id, { limit: 200, signals: true }),
    conversation: { cursor, title, unread, readUpTo, saidUpTo, generation },
    marks: await session.receipts.of(id),
    told: events.filter(({ kind }) => ['message', 'changed', 'read'].includes(kind)),
  };
}

/** Its last 100 characters are of what is encrypted. */
const turned = (ciphertext: string): string =>
  ciphertext.slice(0, -100) + ciphertext.slice(-50) + ciphertext.slice(-100, -50);

/** One message is not as it was sent, and another is not there any more. */
const lie =
  (forged: string, gone: string): Lie =>
  (items) =>
    items.map((item) => {
      if (!isEntry(item)) return item;
      if (item.id === gone) return gapAt(item.seq);
      return item.id === forged ? { ...item, ciphertext: turned(item.ciphertext!) } : item;
    });

/** What people say to each other, and about what was said just before. */
async function aLively(id: string, { ada, phone }: { ada: Person; phone: Person }): Promise<[string, string]> {
  const { messages } = ada.session;
  const say = async (text: string): Promise<string> => {
    const said = await messages.send(id, text);
    await ada.session.settled();
    return said;
  };
  const [joke, typo] = [await say('a joke'), await say('a tpyo')];
  await messages.react(id, joke, '😀');
  await messages.react(id, joke, '😂');
  await messages.post(id, { kind: 'title', title: 'The jokers' });
  await ada.session.settled();
  await phone.sync();
  await phone.session.messages.react(id, joke, '👍');
  await phone.session.messages.post(id, { kind: 'read', upTo: (await phone.session.conversations.get(id)).head - 3 });
  await phone.session.settled();
  await ada.sync();
  const odd: [string, string] = [await say('forged'), await say('gone')];
  await messages.delete(id, typo);
  await messages.post(id, { kind: 'read', upTo: (await ada.session.conversations.get(id)).head });
  await say('the last of its epoch');
  await ada.renewKeys(id);
  for (const text of ['with new keys', 'and so on']) await say(text);
  return odd;
}

it('shows the same as one to which everything came by itself, of pages stored with one write each', async () => {
  const { ada, grace, id } = await pair();
  const [sibling, phone] = [await grace.another(), await grace.another()];
  people.push(sibling, phone);
  for (const person of [ada, grace, sibling, phone, ada, grace, sibling, phone]) await person.sync();
  for (const { events } of people) events.length = 0;
  const lying = lie(...(await aLively(id, { ada, phone })));
  const [together, single] = [countingPages(grace), countingPages(sibling)];
  await sibling.lyingAbout(id, lying, async () => {
    const { cursor } = (await sibling.session.book.get(id))!;
    for (const item of (await readLogPage(sibling.account.relay, id, cursor))!.items)
      await sibling.session.groups.sync.take(id, item);
  });
  await grace.lyingAbout(id, lying, () => grace.sync());
  const shown = await shownBy(grace, id);
  expect(shown).toEqual(await shownBy(sibling, id));
  expect(shown.log.map(({ unreadable }) => unreadable).filter(Boolean)).toEqual(
    expect.arrayContaining(['not_authentic', 'expired', 'deleted']),
  );
  expect(await grace.reads(id)).toEqual(expect.arrayContaining(['a joke', 'the last of its epoch', 'and so on']));
  expect(shown.conversation).toMatchObject({ title: 'The jokers', generation: 1 });
  const joke = shown.log.find(({ content }) => content?.kind === 'text' && content.text === 'a joke');
  expect(joke?.reactions?.map(({ emoji }) => emoji)).toEqual(['😂', '👍']);
  // Before the commit and behind it.
  expect(together()).toBe(2);
  expect(single()).toBeGreaterThan(10);
});

it('sets aside the one item that ends it, though it comes among others, and nothing else', async () => {
  const { ada, grace, id } = await pair();
  for (const text of ['one', 'two', 'deadly', 'four', 'five']) await ada.send(id, text);
  const { engine } = grace.account;
  const open = engine.open.bind(engine);
  let deaths = 0;
  let deadly: string | undefined;
  const { items } = (await readLogPage(grace.account.relay, id, (await grace.session.book.get(id))!.cursor))!;
  const [, , third] = items.filter(isEntry);
  jest.spyOn(engine, 'open').mockImplementation((group, message) => {
    deadly ??= Buffer.from(third!.ciphertext!, 'base64url').toString('hex');
    if (Buffer.from(message).toString('hex') !== deadly) return open(group, message);
    deaths++;
    return new Promise(() => undefined);
  });
  // Once with those around it, and five times by itself.
  for (let life = 1; life <= 6; life++) {
    void new DeviceSession(grace.account).sync();
    await until(() => deaths === life, 'the device has come to what ends it');
  }
  const session = new DeviceSession(grace.account);
  await session.sync();
  await session.stop();
  expect(deaths).toBe(6);
  expect(await grace.reads(id)).toEqual(['one', 'two', '[quarantined]', 'four', 'five']);
});

it('reads a page again that could not be stored, and nothing of it has been told', async () => {
  const { ada, grace, id } = await pair();
  for (const text of ['one', 'two', 'three']) await ada.send(id, text);
  const { store } = grace.account;
  const write = store.write.bind(store);
  const full = jest
    .spyOn(store, 'write')
    .mockImplementation((batch) =>
      batch.put?.some(({ table }) => table === 'messages') === true
        ? Promise.reject(new StoreFullError())
        : write(batch),
    );
  await grace.sync();
  expect(grace.failures()).toEqual(['store_full']);
  expect(grace.events.filter(({ kind }) => kind === 'message')).toEqual([]);
  full.mockRestore();
  await grace.sync();
  expect(await grace.reads(id)).toEqual(['one', 'two', 'three']);
  expect(grace.events.filter(({ kind }) => kind === 'message')).toHaveLength(3);
});

/** Writes of a device from waking up until it has what came, and has said so. */
const WRITES = 8;
const DEATHS = scaled({ ci: 2 * WRITES, gate: 200 });

it('reads every message once, whichever write it dies at', async () => {
  const [ada, grace] = await apps.everyone('ada', 'grace');
  const { id } = await ada.sealpost.conversations.direct(grace.username);
  await grace.ready(id);
  await grace.stop();
  const sent: string[] = [];
  for (let n = 0; n < DEATHS; n++) {
    const texts = ['one', 'two', 'three'].map((text) => `${text} ${String(n)}`);
    for (const text of texts) await ada.sealpost.messages.send(id, text);
    await ada.sealpost.settled();
    sent.push(...texts);
    await wakeMortally(grace, { atWrite: 1 + ((n >> 1) % WRITES), hasLanded: n % 2 === 1 });
  }
  const alive = await apps.restarted(grace);
  await ada.sealpost.messages.send(id, 'the last');
  await alive.reads(id, 'the last');
  const log = await alive.messages(id);
  expect(log.flatMap(({ unreadable }) => unreadable ?? [])).toEqual([]);
  expect(await alive.texts(id)).toEqual([...sent, 'the last']);
  expect(alive.failures).toEqual([]);
});

async function wakeMortally({ device }: SdkApp, death: ConstructorParameters<typeof MortalStore>[1]): Promise<void> {
  const app = await apps.on(device, { store: new MortalStore(await MemoryStore.open(device.disk), death) });
  try {
    await app.sealpost.unlock(PASSWORD);
    await app.sealpost.settled();
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
  await app.stop().catch(() => undefined);
  device.disk.isInUse = false;
}

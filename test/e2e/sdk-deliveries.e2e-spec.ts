import './cheap-argon2.js';
import { MlsError } from '#crypto';
import { TestRelay, until } from '#testing';
import { DeviceSession } from '../../libs/sdk/src/device-session.js';
import { isEntry, Person } from './hostile-relay.js';

/** What is delivered, and how often, when something goes wrong on the way or on the device itself. */

const relay = TestRelay.duringTests();
let [ada, grace]: [Person, Person] = [undefined as never, undefined as never];
const others: Person[] = [];
beforeAll(async () => {
  [ada, grace] = [await Person.registered(relay), await Person.registered(relay)];
}, 60_000);
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  for (const person of [ada, grace, ...others]) await person.stop();
});

async function chat(): Promise<string> {
  const { id } = await ada.session.conversations.group([grace.username]);
  await ada.send(id, 'one');
  await grace.sync();
  return id;
}

const quarantined = (id: string): object[] =>
  grace.events.filter((event) => event.kind === 'quarantined' && event.conversationId === id);

/** Grace’s device fails at the next message that it opens, and at no other. */
function failingAtNext(error: () => Error): () => number {
  const { engine } = grace.account;
  const open = engine.open.bind(engine);
  let [poison, times]: [string | undefined, number] = [undefined, 0];
  jest.spyOn(engine, 'open').mockImplementation((group, message) => {
    poison ??= String(message);
    if (String(message) !== poison) return open(group, message);
    times++;
    return Promise.reject(error());
  });
  return () => times;
}

describe('an item at which a device fails', () => {
  it('is set aside after five times, and the rest is delivered, here and elsewhere (R-20)', async () => {
    const [id, elsewhere] = [await chat(), await chat()];
    for (const text of ['poison', 'two', 'three']) await ada.send(id, text);
    await ada.send(elsewhere, 'two');
    const times = failingAtNext(() => new TypeError('a fault of the device'));
    await grace.sync();
    expect(times()).toBe(5);
    expect(quarantined(id)).toHaveLength(1);
    expect(await grace.reads(id)).toEqual(['one', '[quarantined]', 'two', 'three']);
    expect(await grace.reads(elsewhere)).toEqual(['one', 'two']);
    expect(grace.failures()).toEqual([]);
    await grace.send(id, 'four');
    await ada.sync();
    expect((await ada.reads(id)).at(-1)).toBe('four');
  });

  it('is set aside also when the device ends each time before it is through (R-20)', async () => {
    const id = await chat();
    for (const text of ['deadly', 'two']) await ada.send(id, text);
    // It never comes back: the device is started again and again.
    const opening = jest.spyOn(grace.account.engine, 'open').mockImplementation(() => new Promise(() => undefined));
    for (let life = 1; life <= 5; life++) {
      void new DeviceSession(grace.account).sync();
      await until(() => opening.mock.calls.length === life, 'the device has come to what ends it');
    }
    opening.mockRestore();
    const session = new DeviceSession(grace.account);
    session.events.listen((event) => grace.events.push(event));
    await session.sync();
    expect(quarantined(id)).toHaveLength(1);
    expect(await grace.reads(id)).toEqual(['one', '[quarantined]', 'two']);
  });

  it('is tried again when the relay was out of reach: that says nothing about it (R-20)', async () => {
    const id = await chat();
    await ada.send(id, 'two');
    for (let n = 0; n < 7; n++)
      await grace.meddling(
        () => Promise.reject(new TypeError('fetch failed')),
        () => grace.sync(),
      );
    await grace.sync();
    expect(await grace.reads(id)).toEqual(['one', 'two']);
  });

  it('as MLS does is shown at once, and holds up nothing (R-20)', async () => {
    const id = await chat();
    for (const text of ['forged', 'two']) await ada.send(id, text);
    const times = failingAtNext(() => new MlsError('not_authentic', 'forged'));
    await grace.sync();
    expect(times()).toBe(1);
    expect(await grace.reads(id)).toEqual(['one', '[not_authentic]', 'two']);
  });
});

describe('two devices of each of two people', () => {
  let devices: Person[];
  let id: string;
  const syncAll = async (): Promise<void> => {
    for (const device of devices) await device.sync();
  };
  const cursorOf = async ({ account }: Person): Promise<number> => {
    const sql = 'SELECT seq FROM cursors WHERE device_id = $1 AND conversation_id = $2';
    const [row] = await relay.query<{ seq: string }>(sql, [account.deviceId, id]);
    return Number(row?.seq ?? 0);
  };

  beforeAll(async () => {
    others.push(await ada.another(), await grace.another());
    devices = [ada, grace, ...others];
    id = (await ada.session.conversations.group([grace.username])).id;
    await syncAll();
  }, 60_000);

  it('get every message once, in one order, whatever the others have acknowledged (R-21)', async () => {
    const texts = ['one', 'two', 'three', 'four'];
    const [first, ...later] = devices;
    for (const [n, device] of devices.entries()) {
      await device.sync();
      await device.send(id, texts[n]!);
    }
    await first!.sync();
    await first!.sync();
    // All that one device has is no other one's: it has told so, and for itself alone.
    expect(await cursorOf(first!)).toBe((await first!.session.conversations.get(id)).head);
    for (const device of later) expect(await cursorOf(device)).toBeLessThan(await cursorOf(first!));
    await syncAll();
    for (const device of devices) expect((await device.reads(id)).slice(-4)).toEqual(texts);
    await syncAll();
    for (const device of devices) {
      expect((await device.reads(id)).filter((text) => texts.includes(text))).toEqual(texts);
      const heard = device.events.filter((event) => event.kind === 'message' && event.conversationId === id);
      expect(heard).toHaveLength(4);
    }
  });

  it('have not got the last one while the one before is missing: it is delivered again (R-21)', async () => {
    const [sender, reader, sibling] = [ada, grace, others[1]!];
    for (const text of ['before', 'last']) await sender.send(id, text);
    const before = await cursorOf(reader);
    const hole = (items: readonly Parameters<typeof isEntry>[0][]) =>
      items.filter((item, n) => !isEntry(item) || n > 0);
    await reader.lyingAbout(id, hole, () => reader.sync());
    expect((await reader.reads(id)).at(-1)).toBe('four');
    expect(await cursorOf(reader)).toBe(before);
    await sibling.sync();
    expect((await sibling.reads(id)).slice(-2)).toEqual(['before', 'last']);
    await reader.sync();
    expect((await reader.reads(id)).slice(-3)).toEqual(['four', 'before', 'last']);
  });
});

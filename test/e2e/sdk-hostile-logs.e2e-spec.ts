import './cheap-argon2.js';
import { v7 } from 'uuid';
import { encodeBase64Url, pad } from '#crypto';
import { encodeContent, messageContextBytes } from '#protocol';
import { scaled, Seeded, TestRelay } from '#testing';
import type { LogEntry, LogItem } from '../../libs/sdk/src/sync/log-item.js';
import { UNLIMITED } from '../controls/unlimited.js';
import { answering, changing, gapAt, isEntry, type Lie, Person } from './hostile-relay.js';

const RUNS = scaled({ ci: 1, gate: 100 });
/** Before a release, a day's work is done in minutes. */
const relay = TestRelay.duringTests({ environment: UNLIMITED });
let [ada, grace]: [Person, Person] = [undefined as never, undefined as never];
beforeAll(async () => {
  [ada, grace] = [await Person.registered(relay), await Person.registered(relay)];
});
afterAll(async () => {
  for (const person of [ada, grace]) await person.stop();
});

/** A group in which Grace has read something, and whose log reaches her through a liar from now on. */
async function group(): Promise<string> {
  const { id } = await ada.session.conversations.group([grace.username]);
  await goesOn(id);
  return id;
}

/** Whatever happened: both write, and read each other. */
async function goesOn(id: string): Promise<void> {
  const [there, back] = [v7(), v7()];
  await ada.send(id, there);
  await grace.sync();
  expect((await grace.reads(id)).at(-1)).toBe(there);
  await grace.send(id, back);
  await ada.sync();
  expect((await ada.reads(id)).at(-1)).toBe(back);
}

async function lied(id: string, texts: readonly string[], lie: Lie): Promise<string[]> {
  const before = await grace.reads(id);
  for (const text of texts) await ada.send(id, text);
  await grace.lyingAbout(id, lie, () => grace.sync());
  return (await grace.reads(id)).slice(before.length);
}

/** What stands at the end of Grace's log about the order in which things came. */
async function marks(id: string, count: number): Promise<object[]> {
  const messages = await grace.session.messages.history(id, { limit: count });
  return messages.reverse().map(({ missingBefore, isLate }) => ({ missingBefore, isLate }));
}

const runs = (seeded: Seeded): Seeded[] => Array.from({ length: RUNS }, () => seeded.fork());
const messagesIn = (items: readonly LogItem[]): LogEntry[] => items.filter(isEntry);
const moved = (entry: LogEntry | undefined, { seq }: LogEntry): LogEntry => ({ ...entry!, seq });
const UNMARKED = { missingBefore: undefined, isLate: undefined };

describe('a relay that shows a message', () => {
  it('twice: it is read once, and the other place shows that it is not authentic (M-04)', async () => {
    const id = await group();
    for (const seeded of runs(Seeded.announced('replayed'))) {
      const isRenamed = seeded.oneIn(2);
      const again: Lie = (items) => {
        // Not a commit: now and then a device comes to give itself new keys.
        const [first, second] = messagesIn(items).filter(({ kind }) => kind === 'message');
        if (first === undefined || second === undefined) return items;
        const repeated = isRenamed ? { ...second, ciphertext: first.ciphertext! } : moved(first, second);
        return items.map((item) => (item === second ? repeated : item));
      };
      expect(await lied(id, ['one', 'two'], again)).toEqual(['one', '[not_authentic]']);
      await goesOn(id);
    }
  });

  it('out of order: each is read, and the marks say what is late and what was missing (M-05)', async () => {
    const id = await group();
    for (const seeded of runs(Seeded.announced('reordered'))) {
      const at = seeded.between(0, 2);
      const swapped: Lie = (items) => {
        const entries = messagesIn(items);
        const [one, other] = [entries[at], entries[at + 1]];
        if (one === undefined || other === undefined) return items;
        return entries.with(at, moved(other, one)).with(at + 1, moved(one, other));
      };
      const texts = ['one', 'two', 'three', 'four'];
      expect(await lied(id, texts, swapped)).toEqual(texts.with(at, texts[at + 1]!).with(at + 1, texts[at]!));
      const late = { missingBefore: undefined, isLate: true };
      const early = { missingBefore: 1, isLate: undefined };
      expect(await marks(id, 4)).toEqual(
        Array(4)
          .fill(UNMARKED)
          .with(at, early)
          .with(at + 1, late),
      );
      await goesOn(id);
    }
  });

  it('not at all: a hole is waited for, a gap is shown, and the next message says that one is missing (M-06)', async () => {
    const id = await group();
    for (const seeded of runs(Seeded.announced('dropped'))) {
      const at = seeded.between(0, 1);
      let hidden: number | undefined;
      const hole: Lie = (items) => {
        hidden ??= messagesIn(items)[at]?.seq;
        return messagesIn(items).filter(({ seq }) => seq !== hidden);
      };
      expect(await lied(id, ['one', 'two', 'three'], hole)).toEqual(['one', 'two', 'three'].slice(0, at));
      await grace.sync();
      expect((await grace.reads(id)).slice(-3)).toEqual(['one', 'two', 'three']);
      expect(await marks(id, 3)).toEqual([UNMARKED, UNMARKED, UNMARKED]);
      const gap: Lie = (items) => items.map((item, n) => (isEntry(item) && n === at ? gapAt(item.seq) : item));
      expect(await lied(id, ['one', 'two', 'three'], gap)).toEqual(['one', 'two', 'three'].with(at, '[expired]'));
      expect((await marks(id, 3))[at + 1]).toEqual({ missingBefore: 1, isLate: undefined });
      const closed: Lie = (items) => {
        const entries = messagesIn(items);
        const [last] = entries.splice(at, 1);
        return last === undefined
          ? items
          : entries.map((entry, n) => (n < at ? entry : { ...entry, seq: entry.seq - 1 }));
      };
      expect(await lied(id, ['one', 'two', 'three'], closed)).toEqual(['one', 'two', 'three'].toSpliced(at, 1));
      expect((await marks(id, 2))[at]).toEqual({ missingBefore: 1, isLate: undefined });
      await goesOn(id);
    }
  });

  it('with another byte or field: it cannot be read, and nothing behind it waits (M-11)', async () => {
    const id = await group();
    const seeded = Seeded.announced('tampered');
    const changes: ((entry: LogEntry) => LogEntry)[] = [
      (entry) => ({ ...entry, senderId: grace.account.accountId }),
      (entry) => ({ ...entry, senderDeviceId: v7() }),
      (entry) => ({ ...entry, senderDeviceId: grace.account.deviceId }),
      (entry) => ({ ...entry, id: v7() }),
      (entry) => ({ ...entry, ciphertext: '' }),
      (entry) => ({ ...entry, ciphertext: '%%' }),
      ...Array.from({ length: 8 * RUNS }, () => {
        const [at, by] = [seeded.between(0, 10_000), seeded.between(1, 255)];
        return (entry: LogEntry) => ({ ...entry, ciphertext: turned(entry.ciphertext!, at, by) });
      }),
    ];
    for (const change of changes) {
      const [first, second] = await lied(id, ['changed', 'as it was'], (items) =>
        items.map((item, n) => (isEntry(item) && n === 0 ? change(item) : item)),
      );
      expect(first).toMatch(/^\[(not_authentic|before_joining)\]$/);
      expect(second).toBe('as it was');
    }
    await goesOn(id);
  });

  it('in another place than its sender has bound it to: it cannot be read (M-16)', async () => {
    const [id, elsewhere] = [await group(), await group()];
    for (const seeded of runs(Seeded.announced('bound to another place'))) {
      const bound = { conversationId: id, senderDeviceId: ada.account.deviceId, messageId: v7() };
      const other = seeded.pick([
        { conversationId: elsewhere },
        { senderDeviceId: grace.account.deviceId },
        { messageId: v7() },
      ]);
      const content = pad(encodeContent({ kind: 'text', text: 'bound' }));
      const { message } = await ada.account.engine.encrypt(
        await ada.group(id),
        content,
        messageContextBytes({ ...bound, ...other }),
      );
      const replaced = changing('message', (entry) => ({
        ...entry,
        id: bound.messageId,
        ciphertext: encodeBase64Url(message),
      }));
      expect(await lied(id, ['one'], replaced)).toEqual(['[not_authentic]']);
      await goesOn(id);
    }
  });
});

describe('a relay whose database is another one', () => {
  it('is told of at each sync, and nothing is lost', async () => {
    const id = await group();
    await ada.send(id, 'meanwhile');
    const before = await grace.reads(id);
    const restored = answering('/v1/sync', (reply) => ({ ...reply, incarnation: v7() }), 'POST');
    await grace.meddling(restored, () => grace.sync());
    expect(grace.failures()).toContain('relay_restored');
    expect(await grace.reads(id)).toEqual(before);
    await goesOn(id);
    expect(await grace.reads(id)).toEqual(expect.arrayContaining([...before, 'meanwhile']));
  });
});

function turned(ciphertext: string, at: number, by: number): string {
  const bytes = Buffer.from(ciphertext, 'base64url');
  bytes[at % bytes.length]! ^= by;
  return bytes.toString('base64url');
}

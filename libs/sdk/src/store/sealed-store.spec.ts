import { z } from 'zod';
import { compactCodec } from './codec.js';
import { MemoryDisk, MemoryStore } from './memory-store.js';
import { RecordKind, SealedStore } from './sealed-store.js';
import { codeOf } from './store-contract.fixture.js';
import { startingWith, type Store } from './store.js';

const NOTES = new RecordKind(
  'messages',
  compactCodec(z.object({ text: z.string(), attached: z.instanceof(Uint8Array) }).parse),
);
const CURSORS = new RecordKind('conversations', compactCodec(z.object({ seq: z.number() }).parse));

const wrapping = { accountId: 'a', deviceId: 'd', wrapKey: crypto.getRandomValues(new Uint8Array(32)) };
const note = (text: string) => ({ text, attached: Uint8Array.of(1, 2, 3) });

describe('a sealed store', () => {
  let disk: MemoryDisk;
  let store: Store;
  let sealed: SealedStore;

  beforeEach(async () => {
    disk = new MemoryDisk();
    store = await MemoryStore.open(disk);
    sealed = await SealedStore.open(store, wrapping);
  });

  /** All that a thief of the disk would have. */
  const onDisk = (): string =>
    [...disk.tables.values()]
      .flatMap((rows) => [...rows].map(([key, { value }]) => key + Buffer.from(value).toString('latin1')))
      .join('\n');

  it('gives back records as they were put, one by one and in order', async () => {
    await sealed.write({
      put: [NOTES.put('c/2', note('two')), NOTES.put('c/1', note('one')), NOTES.put('d', note('x'))],
    });
    expect(await sealed.get(NOTES, 'c/1')).toEqual({ key: 'c/1', version: 1, record: note('one') });
    expect(await sealed.get(NOTES, 'c/3')).toBeUndefined();
    const found = await sealed.scan(NOTES, startingWith('c/'));
    expect(found.map(({ key, record }) => [key, record.text])).toEqual([
      ['c/1', 'one'],
      ['c/2', 'two'],
    ]);
  });

  it('is opened again with the same key', async () => {
    await sealed.write({ put: [NOTES.put('n', note('kept'))] });
    await sealed.close();
    const again = await SealedStore.open(await MemoryStore.open(disk), wrapping);
    expect((await again.get(NOTES, 'n'))?.record.text).toBe('kept');
  });

  it('has nothing in the clear but keys', async () => {
    const canary = 'Meet me under the old oak';
    await sealed.write({ put: [NOTES.put('conversation-1/0001', note(canary))] });
    expect(onDisk()).toContain('conversation-1/0001');
    expect(onDisk()).not.toContain(canary);
    expect(onDisk()).not.toContain('attached');
    expect(onDisk()).not.toContain(Buffer.from(wrapping.wrapKey).toString('latin1'));
  });

  it('refuses a stale put, and what was written with it', async () => {
    await sealed.write({ put: [CURSORS.put('c', { seq: 1 })] });
    const { version } = (await sealed.get(CURSORS, 'c'))!;
    await sealed.write({ put: [CURSORS.put('c', { seq: 2 }, version)] });
    const stale = sealed.write({ put: [NOTES.put('n', note('x')), CURSORS.put('c', { seq: 3 }, version)] });
    expect(await codeOf(stale)).toBe('store_conflict');
    expect(await sealed.scan(NOTES)).toEqual([]);
    expect((await sealed.get(CURSORS, 'c'))?.record.seq).toBe(2);
  });

  it.each<[string, (rows: ReturnType<MemoryDisk['tables']['get']> & object) => void]>([
    ['moved to another key', (rows) => rows.set('b', rows.get('a')!)],
    ['passed off as another version', (rows) => rows.set('b', { ...rows.get('b')!, version: 2 })],
    ['of which a bit was turned', (rows) => (rows.get('b')!.value[20]! ^= 1)],
    ['cut off', (rows) => rows.set('b', { version: 1, value: rows.get('b')!.value.slice(0, -1) })],
    ['emptied', (rows) => rows.set('b', { version: 1, value: new Uint8Array() })],
  ])('does not open a row that was %s', async (_what, tamper) => {
    await sealed.write({ put: [NOTES.put('a', note('A')), NOTES.put('b', note('B'))] });
    tamper(disk.tables.get('messages')!);
    expect(await codeOf(sealed.get(NOTES, 'b'))).toBe('cannot_open');
    expect(await codeOf(sealed.scan(NOTES))).toBe('cannot_open');
  });

  it('does not open a row that was moved to another table', async () => {
    await sealed.write({ put: [NOTES.put('a', note('A'))] });
    const elsewhere = new RecordKind('outbox', NOTES.codec);
    disk.tables.get('outbox')!.set('a', disk.tables.get('messages')!.get('a')!);
    expect(await codeOf(sealed.get(elsewhere, 'a'))).toBe('cannot_open');
  });

  it('does not take what is not of its kind', async () => {
    const wrong = new RecordKind(
      'messages',
      compactCodec((stored) => stored),
    );
    await sealed.write({ put: [wrong.put('a', { text: 3 })] });
    await expect(sealed.get(NOTES, 'a')).rejects.toThrow();
  });

  it('opens with no other password, account or device, and says the same to all', async () => {
    for (const other of [
      { ...wrapping, wrapKey: new Uint8Array(32) },
      { ...wrapping, accountId: 'b' },
      { ...wrapping, deviceId: 'e' },
    ])
      expect(await codeOf(SealedStore.open(store, other))).toBe('cannot_open');
  });

  it('goes on with a new password, and no longer with the old one', async () => {
    await sealed.write({ put: [NOTES.put('n', note('kept'))] });
    const changed = { ...wrapping, wrapKey: crypto.getRandomValues(new Uint8Array(32)) };
    expect(await codeOf(SealedStore.rewrap(store, changed, wrapping))).toBe('cannot_open');
    await SealedStore.rewrap(store, wrapping, changed);
    expect(await codeOf(SealedStore.open(store, wrapping))).toBe('cannot_open');
    expect((await (await SealedStore.open(store, changed)).get(NOTES, 'n'))?.record.text).toBe('kept');
  });

  it('neither reads nor writes once it is locked', async () => {
    await sealed.write({ put: [NOTES.put('n', note('x'))] });
    sealed.lock();
    expect(await codeOf(sealed.get(NOTES, 'n'))).toBe('store_locked');
    expect(await codeOf(sealed.scan(NOTES))).toBe('store_locked');
    expect(await codeOf(sealed.write({ put: [] }))).toBe('store_locked');
    expect((await (await SealedStore.open(store, wrapping)).get(NOTES, 'n'))?.version).toBe(1);
  });

  it('makes its key once when it is opened twice at the same time', async () => {
    const fresh = await MemoryStore.open();
    const [first, second] = await Promise.allSettled([
      SealedStore.open(fresh, wrapping),
      SealedStore.open(fresh, wrapping),
    ]);
    expect([first, second].filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('leaves nothing behind when it is destroyed', async () => {
    await sealed.write({ put: [NOTES.put('n', note('x'))] });
    await sealed.destroy();
    expect(onDisk()).toBe('');
  });
});

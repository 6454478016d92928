import { z } from 'zod';
import { compactCodec } from './codec.js';
import { MemoryStore } from './memory-store.js';
import { RecordKind, SealedStore } from './sealed-store.js';
import { StagedRecords } from './staged-records.js';
import { codeOf } from './store-contract.fixture.js';
import { everyRow, type Range } from './store.js';

const NOTES = new RecordKind('messages', compactCodec(z.string().parse));
const OTHERS = new RecordKind('settings', compactCodec(z.string().parse));
const KEYS = ['a', 'b', 'c', 'd', 'e', 'f'];

describe('records that are staged', () => {
  let store: SealedStore;
  let staged: StagedRecords;

  beforeEach(async () => {
    const wrapping = { accountId: 'a', deviceId: 'd', wrapKey: crypto.getRandomValues(new Uint8Array(32)) };
    store = await SealedStore.open(await MemoryStore.open(), wrapping);
    await store.write({ put: KEYS.map((key) => NOTES.put(key, `old ${key}`)) });
    staged = new StagedRecords(store);
  });

  const change = async (key: string, record: string): Promise<void> => {
    const before = await staged.get(NOTES, key);
    staged.stage({ put: [NOTES.put(key, record, before?.version)] });
  };
  const remove = (...keys: string[]): void =>
    staged.stage({ delete: keys.map((key) => ({ table: NOTES.table, key })) });
  const rows = async (from: Pick<SealedStore, 'scan'>, range: Range = {}): Promise<string[]> => {
    const found: string[] = [];
    for await (const { key, record } of everyRow((rest) => from.scan(NOTES, rest), range))
      found.push(`${key}: ${record}`);
    return found;
  };

  it('are read as if they were written, while the store has them as they were', async () => {
    await change('b', 'new');
    await change('n', 'first');
    remove('c');
    expect((await staged.get(NOTES, 'a'))?.record).toBe('old a');
    expect(await staged.get(NOTES, 'b')).toEqual({ key: 'b', version: 2, record: 'new' });
    expect(await staged.get(NOTES, 'n')).toEqual({ key: 'n', version: 1, record: 'first' });
    expect(await staged.get(NOTES, 'c')).toBeUndefined();
    expect(await staged.get(OTHERS, 'n')).toBeUndefined();
    expect(await rows(store)).toEqual(KEYS.map((key) => `${key}: old ${key}`));
  });

  it('become one version, however often each was changed, and are gone if they were deleted in the end', async () => {
    for (const text of ['one', 'two', 'three']) await change('b', text);
    for (const text of ['one', 'two']) await change('n', text);
    await change('m', 'deleted again');
    remove('m', 'c');
    await store.write(staged.batch());
    expect(await store.get(NOTES, 'b')).toEqual({ key: 'b', version: 2, record: 'three' });
    expect(await store.get(NOTES, 'n')).toEqual({ key: 'n', version: 1, record: 'two' });
    expect([await store.get(NOTES, 'm'), await store.get(NOTES, 'c')]).toEqual([undefined, undefined]);
  });

  it.each([1, 2, 3, 1_000])('are scanned %d at a time as they will be once they are written', async (limit) => {
    for (const key of ['b', 'bb', 'e', 'z']) await change(key, 'new');
    staged.stage({ put: [OTHERS.put('b', 'of another table')] });
    remove('a', 'c', 'd', 'f', 'never there');
    const ranges: Range[] = [{}, { from: 'b', to: 'e' }, { from: 'bb' }, { from: 'c', to: 'd' }, { to: 'b' }];
    const seen: string[][] = [];
    for (const range of ranges)
      for (const reverse of [false, true]) seen.push(await rows(staged, { ...range, limit, reverse }));
    await store.write(staged.batch());
    const written: string[][] = [];
    for (const range of ranges)
      for (const reverse of [false, true]) written.push(await rows(store, { ...range, reverse }));
    expect(seen).toEqual(written);
    expect(written[0]).toEqual(['b: new', 'bb: new', 'e: new', 'z: new']);
  });

  it('are refused whole when one of them is not as it was read', async () => {
    const stale = NOTES.put('b', 'by another', 1);
    await change('b', 'new');
    const refused = async (put: typeof stale): Promise<unknown> =>
      codeOf(Promise.resolve().then(() => staged.stage({ put: [NOTES.put('n', 'with it'), put] })));
    expect(await refused(stale)).toBe('store_conflict');
    remove('c');
    // In one batch a place cannot be both emptied and filled.
    expect(await refused(NOTES.put('c', 'again'))).toBe('store_conflict');
    expect(await staged.get(NOTES, 'n')).toBeUndefined();
    await store.write({ put: [NOTES.put('b', 'meanwhile', 1)] });
    expect(await codeOf(store.write(staged.batch()))).toBe('store_conflict');
  });
});

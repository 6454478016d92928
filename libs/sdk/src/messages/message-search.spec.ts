import { type SealedBatch, SealedStore } from '../store/sealed-store.js';
import { MemoryStore } from '../store/memory-store.js';
import { MESSAGES, messageKey, type MessageRecord } from './message-record.js';
import { MessageSearch } from './message-search.js';

const NOW_MS = 1_000_000;
const wrapping = { accountId: 'a', deviceId: 'd', wrapKey: crypto.getRandomValues(new Uint8Array(32)) };

function message(seq: number, content: MessageRecord['content'], more: Partial<MessageRecord> = {}): MessageRecord {
  const sender = { senderAccountId: 'ada', senderDeviceId: 'laptop' };
  return { id: `m${String(seq)}`, seq, ...sender, sentAtMs: seq, content, ...more };
}
const text = (seq: number, words: string, more: Partial<MessageRecord> = {}) =>
  message(seq, { kind: 'text', text: words }, more);
const putting = (chat: string, record: MessageRecord, replaces = 0) =>
  MESSAGES.put(messageKey(chat, record.seq), record, replaces);

describe('searching', () => {
  let store: SealedStore;
  let search: MessageSearch;

  beforeEach(async () => {
    store = await SealedStore.open(await MemoryStore.open(), wrapping);
    search = new MessageSearch(store, () => NOW_MS);
    await store.write({
      put: [
        putting('tea', text(1, 'The Kettle is on')),
        putting('tea', text(4, 'which kettle?')),
        putting('pie', text(2, 'A pie, and a kettle of fish')),
        putting('pie', text(3, 'Straße')),
      ],
    });
  });

  const found = async (words: string, by = search): Promise<string[]> => {
    const places: string[] = [];
    for await (const { conversationId, seq } of by.find(words)) places.push(`${conversationId} ${String(seq)}`);
    return places;
  };

  it('finds parts of words in any case and order, the newest first', async () => {
    expect(await found('KETT')).toEqual(['tea 4', 'pie 2', 'tea 1']);
    expect(await found(' fish  kettle ')).toEqual(['pie 2']);
    expect(await found('straße')).toEqual(['pie 3']);
    expect(await found('pan')).toEqual([]);
    expect(await found(' ')).toEqual([]);
  });

  it('finds attachments by their names and captions', async () => {
    const file = {
      attachmentId: 'f',
      mediaType: 'application/pdf',
      bytes: 1,
      key: '',
      sha256: '',
      caption: 'of the House',
    };
    await store.write({ put: [putting('tea', message(5, { kind: 'attachment', name: 'Plan.PDF', ...file }))] });
    expect(await found('house')).toEqual(['tea 5']);
    expect(await found('plan.pdf')).toEqual(['tea 5']);
  });

  it('follows what comes, changes and goes, without reading all again', async () => {
    await search.prepare();
    const scan = jest.spyOn(store, 'scan');
    await store.write({ put: [putting('tea', text(5, 'no kettle at all'))] });
    expect(await found('kettle')).toEqual(['tea 5', 'tea 4', 'pie 2', 'tea 1']);
    await store.write({ put: [putting('tea', message(4, null, { unreadable: 'deleted' }), 1)] });
    await store.write({ delete: [{ table: MESSAGES.table, key: messageKey('tea', 1) }] });
    expect(await found('kettle')).toEqual(['tea 5', 'pie 2']);
    expect(scan).not.toHaveBeenCalled();
  });

  it('believes what is written while all is read, not what was read before', async () => {
    const scan = store.scan.bind(store);
    let write: SealedBatch | undefined = { put: [putting('tea', text(4, 'gone'), 1)] };
    jest.spyOn(store, 'scan').mockImplementation(async (kind, range) => {
      const rows = await scan(kind, range);
      const now = write;
      write = undefined;
      if (now !== undefined) await store.write(now);
      return rows;
    });
    expect(await found('kettle')).toEqual(['pie 2', 'tea 1']);
    expect(await found('gone')).toEqual(['tea 4']);
  });

  it('does not find what is over', async () => {
    await store.write({ put: [putting('tea', text(5, 'secret', { expiresAtMs: NOW_MS }))] });
    expect(await found('secret')).toEqual([]);
  });

  it('finds all, too, where it is too much to keep', async () => {
    const small = new MessageSearch(store, () => NOW_MS, 20);
    expect((await found('kettle', small)).sort()).toEqual(['pie 2', 'tea 1', 'tea 4']);
    await store.write({ put: [putting('tea', text(5, 'kettle'))] });
    expect((await found('kettle', small)).sort()).toEqual(['pie 2', 'tea 1', 'tea 4', 'tea 5']);
  });

  it('begins anew when reading broke off', async () => {
    jest.spyOn(store, 'scan').mockRejectedValueOnce(new Error('the disk'));
    await expect(found('kettle')).rejects.toThrow('the disk');
    expect(await found('kettle')).toEqual(['tea 4', 'pie 2', 'tea 1']);
  });
});

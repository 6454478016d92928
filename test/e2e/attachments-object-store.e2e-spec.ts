import { pair, TestRelay, until } from '#testing';
import { AttachmentSweepService } from '../../apps/relay/src/attachments/attachment-sweep.service.js';
import { PART_BYTES } from '../../apps/relay/src/attachments/s3-blobs.js';
import { Attacher, ciphertext, DAY_MS } from './attaching.js';
import { ObjectStore } from './object-store.js';

const store = ObjectStore.duringTests();
let relay: TestRelay;
beforeAll(async () => {
  relay = await TestRelay.start({ environment: store.environment });
});
afterAll(() => relay.stop());
afterEach(() => {
  store.failing.clear();
  store.asked.length = 0;
});

async function scene() {
  const { ada, bob, conversationId } = await pair(relay);
  return { ada: new Attacher(relay, ada), bob: new Attacher(relay, bob), conversationId };
}

const keyOf = (id: string): string => `attachments/${id}`;
const tailsOf = (id: string): string[] => [...store.objects.keys()].filter((key) => key.startsWith(`${keyOf(id)}.`));

async function writerOf(id: string): Promise<string | null> {
  const [row] = await relay.query<{ writer: string | null }>('SELECT writer FROM attachments WHERE id = $1', [id]);
  return row?.writer ?? null;
}

describe('in an object store, an attachment', () => {
  it('that is small is one object, written once, and read in parts', async () => {
    const { ada, bob, conversationId } = await scene();
    const bytes = ciphertext(1_000);
    const id = await ada.upload(conversationId, bytes);
    expect(store.objects.get(keyOf(id))?.equals(bytes)).toBe(true);
    expect([store.askedFor('put').length, store.askedFor('begin').length]).toEqual([1, 0]);
    expect((await bob.download(id)).bytes.equals(bytes)).toBe(true);
    const part = await bob.download(id, 'bytes=-10');
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 990-999/1000']);
    expect(part.bytes.equals(bytes.subarray(990))).toBe(true);
    expect(store.askedFor('get').at(-1)?.range).toBe('bytes=990-999');
  });

  it('that is large is put together of parts in order, however it comes', async () => {
    const { ada, bob, conversationId } = await scene();
    const bytes = ciphertext(2 * PART_BYTES + 12_345);
    const id = await ada.begin({ conversationId, length: bytes.length });
    // Within a part, over the end of one, over the end of the next, and what is left.
    for (const [from, to] of [
      [0, 100_000],
      [100_000, PART_BYTES - 1],
      [PART_BYTES - 1, PART_BYTES + 5_000_000],
      [PART_BYTES + 5_000_000, 2 * PART_BYTES],
      [2 * PART_BYTES, bytes.length],
    ] as const) {
      const { status, headers } = await ada.send(id, from, bytes.subarray(from, to));
      expect([status, headers.get('upload-offset')]).toEqual([204, String(to)]);
    }
    expect(store.objects.get(keyOf(id))?.equals(bytes)).toBe(true);
    expect(store.askedFor('putPart').map(({ part, bytes: size }) => [part, size])).toEqual([
      [1, PART_BYTES],
      [2, PART_BYTES],
      [3, 12_345],
    ]);
    expect([store.askedFor('begin').length, store.multiparts.size]).toEqual([1, 0]);
    expect([...store.objects.keys()].filter((key) => key.startsWith(keyOf(id)))).toEqual([keyOf(id)]);
    expect((await bob.download(id)).bytes.equals(bytes)).toBe(true);
  });

  it('goes on after a request that broke off, with all that had come', async () => {
    const { ada, conversationId } = await scene();
    const bytes = ciphertext(PART_BYTES + 3_000_000);
    const id = await ada.begin({ conversationId, length: bytes.length });
    const broken = ada.stretch(id, 0, bytes.length);
    await broken.write(bytes.subarray(0, PART_BYTES + 2_000_000));
    await until(() => store.askedFor('putPart').length === 1, 'the first part is there');
    broken.breakOff();
    await until(() => tailsOf(id).length === 1, 'what came of the next is there, too');
    let offset = 0;
    await until(async () => (offset = await ada.offset(id)) > PART_BYTES, 'and noted');
    expect((await ada.send(id, offset, bytes.subarray(offset))).status).toBe(204);
    expect((await ada.download(id)).bytes.equals(bytes)).toBe(true);
  });

  it('is not harmed by a request whose place was taken long ago', async () => {
    const { ada, conversationId } = await scene();
    const bytes = ciphertext(PART_BYTES + 100_000);
    const id = await ada.begin({ conversationId, length: bytes.length });
    const hanging = ada.stretch(id, 0, bytes.length);
    await hanging.write(bytes.subarray(0, 3_000_000));
    await until(async () => (await writerOf(id)) !== null, 'it has begun');
    await ada.send(id, 0, bytes.subarray(0, PART_BYTES + 500));
    expect(tailsOf(id)).toEqual([`${keyOf(id)}.${PART_BYTES + 500}`]);
    hanging.breakOff();
    await until(() => tailsOf(id).length === 2, 'what came of it is put away, and noted by nobody');
    expect(await ada.offset(id)).toBe(PART_BYTES + 500);
    await ada.send(id, PART_BYTES + 500, bytes.subarray(PART_BYTES + 500));
    expect((await ada.download(id)).bytes.equals(bytes)).toBe(true);
    expect(tailsOf(id)).toEqual([]);
  });

  it('keeps no more than the newest of what came of a part', async () => {
    const { ada, conversationId } = await scene();
    const bytes = ciphertext(PART_BYTES);
    const id = await ada.begin({ conversationId, length: bytes.length });
    for (const [from, to] of [
      [0, 1_000],
      [1_000, 2_000],
      [2_000, 3_000],
    ] as const)
      await ada.send(id, from, bytes.subarray(from, to));
    await ada.send(id, 3_000, Buffer.alloc(0));
    expect(tailsOf(id)).toEqual([`${keyOf(id)}.3000`]);
    await ada.send(id, 3_000, bytes.subarray(3_000));
    expect((await ada.download(id)).bytes.equals(bytes)).toBe(true);
  });

  it.each(['put', 'begin', 'putPart', 'listParts', 'complete', 'head'])(
    'waits while the store fails to %s, and then is as it was sent',
    async (operation) => {
      const { ada, conversationId } = await scene();
      const bytes = ciphertext(PART_BYTES + 1_000);
      const id = await ada.begin({ conversationId, length: bytes.length });
      await ada.send(id, 0, bytes.subarray(0, 500));
      store.failing.set(operation, { status: 500, code: 'InternalError' });
      const refused = await ada.send(id, 500, bytes.subarray(500, -400));
      if (refused.status === 204) expect(['listParts', 'complete']).toContain(operation);
      else expect([refused.status, refused.code]).toEqual([503, 'unavailable']);
      const during = await ada.offset(id);
      const late = await ada.send(id, during, bytes.subarray(during));
      // The last part needs no object of its own.
      expect(late.status).toBe(operation === 'put' ? 204 : 503);
      store.failing.clear();
      const offset = await ada.offset(id);
      expect((await ada.send(id, offset, bytes.subarray(offset))).status).toBe(204);
      expect((await ada.download(id)).bytes.equals(bytes)).toBe(true);
    },
  );

  it('is whole though the relay never heard that it was', async () => {
    const { ada, conversationId } = await scene();
    const bytes = ciphertext(PART_BYTES + 1_000);
    const id = await ada.begin({ conversationId, length: bytes.length });
    await ada.send(id, 0, bytes.subarray(0, PART_BYTES));
    store.objects.set(keyOf(id), bytes);
    store.multiparts.clear();
    const { status, headers } = await ada.send(id, PART_BYTES, bytes.subarray(PART_BYTES));
    expect([status, headers.get('upload-offset')]).toEqual([204, String(bytes.length)]);
    expect((await ada.download(id)).bytes.equals(bytes)).toBe(true);
  });

  it('begins anew when the store has given up its parts', async () => {
    const { ada, conversationId } = await scene();
    const bytes = ciphertext(PART_BYTES + 1_000);
    const id = await ada.begin({ conversationId, length: bytes.length });
    await ada.send(id, 0, bytes.subarray(0, PART_BYTES));
    store.multiparts.clear();
    expect((await ada.send(id, PART_BYTES, bytes.subarray(PART_BYTES))).code).toBe('upload_offset_mismatch');
    expect(await ada.offset(id)).toBe(0);
    expect((await ada.send(id, 0, bytes)).status).toBe(204);
    expect((await ada.download(id)).bytes.equals(bytes)).toBe(true);
  });

  it('finds no room in a full store, and goes on when there is some', async () => {
    const { ada, conversationId } = await scene();
    const bytes = ciphertext(1_000);
    const id = await ada.begin({ conversationId, length: 1_000 });
    store.failing.set('put', { status: 507, code: 'XMinioStorageFull' });
    const { status, code, headers } = await ada.send(id, 0, bytes);
    expect([status, code, headers.get('retry-after')]).toEqual([507, 'storage_full', '60']);
    store.failing.clear();
    await ada.send(id, 0, bytes);
    expect((await ada.download(id)).bytes.equals(bytes)).toBe(true);
  });

  it('is gone with all its parts when it is taken away, whole or not', async () => {
    const { ada, conversationId } = await scene();
    const whole = await ada.upload(conversationId, ciphertext(1_000));
    const open = await ada.begin({ conversationId, length: 2 * PART_BYTES });
    await ada.send(open, 0, ciphertext(PART_BYTES + 5));
    for (const id of [whole, open]) expect((await ada.remove(id)).status).toBe(204);
    await relay.part(AttachmentSweepService).sweep();
    expect([...store.objects.keys()].filter((key) => [whole, open].some((id) => key.includes(id)))).toEqual([]);
    expect([...store.multiparts.values()].filter(({ key }) => key === keyOf(open))).toEqual([]);
  });

  it('that belongs to nobody is swept away after a day, and nothing else', async () => {
    const { ada, conversationId } = await scene();
    const kept = await ada.upload(conversationId, ciphertext(10));
    const open = await ada.begin({ conversationId, length: 2 * PART_BYTES });
    await ada.send(open, 0, ciphertext(PART_BYTES + 5));
    const orphan = 'ab000000-0000-4000-8000-000000000000';
    for (const name of [keyOf(orphan), `${keyOf(orphan)}.500`, 'attachments/not-ours', 'elsewhere/x'])
      store.objects.set(name, ciphertext(5));
    store.multiparts.set('orphan', { key: keyOf(orphan), parts: new Map(), begun: store.changedAt });
    const sweep = relay.part(AttachmentSweepService);
    await sweep.sweepAbandoned();
    expect(store.objects.has(keyOf(orphan))).toBe(true);
    store.changedAt = new Date(relay.clock.now().getTime() - DAY_MS);
    store.multiparts.set('orphan', { key: keyOf(orphan), parts: new Map(), begun: store.changedAt });
    await sweep.sweepAbandoned();
    const names = [...store.objects.keys()];
    expect(names.filter((name) => name.includes(orphan))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['attachments/not-ours', 'elsewhere/x', keyOf(kept)]));
    expect(store.multiparts.has('orphan')).toBe(false);
    expect([...store.multiparts.values()].some(({ key }) => key === keyOf(open))).toBe(true);
  });
});

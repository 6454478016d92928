import { createHash } from 'node:crypto';
import { pair, recordEvidence, TestRelay, until } from '#testing';
import { AttachmentSweepService } from '../../apps/relay/src/attachments/attachment-sweep.service.js';
import { PART_BYTES } from '../../apps/relay/src/attachments/s3-blobs.js';
import { Attacher, ciphertext } from './attaching.js';
import { SwiftStore } from './swift-store.js';

/** Attachments in an object store that others have written: what a stand-in of ours takes, it might refuse. */

let store: SwiftStore;
let relay: TestRelay;
beforeAll(async () => {
  store = await SwiftStore.start();
  relay = await TestRelay.start({ environment: store.environment });
}, 120_000);
afterAll(async () => {
  await relay.stop();
  await store.stop();
});

async function scene() {
  const { ada, bob, conversationId } = await pair(relay);
  return { ada: new Attacher(relay, ada), bob: new Attacher(relay, bob), conversationId };
}

const keyOf = (id: string): string => `attachments/${id}`;
const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

async function keysOf(id: string): Promise<string[]> {
  return [...(await store.objects()).keys()].filter((key) => key.startsWith(keyOf(id)));
}

describe('in a real object store, an attachment', () => {
  it('that is small is one object, and is read in parts', async () => {
    const { ada, bob, conversationId } = await scene();
    const bytes = ciphertext(1_000);
    const id = await ada.upload(conversationId, bytes);
    expect((await store.objects()).get(keyOf(id))).toBe(1_000);
    expect((await bob.download(id)).bytes.equals(bytes)).toBe(true);
    const part = await bob.download(id, 'bytes=-10');
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 990-999/1000']);
    expect(part.bytes.equals(bytes.subarray(990))).toBe(true);
  });

  it('that is large comes in stretches, breaks off, goes on, and is what it was', async () => {
    const { ada, bob, conversationId } = await scene();
    const bytes = ciphertext(3 * PART_BYTES + 12_345);
    const id = await ada.begin({ conversationId, length: bytes.length });
    for (const [from, to] of [
      [0, 100_000],
      [100_000, PART_BYTES + 5_000_000],
    ] as const)
      expect((await ada.send(id, from, bytes.subarray(from, to))).status).toBe(204);
    const from = PART_BYTES + 5_000_000;
    const broken = ada.stretch(id, from, bytes.length - from);
    await broken.write(bytes.subarray(from, 2 * PART_BYTES + 1_000));
    broken.breakOff();
    // As a client goes on: while what had come is still being put away, the offset moves.
    let offset = 0;
    const goOn = async (): Promise<boolean> => {
      offset = await ada.offset(id);
      return offset > from && (await ada.send(id, offset, bytes.subarray(offset))).status === 204;
    };
    await until(goOn, 'it goes on behind what had come', 30_000);
    expect(digest((await bob.download(id)).bytes)).toBe(digest(bytes));
    const middle = await bob.download(id, `bytes=${String(PART_BYTES - 5)}-${String(PART_BYTES + 4)}`);
    expect(middle.bytes.equals(bytes.subarray(PART_BYTES - 5, PART_BYTES + 5))).toBe(true);
    expect([await keysOf(id), await store.multiparts()]).toEqual([[keyOf(id)], []]);
    recordEvidence('C-36', { objectStore: 'OpenStack Swift', bytes: bytes.length, keptOfBroken: offset - from });
  });

  it('is gone with all its parts when it is taken away, whole or not', async () => {
    const { ada, conversationId } = await scene();
    const whole = await ada.upload(conversationId, ciphertext(1_000));
    const open = await ada.begin({ conversationId, length: 2 * PART_BYTES });
    await ada.send(open, 0, ciphertext(PART_BYTES + 5));
    expect(await store.multiparts()).toContain(keyOf(open));
    for (const id of [whole, open]) expect((await ada.remove(id)).status).toBe(204);
    await relay.part(AttachmentSweepService).sweep();
    expect([...(await keysOf(whole)), ...(await keysOf(open))]).toEqual([]);
    expect(await store.multiparts()).not.toContain(keyOf(open));
  });
});

import { attachmentLayout } from '#crypto';
import { removalPut } from './blob-removals.js';
import { BlobRelay } from './blob-relay.fixture.js';
import { CHAT, fileOf, SendingDevice } from './sending-device.fixture.js';

const MIB = 1024 ** 2;
const SEALED_CHUNK = MIB + 16;
/** Two chunks and something. */
const BYTES = 2 * MIB + 5;
const OPTIONS = { name: 'holidays.jpg', type: 'image/jpeg' };

describe('an upload that was broken off', () => {
  let relay: BlobRelay;
  let device: SendingDevice;
  const file = fileOf(BYTES);

  /** The app ends while a part of the second chunk has left. */
  beforeEach(async () => {
    relay = new BlobRelay();
    device = await new SendingDevice(relay).start();
    let stopped: Promise<void> | undefined;
    let patches = 0;
    relay.meddler = (request, pass) => {
      if (request.method !== 'PATCH' || ++patches < 2) return pass();
      stopped ??= device.stop();
      return relay.breakAfter(request, 500);
    };
    await expect(device.attachments.send(CHAT, file, OPTIONS)).rejects.toMatchObject({ code: 'locked' });
    await stopped;
    relay.meddler = undefined;
    relay.asked.length = 0;
    await device.start();
  });

  it('goes on after the next start, and only what is missing leaves', async () => {
    const [upload, ...others] = await device.attachments.unfinished();
    expect(others).toEqual([]);
    expect(upload).toMatchObject({ conversationId: CHAT, name: 'holidays.jpg', mediaType: 'image/jpeg', bytes: BYTES });
    await device.uploads.finish();
    expect(await device.queued()).toEqual([]);
    const id = await device.attachments.resume(upload!.id, file);
    expect(id).toMatch(/-7/);
    const [content] = await device.queued();
    expect(relay.asked).toEqual(['HEAD ', `PATCH ${String(SEALED_CHUNK + 500)}`, `PATCH ${String(2 * SEALED_CHUNK)}`]);
    expect(relay.differences).toEqual([]);
    device.receives(content!);
    expect((await device.opened()).equals(file.bytes)).toBe(true);
    expect(await device.attachments.unfinished()).toEqual([]);
  });

  it('takes no other file: nothing of that leaves under its key', async () => {
    const [upload] = await device.attachments.unfinished();
    const other = Uint8Array.from(file.bytes);
    other[MIB + 600] = 9;
    const others = [
      { size: BYTES, slice: (from: number, to: number) => Promise.resolve(other.subarray(from, to)) },
      fileOf(BYTES, 1),
      fileOf(BYTES + 1),
    ];
    for (const one of others)
      await expect(device.attachments.resume(upload!.id, one)).rejects.toMatchObject({ code: 'file_changed' });
    expect(relay.asked.filter((asked) => asked.startsWith('PATCH'))).toEqual([]);
    await device.attachments.resume(upload!.id, file);
    expect(await device.queued()).toHaveLength(1);
  });

  it('begins anew when the relay has less than it said, or has given it up', async () => {
    const [upload] = await device.attachments.unfinished();
    for (const blob of relay.blobs.values()) blob.received = SEALED_CHUNK - 1;
    await device.attachments.resume(upload!.id, file);
    const [content] = await device.queued();
    expect(relay.asked.slice(0, 3)).toEqual(['HEAD ', 'POST ', 'PATCH 0']);
    expect(relay.whole(content!.attachmentId)).toHaveLength(attachmentLayout(BYTES).sealedBytes);
    expect(relay.differences).toEqual([]);
  });

  it('is forgotten when nobody wants it any more', async () => {
    const [upload] = await device.attachments.unfinished();
    await device.attachments.discard(upload!.id);
    expect(await device.attachments.unfinished()).toEqual([]);
    await device.removals.run();
    expect(relay.blobs.size).toBe(0);
    for (const again of [device.attachments.discard(upload!.id), device.attachments.resume(upload!.id, file)])
      await expect(again).rejects.toMatchObject({ code: 'unknown_upload' });
  });

  it('needs no file when all of it was there: its message leaves by itself', async () => {
    const [upload] = await device.attachments.unfinished();
    let patches = 0;
    let stopped: Promise<void> | undefined;
    relay.meddler = async (request, pass) => {
      const answer = await pass();
      if (request.method === 'PATCH' && ++patches === 2) stopped = device.stop();
      return answer;
    };
    await expect(device.attachments.resume(upload!.id, file)).rejects.toMatchObject({ code: 'locked' });
    await stopped;
    await device.start();
    await device.uploads.finish();
    device.receives((await device.queued())[0]!);
    expect((await device.opened()).equals(file.bytes)).toBe(true);
    expect(await device.attachments.unfinished()).toEqual([]);
  });
});

describe('what the relay is to delete', () => {
  it('waits until it can be reached, and is done with when there is nothing of it', async () => {
    const relay = new BlobRelay();
    const device = await new SendingDevice(relay).start();
    await device.store.write({ put: [removalPut('3f1c2d4e-5a6b-4c7d-8e9f-0a1b2c3d4e5f')] });
    relay.meddler = () => Promise.reject(new TypeError('fetch failed'));
    await expect(device.removals.run()).rejects.toMatchObject({ code: 'relay_unreachable' });
    relay.meddler = undefined;
    await device.removals.run();
    await device.removals.run();
    expect(relay.asked).toEqual(['DELETE ', 'DELETE ']);
  });
});

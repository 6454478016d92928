import type { AttachmentContent } from '#protocol';
import { BlobRelay, type Meddler } from './blob-relay.fixture.js';
import { CHAT, fileOf, SendingDevice } from './sending-device.fixture.js';

const MIB = 1024 ** 2;
const BYTES = 2 * MIB + 5;
const OPTIONS = { name: 'holidays.jpg', type: 'image/jpeg' };

describe('the file of a message', () => {
  let relay: BlobRelay;
  let device: SendingDevice;
  let content: AttachmentContent;
  const file = fileOf(BYTES);

  beforeEach(async () => {
    relay = new BlobRelay();
    device = await new SendingDevice(relay).start();
    await device.attachments.send(CHAT, file, OPTIONS);
    [content] = (await device.queued()) as [AttachmentContent];
    device.receives(content);
    relay.asked.length = 0;
  });

  const ciphertext = (): Uint8Array => relay.found(content.attachmentId).bytes;

  /** In place of the answer with the second chunk. */
  const insteadOfTheSecond = (answer: Meddler): void => {
    relay.meddler = (request, pass) =>
      request.headers.get('range')?.startsWith(`bytes=${String(MIB + 16)}-`) === true ? answer(request, pass) : pass();
  };

  /** Refused, after what of it was authentic. */
  async function refusedAfter(bytes: number, code = 'attachment_not_authentic'): Promise<void> {
    let length = 0;
    const reading = (async () => {
      for await (const piece of device.attachments.open(CHAT, 'message')) {
        expect(Buffer.from(piece).equals(file.bytes.subarray(length, length + piece.length))).toBe(true);
        length += piece.length;
      }
    })();
    await expect(reading).rejects.toMatchObject({ name: 'AttachmentError', code });
    expect(length).toBe(bytes);
  }

  it('comes as it was, by one chunk at a time', async () => {
    const told: number[] = [];
    const read = await device.opened('message', { onProgress: ({ done }) => void told.push(done) });
    expect(read.equals(file.bytes)).toBe(true);
    expect(relay.asked).toEqual(
      [
        [0, MIB + 15],
        [MIB + 16, 2 * MIB + 31],
        [2 * MIB + 32, ciphertext().length - 1],
      ].map(([from, to]) => `GET bytes=${String(from)}-${String(to)}`),
    );
    expect(told).toEqual([MIB, 2 * MIB, BYTES]);
  });

  it('is not asked for faster than it is read', async () => {
    const pieces = device.attachments.open(CHAT, 'message');
    await pieces.next();
    expect(relay.asked).toHaveLength(1);
    await pieces.return();
    expect(relay.asked).toHaveLength(1);
  });

  it('goes on with the chunk in which a connection broke', async () => {
    let failures = 0;
    insteadOfTheSecond((_request, pass) => {
      if (failures++ < 3) return Promise.reject(new TypeError('fetch failed'));
      return failures === 4 ? Promise.resolve(new Response(null, { status: 503 })) : pass();
    });
    expect((await device.opened()).equals(file.bytes)).toBe(true);
    expect(relay.asked).toHaveLength(3 + 4);
  });

  it('is refused when it is cut off (M-12)', async () => {
    relay.blobs.set(content.attachmentId, { bytes: ciphertext().subarray(0, MIB + 16), received: MIB + 16 });
    await refusedAfter(MIB);
    relay.blobs.set(content.attachmentId, { bytes: ciphertext().subarray(0, MIB), received: MIB });
    await refusedAfter(0);
  });

  it('is refused when it is another file of the conversation, or an earlier one in its place (M-12)', async () => {
    await device.attachments.send(CHAT, file, OPTIONS);
    const [, other] = await device.queued();
    const [own, others] = [ciphertext(), relay.whole(other!.attachmentId)];
    relay.blobs.set(content.attachmentId, { bytes: others, received: others.length });
    await refusedAfter(0);
    relay.blobs.set(content.attachmentId, {
      bytes: Buffer.concat([own.subarray(0, MIB + 16), others.subarray(MIB + 16)]),
      received: own.length,
    });
    await refusedAfter(MIB);
  });

  it('is refused when its chunks are in another order, and with any byte changed (M-12)', async () => {
    insteadOfTheSecond(() => Promise.resolve(new Response(Buffer.from(ciphertext().subarray(0, MIB + 16)))));
    await refusedAfter(MIB);
    const changed = Buffer.from(ciphertext().subarray(MIB + 16, 2 * MIB + 32));
    changed[77]! ^= 1;
    insteadOfTheSecond(() => Promise.resolve(new Response(changed)));
    await refusedAfter(MIB);
  });

  it.each([
    ['another range', () => Buffer.from(ciphertext().subarray(MIB + 17, 2 * MIB + 33))],
    ['less than was asked for', () => Buffer.from(ciphertext().subarray(MIB + 16, 2 * MIB + 31))],
    ['nothing', () => Buffer.alloc(0)],
    ['all of it', () => Buffer.from(ciphertext())],
  ])('is refused when the relay answers with %s (M-12)', async (_what, body) => {
    insteadOfTheSecond(() => Promise.resolve(new Response(body())));
    await refusedAfter(MIB);
  });

  it('is read no further than it was asked for: no relay fills the memory of a device', async () => {
    let given = 0;
    insteadOfTheSecond(() => {
      const endless = new ReadableStream<Uint8Array>({
        pull: (stream) => {
          given += 64 * 1024;
          stream.enqueue(new Uint8Array(64 * 1024));
        },
      });
      return Promise.resolve(new Response(endless));
    });
    await refusedAfter(MIB);
    expect(given).toBeLessThan(2 * MIB);
  });

  it('is refused at its end when its chunks are not those that the sender has named', async () => {
    device.receives({ ...content, sha256: `A${content.sha256.slice(1)}` });
    await refusedAfter(BYTES);
  });

  it.each([0, BYTES - 1, 3 * MIB, 2 ** 53 - 1])('is refused when it is said to have %i bytes', async (bytes) => {
    device.receives({ ...content, bytes });
    await expect(device.opened()).rejects.toMatchObject({ code: 'attachment_not_authentic' });
  });

  it('is gone when the relay has it no more, also in the middle', async () => {
    insteadOfTheSecond((_request, pass) => {
      relay.blobs.clear();
      return pass();
    });
    await refusedAfter(MIB, 'attachment_gone');
    await refusedAfter(0, 'attachment_gone');
  });

  it('is not there in a message about something else, nor in one that there is not', async () => {
    device.receives({ kind: 'text', text: 'hi' }, 'text');
    device.receives(null, 'unreadable');
    for (const id of ['text', 'unreadable'])
      await expect(device.opened(id)).rejects.toMatchObject({ code: 'not_an_attachment' });
    await expect(device.opened('nowhere')).rejects.toMatchObject({ code: 'unknown_message' });
  });

  it('is not waited for any longer once the signal ends that, or the account is locked', async () => {
    relay.meddler = () => Promise.reject(new TypeError('fetch failed'));
    const ended = new AbortController();
    const reason = new Error('enough');
    const reading = device.opened('message', { signal: ended.signal });
    ended.abort(reason);
    await expect(reading).rejects.toBe(reason);
    const other = device.opened();
    await device.stop();
    await expect(other).rejects.toMatchObject({ code: 'locked' });
  });
});

import { AttachmentOpener, attachmentLayout, chunkAt, decodeBase64Url } from '#crypto';
import type { AttachmentContent } from '#protocol';
import { BlobRelay } from './blob-relay.fixture.js';
import { CHAT, fileOf, SendingDevice } from './sending-device.fixture.js';

const MIB = 1024 ** 2;
const SEALED_CHUNK = MIB + 16;
/** Two chunks and something. */
const BYTES = 2 * MIB + 5;
const OPTIONS = { name: 'holidays.jpg', type: 'image/jpeg' };

describe('a file that is sent', () => {
  let relay: BlobRelay;
  let device: SendingDevice;
  const file = fileOf(BYTES);

  beforeEach(async () => {
    relay = new BlobRelay();
    device = await new SendingDevice(relay).start();
  });

  /** What somebody who has the message makes of what the relay has. */
  async function readBy({ attachmentId, key, bytes, sha256 }: AttachmentContent): Promise<Buffer> {
    const [sealed, layout] = [Uint8Array.from(relay.whole(attachmentId)), attachmentLayout(bytes)];
    const opener = await AttachmentOpener.of(decodeBase64Url(key), layout);
    const pieces: Uint8Array[] = [];
    for (let n = 0; n < layout.chunks; n++) {
      const { from, to } = chunkAt(layout, n).sealed;
      pieces.push(await opener.open(sealed.slice(from, to)));
    }
    opener.finish(decodeBase64Url(sha256));
    return Buffer.concat(pieces);
  }

  async function isThere(): Promise<void> {
    const [content, ...others] = await device.queued();
    expect([content?.kind, others.length]).toEqual(['attachment', 0]);
    expect((await readBy(content!)).equals(file.bytes)).toBe(true);
    expect(relay.differences).toEqual([]);
    expect(await device.attachments.unfinished()).toEqual([]);
  }

  /** The first request of a method for which it is time goes wrong, and no other. */
  function once(
    method: string,
    wrong: (request: Request, pass: () => Promise<Response>) => Promise<Response>,
    nth = 1,
  ): void {
    let seen = 0;
    relay.meddler = (request, pass) => (request.method === method && ++seen === nth ? wrong(request, pass) : pass());
  }

  it('is there whole before its message leaves, a chunk at a time', async () => {
    const largest: number[] = [];
    relay.meddler = async (request, pass) => {
      expect(await device.queued()).toEqual([]);
      largest.push((await request.clone().arrayBuffer()).byteLength);
      return pass();
    };
    const told: number[] = [];
    const caption = 'us';
    await device.attachments.send(CHAT, file, { ...OPTIONS, caption, onProgress: ({ done }) => void told.push(done) });
    await isThere();
    expect(Math.max(...largest)).toBe(SEALED_CHUNK);
    expect(told).toEqual([MIB, 2 * MIB, BYTES]);
    const [content] = await device.queued();
    expect(content).toMatchObject({ name: 'holidays.jpg', mediaType: 'image/jpeg', bytes: BYTES, caption });
    expect(relay.metadata).toEqual([`conversationId ${Buffer.from(CHAT).toString('base64')}`]);
  });

  it.each([0, 1, 1_024])('may have %i bytes', async (bytes) => {
    const small = fileOf(bytes);
    await device.attachments.send(CHAT, small, OPTIONS);
    const [content] = await device.queued();
    expect((await readBy(content!)).equals(small.bytes)).toBe(true);
    expect(relay.whole(content!.attachmentId)).toHaveLength(1_040);
  });

  it('goes on where a connection broke, in the middle of a chunk', async () => {
    once('PATCH', (request) => relay.breakAfter(request, 1_000), 2);
    await device.attachments.send(CHAT, file, OPTIONS);
    await isThere();
    expect(relay.asked).toEqual([
      ...['POST ', 'PATCH 0', `PATCH ${String(SEALED_CHUNK)}`, 'HEAD '],
      ...[`PATCH ${String(SEALED_CHUNK + 1_000)}`, `PATCH ${String(2 * SEALED_CHUNK)}`],
    ]);
  });

  it('is not sent twice when an answer is lost', async () => {
    once('PATCH', async (_request, pass) => {
      await pass();
      throw new TypeError('fetch failed');
    });
    await device.attachments.send(CHAT, file, OPTIONS);
    await isThere();
    expect(relay.asked.filter((asked) => asked.startsWith('PATCH'))).toHaveLength(3);
  });

  it('waits while the relay is out of reach, and asks where it is when that has another part by now', async () => {
    once('PATCH', async (_request, pass) => {
      await pass();
      return new Response(JSON.stringify({ code: 'upload_offset_mismatch', status: 409 }), { status: 409 });
    });
    await device.attachments.send(CHAT, file, OPTIONS);
    await isThere();
    let failures = 0;
    relay.meddler = (_request, pass) => (failures++ < 20 ? Promise.reject(new TypeError('fetch failed')) : pass());
    await device.attachments.send(CHAT, fileOf(3), OPTIONS);
    expect(await device.queued()).toHaveLength(2);
  });

  it('begins anew under another key when the relay has lost it, and the rest is removed', async () => {
    once(
      'PATCH',
      async (request, pass) => {
        await pass();
        relay.found(request.url.split('/').at(-1)!).received = 7;
        throw new TypeError('fetch failed');
      },
      2,
    );
    await device.attachments.send(CHAT, file, OPTIONS);
    await isThere();
    expect(relay.blobs.size).toBe(2);
    await device.removals.run();
    expect([...relay.blobs.keys()]).toEqual([(await device.queued())[0]?.attachmentId]);
  });

  it('begins anew when the relay has given the upload up', async () => {
    once('PATCH', (_request, pass) => {
      relay.blobs.clear();
      return pass();
    });
    await device.attachments.send(CHAT, file, OPTIONS);
    await isThere();
  });

  it('is given up when the relay loses it every time', async () => {
    relay.meddler = (request, pass) => {
      if (request.method === 'PATCH') relay.blobs.clear();
      return pass();
    };
    await expect(device.attachments.send(CHAT, file, OPTIONS)).rejects.toMatchObject({ code: 'relay_not_trusted' });
    expect(await device.queued()).toEqual([]);
  });

  it.each([
    ['POST', { location: '/v1/attachments/../auth/me' }],
    ['POST', {}],
    ['PATCH', { 'upload-offset': '1e3' }],
    ['PATCH', {}],
  ])('is given up when the relay answers %s with %j', async (method, headers) => {
    once(method, () =>
      Promise.resolve(new Response(null, { status: 204, headers: headers as Record<string, string> })),
    );
    await expect(device.attachments.send(CHAT, file, OPTIONS)).rejects.toMatchObject({ code: 'relay_not_trusted' });
    expect(await device.queued()).toEqual([]);
  });

  it('is taken back when its sender cancels it, whenever that is', async () => {
    const cancelled = new AbortController();
    const reason = new Error('changed my mind');
    once(
      'PATCH',
      (_request, pass) => {
        cancelled.abort(reason);
        return pass();
      },
      2,
    );
    const sending = device.attachments.send(CHAT, file, { ...OPTIONS, signal: cancelled.signal });
    await expect(sending).rejects.toBe(reason);
    expect([await device.queued(), await device.attachments.unfinished(), device.removalsAsked]).toEqual([[], [], 1]);
    await device.removals.run();
    expect(relay.blobs.size).toBe(0);
    const { signal } = cancelled;
    await expect(device.attachments.send(CHAT, file, { ...OPTIONS, signal })).rejects.toBe(reason);
  });

  it('is taken back at the next start when the app ends with that', async () => {
    const cancelled = new AbortController();
    const reason = new Error('interrupted');
    let stopped: Promise<void> | undefined;
    once('PATCH', (_request, pass) => {
      cancelled.abort(reason);
      stopped = device.stop();
      return pass();
    });
    const { signal } = cancelled;
    await expect(device.attachments.send(CHAT, file, { ...OPTIONS, signal })).rejects.toBe(reason);
    await stopped;
    await device.start();
    await device.removals.run();
    expect([relay.blobs.size, await device.attachments.unfinished()]).toEqual([0, []]);
  });

  it('is refused as the relay says, and nothing is left of it', async () => {
    once('POST', () => Promise.resolve(new Response(JSON.stringify({ code: 'payload_too_large' }), { status: 413 })));
    await expect(device.attachments.send(CHAT, file, OPTIONS)).rejects.toMatchObject({ code: 'payload_too_large' });
    expect([await device.queued(), await device.attachments.unfinished()]).toEqual([[], []]);
  });

  it('has to have as many bytes as it says', async () => {
    const slice = (from: number, to: number): Promise<Uint8Array> => file.slice(from, Math.min(to, BYTES - 1));
    const short = { size: BYTES, slice };
    await expect(device.attachments.send(CHAT, short, OPTIONS)).rejects.toMatchObject({ code: 'file_changed' });
    expect(await device.queued()).toEqual([]);
  });

  it('lives as long as what is written in its conversation, or as it is told', async () => {
    device.lifetimeSeconds = 3_600;
    await device.stop();
    await device.start();
    await device.attachments.send(CHAT, fileOf(3), OPTIONS);
    await device.attachments.send(CHAT, fileOf(3), { ...OPTIONS, expiresIn: 60 });
    expect((await device.queued()).map(({ expiresIn }) => expiresIn)).toEqual([3_600, 60]);
    const lives = relay.metadata.map((line) => Buffer.from(line.split('expiresIn ')[1] ?? '', 'base64').toString());
    expect(lives).toEqual(['3600', '60']);
  });

  const thumbnail = Uint8Array.of(0xff, 0xd8, 0xff, 0);
  it('may have a picture and dimensions, and a media type with parameters', async () => {
    const about = { thumbnail, width: 4, height: 3, durationMs: 0 };
    await device.attachments.send(CHAT, fileOf(3), { name: 'a', type: 'text/plain;charset=utf-8', ...about });
    await device.attachments.send(CHAT, fileOf(3), { name: 'a', type: '' });
    const [first, second] = await device.queued();
    expect(first).toMatchObject({ ...about, thumbnail: '_9j_AA', mediaType: 'text/plain' });
    expect(second?.mediaType).toBe('application/octet-stream');
  });

  it.each([
    [{ name: '' }],
    [{ name: 'a\nb' }],
    [{ name: 'x'.repeat(256) }],
    [{ thumbnail: Uint8Array.of(1, 2, 3) }],
    [{ thumbnail: new Uint8Array(16 * 1024 + 1).fill(0xff) }],
    [{ caption: '' }],
    [{ caption: 'x'.repeat(64 * 1024) }],
    [{ width: 0.5 }],
    [{ expiresIn: 0 }],
  ])('is not sent with %j', async (change) => {
    const sending = device.attachments.send(CHAT, fileOf(3), { ...OPTIONS, ...change });
    await expect(sending).rejects.toMatchObject({ name: 'AttachmentError', code: 'invalid_attachment' });
    expect(relay.asked).toEqual([]);
  });

  it.each([-1, 0.5, NaN, 2 ** 53])('is not sent with %d bytes', async (size) => {
    const sending = device.attachments.send(CHAT, { ...fileOf(3), size }, OPTIONS);
    await expect(sending).rejects.toMatchObject({ code: 'invalid_attachment' });
  });

  it('is not sent where there is no conversation', async () => {
    await expect(device.attachments.send('elsewhere', file, OPTIONS)).rejects.toMatchObject({
      code: 'unknown_conversation',
    });
  });
});

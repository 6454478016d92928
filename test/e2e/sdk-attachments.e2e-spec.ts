import './cheap-argon2.js';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AttachmentContent, MessageContent } from '#protocol';
import type { AttachmentFile } from '#sdk';
import { documentedFetch, TestRelay, until } from '#testing';
import { type SdkApp, SdkApps } from './sdk-apps.js';
import type { Meddler } from './sdk-devices.js';

/** Files of any size between people, by a relay that has nothing of them but ciphertext. */

const MIB = 1024 ** 2;
const SEALED_CHUNK = MIB + 16;
const BYTES = 2 * MIB + 5;
const OPTIONS = { name: 'holidays.jpg', type: 'image/jpeg' };
const CANARY = Buffer.from('four hundred yellow canaries ');

const relay = TestRelay.duringTests();
const apps = SdkApps.throughout(relay);
let ada: SdkApp;
let grace: SdkApp;
let chat: string;

function fileOf(bytes: number, first = 0): AttachmentFile & { readonly bytes: Buffer } {
  const all = Buffer.alloc(bytes, CANARY);
  if (bytes > 0) all[0] = first;
  return { bytes: all, size: bytes, slice: (from, to) => Promise.resolve(new Uint8Array(all.subarray(from, to))) };
}

const isFile = (content: MessageContent | null): content is AttachmentContent => content?.kind === 'attachment';

/** The last file that stands in the chat, as somebody has it. */
async function lastFile(app: SdkApp): Promise<{ id: string; content: AttachmentContent } | undefined> {
  const last = (await app.messages(chat)).at(-1);
  return last?.id && isFile(last.content) ? { id: last.id, content: last.content } : undefined;
}

async function has(app: SdkApp, messageId: string): Promise<AttachmentContent> {
  const found = await until(async () => {
    const file = await lastFile(app);
    return file?.id === messageId ? file : undefined;
  }, 'the message about a file is here');
  return found.content;
}

async function read(app: SdkApp, messageId: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of app.sealpost.attachments.open(chat, messageId)) pieces.push(piece);
  return Buffer.concat(pieces);
}

const isAbout = ({ url }: Request, id = ''): boolean => new URL(url).pathname.startsWith(`/v1/attachments/${id}`);

/** Files that the relay has, whole or not. */
async function stored(): Promise<string[]> {
  const rows = await relay.query<{ id: string }>(`SELECT id FROM attachments WHERE state IN ('open', 'stored')`);
  return rows.map(({ id }) => id);
}

/** Lets so many bytes of a request through, and then the connection breaks. */
async function brokenAfter(request: Request, bytes: number): Promise<never> {
  const { url, method } = request;
  const headers = new Headers(request.headers);
  headers.delete('content-length');
  const body = new Uint8Array(await request.arrayBuffer()).slice(0, bytes);
  await documentedFetch(new Request(url, { method, headers, body }));
  throw new TypeError('fetch failed');
}

beforeAll(async () => {
  [ada, grace] = await apps.everyone('ada', 'grace');
  ({ id: chat } = await ada.sealpost.conversations.direct(grace.username));
  await grace.ready(chat);
}, 60_000);

afterEach(() => {
  ada.device.wire.mend();
  grace.device.wire.mend();
});

describe('a file in a conversation', () => {
  it('is read as it was sent, on all devices, and its message comes once it is whole', async () => {
    const tablet = await apps.signedIn(grace);
    await tablet.ready(chat);
    const file = fileOf(BYTES);
    const before = (await grace.messages(chat)).length;
    ada.device.wire.meddler = async (request, pass) => {
      if (request.method === 'PATCH') expect((await grace.messages(chat)).length).toBe(before);
      return pass();
    };
    const id = await ada.sealpost.attachments.send(chat, file, { ...OPTIONS, caption: 'us' });
    for (const app of [ada, grace, tablet]) {
      expect(await has(app, id)).toMatchObject({ name: 'holidays.jpg', bytes: BYTES, caption: 'us' });
      expect((await read(app, id)).equals(file.bytes)).toBe(true);
    }
    await tablet.stop();
  });

  it.each([0, 1, MIB])('may have %i bytes', async (bytes) => {
    const file = fileOf(bytes);
    const id = await ada.sealpost.attachments.send(chat, file, OPTIONS);
    await has(grace, id);
    expect((await read(grace, id)).equals(file.bytes)).toBe(true);
  });

  it('is nothing that the relay could read, by name or by what is in it', async () => {
    await ada.sealpost.attachments.send(chat, fileOf(MIB), { name: 'canary.txt', type: 'text/plain' });
    const paths = await readdir(relay.attachmentsDirectory, { recursive: true, withFileTypes: true });
    const blobs = paths.filter((entry) => entry.isFile());
    expect(blobs.length).toBeGreaterThan(0);
    for (const { parentPath, name } of blobs) {
      const bytes = await readFile(join(parentPath, name));
      expect([bytes.includes(CANARY), bytes.includes('canary.txt')]).toEqual([false, false]);
    }
    for (const sent of ada.device.wire.sent) expect(sent).not.toContain('canary.txt');
  });

  it('goes on where its connection broke, and waits while there is none', async () => {
    let failures = 0;
    ada.device.wire.meddler = (request, pass) => {
      if (!isAbout(request) || request.method !== 'PATCH') return pass();
      const offset = Number(request.headers.get('upload-offset'));
      if (offset === SEALED_CHUNK && failures++ === 0) return brokenAfter(request, 1_000);
      return pass();
    };
    const file = fileOf(BYTES, 1);
    const id = await ada.sealpost.attachments.send(chat, file, OPTIONS);
    await has(grace, id);
    let losses = 0;
    grace.device.wire.meddler = (request, pass) =>
      isAbout(request) && losses++ < 1 ? Promise.reject(new TypeError('fetch failed')) : pass();
    expect((await read(grace, id)).equals(file.bytes)).toBe(true);
    expect([failures, losses]).toEqual([1, 4]);
  });

  it('is tried again at once when the app says that there is a network', async () => {
    ada.device.wire.cut();
    const sending = ada.sealpost.attachments.send(chat, fileOf(3), OPTIONS);
    await expect(Promise.race([sending, ada.sealpost.settled()])).resolves.toBeUndefined();
    ada.device.wire.mend();
    await ada.sealpost.reconnect();
    await has(grace, await sending);
  });

  it('goes on after a restart of the app, which gives it again', async () => {
    const file = fileOf(BYTES, 2);
    let stopped: Promise<void> | undefined;
    ada.device.wire.meddler = (request, pass) => {
      const isSecond = request.headers.get('upload-offset') === String(SEALED_CHUNK);
      if (request.method !== 'PATCH' || !isSecond) return pass();
      stopped ??= ada.stop();
      return brokenAfter(request, 7);
    };
    await expect(ada.sealpost.attachments.send(chat, file, OPTIONS)).rejects.toMatchObject({ code: 'locked' });
    await stopped;
    ada.device.wire.mend();
    ada = await apps.restarted(ada);
    const [upload] = await ada.sealpost.attachments.unfinished();
    await expect(ada.sealpost.attachments.resume(upload!.id, fileOf(BYTES, 3))).rejects.toMatchObject({
      code: 'file_changed',
    });
    const id = await ada.sealpost.attachments.resume(upload!.id, file);
    await has(grace, id);
    expect((await read(grace, id)).equals(file.bytes)).toBe(true);
    expect(await ada.sealpost.attachments.unfinished()).toEqual([]);
  });

  it('leaves nothing at the relay when it is cancelled', async () => {
    const before = await stored();
    const cancelled = new AbortController();
    ada.device.wire.meddler = (request, pass) => {
      if (request.method === 'PATCH') cancelled.abort(new Error('changed my mind'));
      return pass();
    };
    const { signal } = cancelled;
    const sending = ada.sealpost.attachments.send(chat, fileOf(BYTES), { ...OPTIONS, signal });
    await expect(sending).rejects.toThrow('changed my mind');
    await ada.sealpost.settled();
    expect([await stored(), await ada.sealpost.messages.waiting(chat)]).toEqual([before, []]);
  });

  it('is taken back with its message', async () => {
    const id = await ada.sealpost.attachments.send(chat, fileOf(3), OPTIONS);
    const { attachmentId } = await has(grace, id);
    await has(ada, id);
    await ada.sealpost.messages.delete(chat, id);
    await ada.sealpost.settled();
    expect(await stored()).not.toContain(attachmentId);
    const isDeleted = async () => (await grace.sealpost.messages.get(chat, id))?.unreadable === 'deleted';
    await until(isDeleted, 'the deletion is here');
    await expect(read(grace, id)).rejects.toMatchObject({ code: 'not_an_attachment' });
  });

  it('is gone for those who still have its message when the relay has it no more', async () => {
    const id = await ada.sealpost.attachments.send(chat, fileOf(3), OPTIONS);
    const { attachmentId } = await has(grace, id);
    await relay.query(`UPDATE attachments SET state = 'removed' WHERE id = $1`, [attachmentId]);
    await expect(read(grace, id)).rejects.toMatchObject({ name: 'AttachmentError', code: 'attachment_gone' });
  });

  it('lives as long as what is written in its conversation', async () => {
    const [linus, mary] = await apps.everyone('linus', 'mary');
    const { id: other } = await linus.sealpost.conversations.direct(mary.username);
    await linus.sealpost.conversations.setLifetime(other, 3_600);
    const id = await linus.sealpost.attachments.send(other, fileOf(3), OPTIONS);
    await linus.sealpost.settled();
    const { content } = (await linus.sealpost.messages.get(other, id))!;
    expect(content).toMatchObject({ kind: 'attachment', expiresIn: 3_600 });
    const rows = await relay.query<{ expires_in_seconds: number; expires_at: Date | null }>(
      'SELECT expires_in_seconds, expires_at FROM attachments WHERE id = $1',
      [(content as AttachmentContent).attachmentId],
    );
    expect(rows[0]).toMatchObject({ expires_in_seconds: 3_600, expires_at: expect.any(Date) as Date });
  });

  it('is refused by what the relay takes, before any of it leaves', async () => {
    const size = 2 * 1024 ** 3;
    const sending = ada.sealpost.attachments.send(chat, { ...fileOf(3), size }, OPTIONS);
    await expect(sending).rejects.toMatchObject({ name: 'RelayRefusal', code: 'attachment_too_large' });
    expect(await ada.sealpost.attachments.unfinished()).toEqual([]);
  });

  it('is not for those who have left', async () => {
    const [mary] = await apps.everyone('mary');
    const { id: group } = await ada.sealpost.conversations.group([mary.username]);
    await mary.ready(group);
    const id = await ada.sealpost.attachments.send(group, fileOf(3), OPTIONS);
    const has = async () => (await mary.sealpost.messages.get(group, id))?.content?.kind === 'attachment';
    await until(has, 'the message is here');
    await mary.sealpost.conversations.leave(group);
    const reading = mary.sealpost.attachments.open(group, id).next();
    await expect(reading).rejects.toMatchObject({ code: 'attachment_gone' });
    const sending = mary.sealpost.attachments.send(group, fileOf(3), OPTIONS);
    await expect(sending).rejects.toMatchObject({ name: 'RelayRefusal', code: 'not_found' });
  });
});

describe('a relay that gives something else for a file (M-12)', () => {
  let first: { readonly id: string; readonly content: AttachmentContent };
  let second: typeof first;
  const file = fileOf(BYTES, 4);

  beforeAll(async () => {
    const sent = async (one: AttachmentFile) => {
      const id = await ada.sealpost.attachments.send(chat, one, OPTIONS);
      return { id, content: await has(grace, id) };
    };
    first = await sent(file);
    // The same once more: only its key is another.
    second = await sent(file);
  }, 60_000);

  /** In place of what was asked for: what the relay itself has elsewhere. */
  const giving =
    (change: (url: string, range: string) => { readonly url?: string; readonly range?: string }): Meddler =>
    (request, pass) => {
      if (request.method !== 'GET' || !isAbout(request)) return pass();
      const { url = request.url, range = request.headers.get('range') ?? '' } = change(
        request.url,
        request.headers.get('range') ?? '',
      );
      const headers = new Headers(request.headers);
      headers.set('range', range);
      return documentedFetch(new Request(url, { headers }));
    };

  async function refused(meddler: Meddler, id = second.id): Promise<void> {
    grace.device.wire.meddler = meddler;
    await expect(read(grace, id)).rejects.toMatchObject({ code: 'attachment_not_authentic' });
    grace.device.wire.mend();
    expect((await read(grace, id)).equals(file.bytes)).toBe(true);
  }

  it('is refused with another file of the same conversation', async () => {
    const [own, other] = [second.content.attachmentId, first.content.attachmentId];
    await refused(giving((url) => ({ url: url.replace(own, other) })));
  });

  it('is refused with the ciphertext of before, from any chunk on', async () => {
    const [own, other] = [second.content.attachmentId, first.content.attachmentId];
    const isLater = (range: string): boolean => !range.startsWith('bytes=0-');
    await refused(giving((url, range) => (isLater(range) ? { url: url.replace(own, other) } : {})));
  });

  it('is refused with another part of it, less, or more', async () => {
    for (const range of ['bytes=1-1048592', `bytes=${String(SEALED_CHUNK)}-2097183`, 'bytes=0-99', 'bytes=0-'])
      await refused(giving(() => ({ range })));
  });

  it('is refused with what is cut off', async () => {
    const [blob] = await relay.query<{ length: string }>('SELECT length FROM attachments WHERE id = $1', [
      second.content.attachmentId,
    ]);
    await relay.query('UPDATE attachments SET length = $2, received = $2 WHERE id = $1', [
      second.content.attachmentId,
      SEALED_CHUNK,
    ]);
    await expect(read(grace, second.id)).rejects.toMatchObject({ code: 'attachment_not_authentic' });
    await relay.query('UPDATE attachments SET length = $2, received = $2 WHERE id = $1', [
      second.content.attachmentId,
      blob?.length,
    ]);
    expect((await read(grace, second.id)).equals(file.bytes)).toBe(true);
  });
});

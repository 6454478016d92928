import { createDecipheriv, createHash } from 'node:crypto';
import { bitsTurned, Seeded } from '#testing';
import { type AttachmentLayout, attachmentLayout, chunkAt } from './attachment-layout.js';
import { AttachmentOpener, AttachmentSealer, newAttachmentKey } from './attachments.js';
import type { Bytes } from './sealing.js';

const MIB = 1024 ** 2;
const KIB = 1024;
const cannotOpen = { name: 'CryptoError', code: 'cannot_open' };

/** A file in which no two chunks are alike. */
const fileOf = (bytes: number): Bytes => Uint8Array.from({ length: bytes }, (_none, n) => n % 251);

function pieceOf(file: Bytes, layout: AttachmentLayout, index: number): Bytes {
  const { from, to } = chunkAt(layout, index).file;
  return file.subarray(from, to);
}

async function sealed(file: Bytes, key: Bytes): Promise<{ chunks: Bytes[]; digest: Bytes }> {
  const layout = attachmentLayout(file.length);
  const sealer = await AttachmentSealer.of(key, layout);
  const chunks: Bytes[] = [];
  for (let n = 0; n < layout.chunks; n++) chunks.push(await sealer.seal(pieceOf(file, layout, n)));
  return { chunks, digest: sealer.digest() };
}

async function opened(chunks: readonly Bytes[], given: { key: Bytes; bytes: number; digest: Bytes }): Promise<Bytes[]> {
  const opener = await AttachmentOpener.of(given.key, attachmentLayout(given.bytes));
  const pieces: Bytes[] = [];
  for (const chunk of chunks) pieces.push(await opener.open(chunk));
  opener.finish(given.digest);
  return pieces;
}

describe('a file of an attachment (C-36)', () => {
  it.each([0, 1, KIB, MIB - 1, MIB, MIB + 1, 3 * MIB + 7])('of %i bytes comes back as it was', async (bytes) => {
    const [file, key] = [fileOf(bytes), newAttachmentKey()];
    const { chunks, digest } = await sealed(file, key);
    const all = Buffer.concat(chunks);
    expect(all).toHaveLength(attachmentLayout(bytes).sealedBytes);
    expect(Buffer.from(digest)).toEqual(createHash('sha256').update(all).digest());
    expect(Buffer.concat(await opened(chunks, { key, bytes, digest })).equals(file)).toBe(true);
  });

  it('is sealed as Node would, each chunk at its place', async () => {
    const [file, key] = [fileOf(MIB + 1), newAttachmentKey()];
    const { chunks } = await sealed(file, key);
    const label = Buffer.from('sealpost attachment v1');
    const plain = chunks.map((chunk, index) => {
      const nonce = Buffer.alloc(12);
      nonce[0] = index === chunks.length - 1 ? 1 : 0;
      nonce.writeUInt32BE(index, 8);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
      decipher.setAAD(Buffer.concat([Buffer.of(0, 0, 0, label.length), label])).setAuthTag(chunk.subarray(-16));
      return Buffer.concat([decipher.update(chunk.subarray(0, -16)), decipher.final()]);
    });
    const padded = Buffer.concat(plain);
    expect(padded.subarray(0, file.length).equals(file)).toBe(true);
    expect(padded.subarray(file.length).every((byte) => byte === 0)).toBe(true);
  });

  it('is sealed alike again from any chunk on, so that what was broken off goes on', async () => {
    const [file, key] = [fileOf(2 * MIB + 5), newAttachmentKey()];
    const [one, other] = [await sealed(file, key), await sealed(file, key)];
    expect(Buffer.concat(one.chunks).equals(Buffer.concat(other.chunks))).toBe(true);
    expect(one.digest).toEqual(other.digest);
    const sealer = await AttachmentSealer.of(key, attachmentLayout(file.length));
    for (const [n, chunk] of one.chunks.entries()) {
      await sealer.seal(pieceOf(file, attachmentLayout(file.length), n));
      const until = Buffer.concat([...one.chunks.slice(0, n), chunk]);
      expect(Buffer.from(sealer.digest())).toEqual(createHash('sha256').update(until).digest());
    }
  });

  it('never has a key twice, nor a nonce twice under it', async () => {
    expect(newAttachmentKey()).not.toEqual(newAttachmentKey());
    const used: string[] = [];
    const encrypt = jest.spyOn(crypto.subtle, 'encrypt');
    await sealed(fileOf(4 * MIB), newAttachmentKey());
    for (const [{ iv }] of encrypt.mock.calls as unknown as [{ iv: Uint8Array }][])
      used.push(Buffer.from(iv).toString('hex'));
    encrypt.mockRestore();
    expect(used).toEqual([0, 1, 2, 3].map((n) => `${n === 3 ? '01' : '00'}${'00'.repeat(10)}0${String(n)}`));
  });

  it('is not sealed with more or less than there is at a place, nor beyond its end', async () => {
    const sealer = await AttachmentSealer.of(newAttachmentKey(), attachmentLayout(5));
    for (const bytes of [0, 4, 6])
      await expect(sealer.seal(fileOf(bytes))).rejects.toMatchObject({ code: 'wrong_length' });
    await sealer.seal(fileOf(5));
    await expect(sealer.seal(fileOf(0))).rejects.toThrow(RangeError);
  });
});

describe('the length of an attachment (C-35)', () => {
  it('is for ten thousand sizes at most 5 % more, with tags and all', () => {
    const random = Seeded.announced('lengths of attachments');
    const sizes = Array.from({ length: 10_000 }, () => Math.floor(2 ** (random.between(10_001, 40_000) / 1_000)));
    expect(sizes.filter((bytes) => attachmentLayout(bytes).sealedBytes > bytes * 1.05)).toEqual([]);
  });

  it('is the same for all files up to a kibibyte', () => {
    expect(new Set([0, 1, 500, KIB].map((bytes) => attachmentLayout(bytes).sealedBytes))).toEqual(new Set([KIB + 16]));
  });

  it('is taken apart without a gap, and without an overlap', () => {
    const random = Seeded.announced('chunks of attachments');
    const sizes = Array.from({ length: 1_000 }, () => Math.floor(2 ** (random.between(0, 27_000) / 1_000)));
    for (const bytes of [0, MIB - 1, MIB, MIB + 1, ...sizes]) {
      const layout = attachmentLayout(bytes);
      const places = Array.from({ length: layout.chunks }, (_none, n) => chunkAt(layout, n));
      const [last] = places.slice(-1);
      expect([last?.file.to, last?.sealed.to, last?.isLast]).toEqual([bytes, layout.sealedBytes, true]);
      expect(places.reduce((sum, { paddedBytes }) => sum + paddedBytes, 0)).toBe(layout.paddedBytes);
      places.slice(1).forEach((place, n) => {
        expect([places[n]?.file.to, places[n]?.sealed.to]).toEqual([place.file.from, place.sealed.from]);
      });
    }
  });

  it.each([-1, 0.5, NaN, Infinity, 2 ** 52 + 1, 2 ** 53])('is none of %d bytes', (bytes) => {
    expect(() => attachmentLayout(bytes)).toThrow(expect.objectContaining({ code: 'too_long' }));
  });

  it('has as many chunks as can be counted', () => {
    expect(attachmentLayout(2 ** 52).chunks).toBe(2 ** 32);
    expect(() => chunkAt(attachmentLayout(5), 1)).toThrow(RangeError);
    expect(() => chunkAt(attachmentLayout(5), -1)).toThrow(RangeError);
  });
});

describe('the ciphertext of an attachment that somebody has changed (C-36, M-12)', () => {
  const key = newAttachmentKey();
  const file = fileOf(2 * MIB + 5);
  const bytes = file.length;
  let chunks: Bytes[];
  let digest: Bytes;

  beforeAll(async () => {
    ({ chunks, digest } = await sealed(file, key));
  });

  const refused = (given: readonly Bytes[], changes: Partial<Parameters<typeof opened>[1]> = {}): Promise<void> =>
    expect(opened(given, { key, bytes, digest, ...changes })).rejects.toMatchObject(cannotOpen);

  it('is refused when it is truncated, wherever it is', async () => {
    for (const end of [0, 1, 2]) await refused(chunks.slice(0, end));
    const [first = new Uint8Array(), second = first, last = first] = chunks;
    for (const length of [0, 1, 15, 16, 17, last.length - 1]) await refused([first, second, last.subarray(0, length)]);
    await refused([first, second.subarray(0, MIB), last]);
  });

  it('is refused when chunks are swapped, left out, repeated or put in the place of the last one', async () => {
    const [first = new Uint8Array(), second = first, last = first] = chunks;
    await refused([second, first, last]);
    await refused([first, last]);
    await refused([first, first, last]);
    await refused([first, second, second.subarray(0, last.length)]);
    await refused([last, second, first]);
  });

  it('is refused with something behind its end', async () => {
    const [first = new Uint8Array(), second = first, last = first] = chunks;
    await refused([...chunks, last]);
    await refused([...chunks, new Uint8Array()]);
    await refused([first, second, Uint8Array.of(...last, 0)]);
  });

  it('is refused with any bit turned', async () => {
    const small = await sealed(fileOf(3), key);
    const [only = new Uint8Array()] = small.chunks;
    const opener = await AttachmentOpener.of(key, attachmentLayout(3));
    for (const changed of bitsTurned(only)) await expect(opener.open(changed)).rejects.toMatchObject(cannotOpen);
    expect(await opener.open(only)).toEqual(fileOf(3));
  });

  it('is refused with another key, another length, and another digest', async () => {
    await refused(chunks, { key: newAttachmentKey() });
    for (const other of [0, bytes - MIB, bytes - 1, bytes + MIB]) await refused(chunks, { bytes: other });
    await refused(chunks, { digest: digest.map((byte) => byte ^ 1) });
  });

  it('is refused when another file was sealed with the same key', async () => {
    const other = await sealed(
      file.map((byte) => byte ^ 1),
      key,
    );
    // Chunk by chunk it is as good: only the digest tells.
    await refused(other.chunks);
    await refused([chunks[0]!, other.chunks[1]!, chunks[2]!]);
  });

  it('gives nothing of a chunk that does not hold, all before it, and goes on with the right one', async () => {
    const opener = await AttachmentOpener.of(key, attachmentLayout(bytes));
    expect(await opener.open(chunks[0]!)).toHaveLength(MIB);
    await expect(opener.open(chunks[1]!.map((byte, n) => (n === 9 ? byte ^ 1 : byte)))).rejects.toMatchObject(
      cannotOpen,
    );
    expect(await opener.open(chunks[1]!)).toHaveLength(MIB);
    expect(() => opener.finish(digest)).toThrow(expect.objectContaining(cannotOpen));
    expect(await opener.open(chunks[2]!)).toHaveLength(5);
    opener.finish(digest);
  });
});

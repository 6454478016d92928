import { sha256 } from '@noble/hashes/sha2.js';
import { attachmentContextBytes } from '#protocol';
import { type AttachmentLayout, chunkAt } from './attachment-layout.js';
import { cannotOpen, CryptoError } from './crypto.errors.js';
import { isSameBytes } from './same-bytes.js';
import { type Bytes, gcmKey, type ImportedKey, KEY_BYTES, NONCE_BYTES } from './sealing.js';

/** For one file: its nonces are counted from zero. */
export function newAttachmentKey(): Bytes {
  return crypto.getRandomValues(new Uint8Array(KEY_BYTES));
}

/**
 * Seals a file chunk by chunk, in order and one at a time. The same key and file give the same chunks at any time, so that what
 * was broken off goes on; the same key and **another** file would give nonces away twice (NIST SP 800-38D §8): whoever goes on
 * holds {@link AttachmentSealer.digest} against that of what has left already, before anything else leaves.
 */
export class AttachmentSealer {
  private next = 0;
  private readonly hash = sha256.create();

  private constructor(
    private readonly key: ImportedKey,
    private readonly layout: AttachmentLayout,
  ) {}

  static async of(key: Bytes, layout: AttachmentLayout): Promise<AttachmentSealer> {
    return new AttachmentSealer(await gcmKey(key, 'encrypt'), layout);
  }

  /**
   * The next chunk.
   *
   * @param content what of the file is in it, as `chunkAt` says; padded with zeros here.
   * @throws {CryptoError} `wrong_length` for more or less. @throws {RangeError} after the last one.
   */
  async seal(content: Uint8Array): Promise<Bytes> {
    const { file, paddedBytes, isLast } = chunkAt(this.layout, this.next);
    if (content.length !== file.to - file.from)
      throw new CryptoError('wrong_length', 'A chunk has to have what the file has at its place.');
    const padded = new Uint8Array(paddedBytes);
    padded.set(content);
    const parameters = gcmAt(this.next, isLast);
    const sealed = new Uint8Array(await crypto.subtle.encrypt(parameters, this.key, padded));
    this.hash.update(sealed);
    this.next++;
    return sealed;
  }

  /** SHA-256 of all that was sealed until now. */
  digest(): Bytes {
    return Uint8Array.from(this.hash.clone().digest());
  }
}

/** Opens a file chunk by chunk, in order and one at a time. A chunk that does not open may be tried again, as when it was changed on its way. */
export class AttachmentOpener {
  private next = 0;
  private readonly hash = sha256.create();

  private constructor(
    private readonly key: ImportedKey,
    private readonly layout: AttachmentLayout,
  ) {}

  static async of(key: Bytes, layout: AttachmentLayout): Promise<AttachmentOpener> {
    return new AttachmentOpener(await gcmKey(key, 'decrypt'), layout);
  }

  /**
   * What of the file is in the next chunk, once its tag holds; nothing where there is padding alone.
   *
   * @throws {CryptoError} `cannot_open`: alike for another key or place, changed bytes, another length, padding that is none, and
   * what stands behind the last chunk.
   */
  async open(sealed: Bytes): Promise<Bytes> {
    if (this.next >= this.layout.chunks) throw cannotOpen();
    const place = chunkAt(this.layout, this.next);
    if (sealed.length !== place.sealed.to - place.sealed.from) throw cannotOpen();
    const padded = await this.opened(sealed, place.isLast);
    const length = place.file.to - place.file.from;
    if (padded.subarray(length).some((byte) => byte !== 0)) throw cannotOpen();
    this.hash.update(sealed);
    this.next++;
    return padded.subarray(0, length);
  }

  /** @throws {CryptoError} `cannot_open` unless all chunks were opened, and are those of that SHA-256. */
  finish(digest: Bytes): void {
    const isWhole = this.next === this.layout.chunks;
    if (!isWhole || !isSameBytes(Uint8Array.from(this.hash.clone().digest()), digest)) throw cannotOpen();
  }

  private async opened(sealed: Bytes, isLast: boolean): Promise<Bytes> {
    try {
      return new Uint8Array(await crypto.subtle.decrypt(gcmAt(this.next, isLast), this.key, sealed));
    } catch {
      throw cannotOpen();
    }
  }
}

/** Place and end of a file are in the nonce, as in STREAM (Hoang, Reyhanitabar, Rogaway, Vizár, 2015): flag (1) ‖ zeros (7) ‖ counter (4). */
function gcmAt(index: number, isLast: boolean) {
  const iv = new Uint8Array(NONCE_BYTES);
  iv[0] = Number(isLast);
  new DataView(iv.buffer).setUint32(NONCE_BYTES - 4, index);
  return { name: 'AES-GCM', iv, additionalData: attachmentContextBytes() };
}

import { type Bytes, CryptoError, deriveAccountKeys, encodeBase64Url, openArchivePart, sealArchivePart } from '#crypto';
import { canonicalBytes, KDF_FLOORS, type Kdf, readCanonicalBytes, readText, readWhole, UUID_PATTERN } from '#protocol';
import { v4 } from 'uuid';
import { AccountError } from '../account/account.errors.js';
import type { PieceReader } from './piece-reader.js';

const LABEL = 'sealpost export 1';
const SALT_BYTES = 16;
/** Before the header and each part: its length, big-endian. */
const LENGTH_BYTES = 4;
const UUID = new RegExp(UUID_PATTERN);

/** Bounds of a file. */
const LIMITS = {
  headerBytes: 1_024,
  /** A batch of messages and one more, whatever it has in it. */
  partBytes: 1_024 * 1_024,
  /** A hundred million messages, about. */
  parts: 1_000_000,
} as const;

/** What opens a file. */
interface FileKey {
  readonly key: Bytes;
  readonly archiveId: string;
}

interface Header {
  readonly fileId: string;
  readonly kdf: Kdf;
}

/** A file that is being written: its header, then parts, of which the last one says that it is. */
export class ExportWriter {
  private index = 0;

  private constructor(
    private readonly key: FileKey,
    /** What the file begins with. */
    readonly header: Bytes,
  ) {}

  static async begin(passphrase: string): Promise<ExportWriter> {
    const salt = encodeBase64Url(crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
    const header: Header = {
      fileId: v4(),
      kdf: { algorithm: 'argon2id', salt, ...KDF_FLOORS.argon2id, parallelism: 1 },
    };
    return new ExportWriter(await fileKey(passphrase, header), prefixed(headerBytes(header)));
  }

  async part(content: Bytes, { isLast = false } = {}): Promise<Bytes> {
    const place = { ...this.key, index: this.index++, isContinued: !isLast };
    const sealed = await sealArchivePart(content, place);
    const part = new Uint8Array(sealed.length + 1);
    part.set([Number(!isLast)]);
    part.set(sealed, 1);
    return prefixed(part);
  }
}

/** A file that is being read. */
export class ExportReader {
  private constructor(
    private readonly key: FileKey,
    private readonly pieces: PieceReader,
  ) {}

  /** @throws {AccountError} `not_an_export` when it does not begin as one. */
  static async begin(passphrase: string, pieces: PieceReader): Promise<ExportReader> {
    const header = readHeader(await record(pieces, LIMITS.headerBytes));
    try {
      return new ExportReader(await fileKey(passphrase, header), pieces);
    } catch (cause) {
      // A derivation that is out of bounds.
      if (cause instanceof CryptoError) throw notAnExport(cause);
      throw cause;
    }
  }

  /**
   * All parts, in order.
   * @throws {AccountError} `wrong_passphrase` for the first one; `not_an_export` when a part was changed or moved, or the last one
   * does not come.
   */
  async *parts(): AsyncGenerator<Bytes> {
    for (let index = 0; index < LIMITS.parts; index++) {
      const part = await record(this.pieces, LIMITS.partBytes);
      const isContinued = part[0] === 1;
      yield await this.opened(part.slice(1), { index, isContinued });
      if (!isContinued) return;
    }
    throw notAnExport();
  }

  private async opened(sealed: Bytes, place: { index: number; isContinued: boolean }): Promise<Bytes> {
    try {
      return await openArchivePart(sealed, { ...this.key, ...place });
    } catch (cause) {
      if (!(cause instanceof CryptoError)) throw cause;
      if (place.index > 0) throw notAnExport(cause);
      throw new AccountError('wrong_passphrase', 'The file does not open by this passphrase.', { cause });
    }
  }
}

export function notAnExport(cause?: unknown): AccountError {
  return new AccountError('not_an_export', 'This is no export, or not all of it.', { cause });
}

/** By the derivation of passwords, with a salt of this file's own: it says nothing of the account's keys. */
async function fileKey(passphrase: string, { fileId, kdf }: Header): Promise<FileKey> {
  return { key: (await deriveAccountKeys(passphrase, kdf)).wrapKey, archiveId: fileId };
}

function headerBytes({ fileId, kdf }: Header): Bytes {
  if (kdf.algorithm !== 'argon2id') throw new Error('an export is under argon2id');
  return canonicalBytes(LABEL, [fileId, kdf.salt, kdf.memoryKiB, kdf.iterations, kdf.parallelism]);
}

/** @throws {AccountError} `not_an_export` */
function readHeader(bytes: Bytes): Header {
  const [id, salted, ...costs] = readCanonicalBytes(LABEL, bytes) ?? [];
  const [fileId, salt] = [id && readText(id), salted && readText(salted)];
  const [memoryKiB, iterations, parallelism] = costs.map(readWhole);
  if (fileId === undefined || !UUID.test(fileId) || salt === undefined) throw notAnExport();
  if (memoryKiB === undefined || iterations === undefined || parallelism === undefined) throw notAnExport();
  return { fileId, kdf: { algorithm: 'argon2id', salt, memoryKiB, iterations, parallelism } };
}

function prefixed(bytes: Bytes): Bytes {
  const out = new Uint8Array(LENGTH_BYTES + bytes.length);
  new DataView(out.buffer).setUint32(0, bytes.length);
  out.set(bytes, LENGTH_BYTES);
  return out;
}

/** @throws {AccountError} `not_an_export` when it is larger than it may be, or not all there. */
async function record(pieces: PieceReader, maxBytes: number): Promise<Bytes> {
  const prefix = await pieces.take(LENGTH_BYTES);
  const length = prefix === undefined ? 0 : new DataView(prefix.buffer).getUint32(0);
  if (length === 0 || length > maxBytes) throw notAnExport();
  const bytes = await pieces.take(length);
  if (bytes === undefined) throw notAnExport();
  return bytes;
}

import { canonicalBytes } from '#protocol';
import { cannotOpen } from './crypto.errors.js';
import { type Bytes, type Context, deriveKey, KEY_BYTES, open, seal } from './sealing.js';

/** What opens one archive of an account's history. It never gets to the relay, not even encrypted under the password. */
export function newArchiveKey(): Bytes {
  return crypto.getRandomValues(new Uint8Array(KEY_BYTES));
}

/** Which part of which archive it is. */
export interface ArchivePlace {
  readonly key: Bytes;
  readonly archiveId: string;
  /** 0, 1, 2 … */
  readonly index: number;
  /** Whether what stands in it goes on in the next part. */
  readonly isContinued: boolean;
}

/** A part as the vault may keep it: every place has a key of its own. */
export async function sealArchivePart(content: Bytes, place: ArchivePlace): Promise<Bytes> {
  return seal(content, await partContext(place));
}

/** @throws {CryptoError} `cannot_open`: alike for another key, archive or place, and changed bytes. */
export async function openArchivePart(sealed: Bytes, place: ArchivePlace): Promise<Bytes> {
  return open(sealed, await partContext(place));
}

/** One archive has taken the place of another: its key, for whoever has the key of the earlier one. */
interface Succession {
  /** Of the earlier one. */
  readonly key: Bytes;
  readonly from: string;
  readonly to: string;
}

export async function sealSuccessorKey(next: Bytes, succession: Succession): Promise<Bytes> {
  return seal(next, await successionContext(succession));
}

/** @throws {CryptoError} `cannot_open` */
export async function openSuccessorKey(sealed: Bytes, succession: Succession): Promise<Bytes> {
  const key = await open(sealed, await successionContext(succession));
  if (key.length !== KEY_BYTES) throw cannotOpen();
  return key;
}

async function partContext({ key, archiveId, index, isContinued }: ArchivePlace): Promise<Context> {
  return contextOf(key, canonicalBytes('sealpost history part 1', [archiveId, index, Number(isContinued)]));
}

async function successionContext({ key, from, to }: Succession): Promise<Context> {
  return contextOf(key, canonicalBytes('sealpost history successor 1', [from, to]));
}

async function contextOf(key: Bytes, additionalData: Bytes): Promise<Context> {
  return { key: await deriveKey(key, additionalData), additionalData };
}

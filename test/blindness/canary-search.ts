import { constants, inflateRawSync } from 'node:zlib';
import { type Canary, formsOf } from './canary.js';

/** Found once: to look a global up takes Jest's sandbox longer than all else that is done with a byte. */
const { imul } = Math;

/** Every form is at least as long; the first bytes of a form are what is looked for. */
const WINDOW = 12;
const BASE = 0x01000193;
/** What the byte that leaves the window weighs. */
const LEAVING = Array.from({ length: WINDOW - 1 }).reduce<number>((power) => imul(power, BASE), BASE);
const FILTER_BITS = 24;
const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);
const MOST_INFLATED_BYTES = 1024 * 1024;

interface Form {
  readonly bytes: Buffer;
  readonly canary: Canary;
}

/**
 * Looks for thousands of canaries, each in some two hundred forms, in hundreds of megabytes: by the hash of a window that moves
 * over them byte by byte (Rabin and Karp), behind a filter that nearly nothing passes by chance.
 */
export class CanarySearch {
  private readonly formsByHash = new Map<number, Form[]>();
  private readonly filter = new Uint8Array(2 ** (FILTER_BITS - 3));

  constructor(canaries: readonly Canary[]) {
    for (const canary of canaries)
      for (const form of formsOf(canary)) this.expect({ bytes: Buffer.from(form, 'latin1'), canary });
  }

  /** The canaries that lie somewhere, as they are or compressed. */
  in(sink: Buffer): Set<Canary> {
    const found = this.plainIn(sink);
    for (let at = sink.indexOf(GZIP); at !== -1; at = sink.indexOf(GZIP, at + 1))
      for (const canary of this.plainIn(inflated(sink.subarray(at)))) found.add(canary);
    return found;
  }

  private expect(form: Form): void {
    let hash = 0;
    for (const byte of form.bytes.subarray(0, WINDOW)) hash = (imul(hash, BASE) + byte) | 0;
    const forms = this.formsByHash.get(hash);
    if (forms === undefined) this.formsByHash.set(hash, [form]);
    else forms.push(form);
    const place = hash >>> (32 - FILTER_BITS);
    this.filter[place >>> 3]! |= 1 << (place & 7);
  }

  private plainIn(sink: Buffer): Set<Canary> {
    const found = new Set<Canary>();
    const { filter } = this;
    let hash = 0;
    for (let at = 0; at < sink.length; at++) {
      hash = (imul(hash, BASE) + sink[at]!) | 0;
      if (at >= WINDOW) hash = (hash - imul(sink[at - WINDOW]!, LEAVING)) | 0;
      const place = hash >>> (32 - FILTER_BITS);
      if (filter[place >>> 3]! & (1 << (place & 7))) this.look(sink, { at: at - WINDOW + 1, hash, found });
    }
    return found;
  }

  private look(sink: Buffer, { at, hash, found }: { at: number; hash: number; found: Set<Canary> }): void {
    if (at < 0) return;
    for (const { bytes, canary } of this.formsByHash.get(hash) ?? [])
      if (sink.subarray(at, at + bytes.length).equals(bytes)) found.add(canary);
  }
}

/** As much as can be had of what may begin a compressed stream. What comes behind it, nobody knows. */
function inflated(bytes: Buffer): Buffer {
  try {
    return inflateRawSync(bytes.subarray(headerBytes(bytes), MOST_INFLATED_BYTES), {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: 16 * MOST_INFLATED_BYTES,
    });
  } catch {
    // Three bytes by chance.
    return Buffer.alloc(0);
  }
}

/** RFC 1952 §2.3: ten bytes, and then whatever the flags say. */
function headerBytes(bytes: Buffer): number {
  const flags = bytes[3] ?? 0;
  const extra = (flags & 4) === 0 ? 0 : 2 + bytes.readUInt16LE(10);
  let end = 10 + extra;
  for (const flag of [8, 16]) if ((flags & flag) !== 0) end = bytes.indexOf(0, end) + 1;
  return (flags & 2) === 0 ? end : end + 2;
}

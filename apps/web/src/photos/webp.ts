import { type Bytes, joined, part, textAt, UnreadablePhoto, viewOf } from './bytes.js';
import { orientationIn, tiffOf } from './exif.js';

/** `RIFF`, the length of what follows, `WEBP` (RFC 9649, 2.4). */
const HEAD_BYTES = 12;
const CHUNK_HEAD_BYTES = 8;
/** Flags of `VP8X` (RFC 9649, 2.7.1): whether there is what a camera writes. */
const EXIF_FLAG = 0x08;
const XMP_FLAG = 0x04;
/** What it takes to show a picture; whatever else there may be is not looked at by those who show it. */
const SHOWING = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);

/** A WebP with what it takes to show it, as `plainJpeg` says. @throws {UnreadablePhoto} */
export function plainWebp(bytes: Bytes): Bytes {
  if (textAt(bytes, 0, 4) !== 'RIFF' || textAt(bytes, 8, 4) !== 'WEBP') throw new UnreadablePhoto('no WebP');
  const chunks = chunksOf(bytes);
  const said = chunks.find(({ type }) => type === 'EXIF');
  const tiff = said === undefined ? undefined : tiffOf(orientationIn(said.whole.subarray(CHUNK_HEAD_BYTES)));
  const kept = chunks
    .filter(({ type }) => SHOWING.has(type))
    .map(({ type, whole }) => (type === 'VP8X' ? flagged(whole, tiff !== undefined) : whole));
  const body = joined([...kept, ...(tiff === undefined ? [] : [exifChunk(tiff)])]);
  const head = part(bytes, 0, HEAD_BYTES).slice();
  viewOf(head).setUint32(4, 4 + body.length, true);
  return joined([head, body]);
}

interface Chunk {
  readonly type: string;
  /** With its head, and the byte that makes its length even. */
  readonly whole: Bytes;
}

function chunksOf(bytes: Bytes): Chunk[] {
  const end = CHUNK_HEAD_BYTES + viewOf(part(bytes, 4, 4)).getUint32(0, true);
  const chunks: Chunk[] = [];
  for (let at = HEAD_BYTES; at < end;) {
    const length = viewOf(part(bytes, at + 4, 4)).getUint32(0, true);
    const whole = part(bytes, at, CHUNK_HEAD_BYTES + length + (length % 2));
    chunks.push({ type: textAt(bytes, at, 4), whole });
    at += whole.length;
  }
  return chunks;
}

function flagged(whole: Bytes, hasExif: boolean): Bytes {
  const changed = part(whole, 0, whole.length).slice();
  const flags = viewOf(whole).getUint8(CHUNK_HEAD_BYTES) & ~(EXIF_FLAG | XMP_FLAG);
  viewOf(changed).setUint8(CHUNK_HEAD_BYTES, hasExif ? flags | EXIF_FLAG : flags);
  return changed;
}

/** Its length is even. */
function exifChunk(tiff: Bytes): Bytes {
  const head = new Uint8Array([...new TextEncoder().encode('EXIF'), 0, 0, 0, 0]);
  viewOf(head).setUint32(4, tiff.length, true);
  return joined([head, tiff]);
}

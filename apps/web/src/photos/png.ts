import { type Bytes, joined, part, textAt, UnreadablePhoto, viewOf } from './bytes.js';
import { orientationIn, tiffOf } from './exif.js';

const SIGNATURE = '\x89PNG\r\n\x1a\n';
/** Length and type in front, the checksum behind (PNG, 5.3). */
const AROUND = 12;
/** Texts, times and what a camera writes. */
const SAYING = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME']);

/** A PNG with what it takes to show it, as `plainJpeg` says. @throws {UnreadablePhoto} */
export function plainPng(bytes: Bytes): Bytes {
  if (textAt(bytes, 0, SIGNATURE.length) !== SIGNATURE) throw new UnreadablePhoto('no PNG');
  const [head, ...others] = chunksOf(bytes);
  if (head?.type !== 'IHDR') throw new UnreadablePhoto('a PNG begins otherwise');
  const said = others.find(({ type }) => type === 'eXIf');
  const tiff = said === undefined ? undefined : tiffOf(orientationIn(said.whole.subarray(8, -4)));
  const kept = others.filter(({ type }) => !SAYING.has(type)).map(({ whole }) => whole);
  const start = part(bytes, 0, SIGNATURE.length);
  return joined([start, head.whole, ...(tiff === undefined ? [] : [chunk('eXIf', tiff)]), ...kept]);
}

interface Chunk {
  readonly type: string;
  readonly whole: Bytes;
}

/** Up to the end of the picture: nothing belongs behind it. */
function chunksOf(bytes: Bytes): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; chunks.at(-1)?.type !== 'IEND';) {
    const length = AROUND + viewOf(part(bytes, at, 8)).getUint32(0);
    chunks.push({ type: textAt(bytes, at + 4, 4), whole: part(bytes, at, length) });
    at += length;
  }
  return chunks;
}

function chunk(type: string, data: Bytes): Bytes {
  const whole = joined([new Uint8Array(4), new TextEncoder().encode(type), data, new Uint8Array(4)]);
  viewOf(whole).setUint32(0, data.length);
  viewOf(whole).setUint32(whole.length - 4, checksum(whole.subarray(4, -4)));
  return whole;
}

/** CRC-32 as in PNG, annex D. */
function checksum(bytes: Bytes): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

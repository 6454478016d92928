import { type Bytes, joined, part, textAt, UnreadablePhoto, viewOf } from './bytes.js';
import { orientationIn, tiffOf } from './exif.js';

/** Markers of ITU-T T.81, B.1.1.3, without their 0xff. */
const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
const COMMENT = 0xfe;
const JFIF = 0xe0;
const EXIF = 0xe1;
const ICC = 0xe2;
const ADOBE = 0xee;

const EXIF_NAME = 'Exif\0\0';
const ICC_NAME = 'ICC_PROFILE\0';

/**
 * A JPEG with what it takes to show it: its picture, colours and how it is to be turned. What a camera has written of place, time
 * and itself is left out, and so is all behind the end, where phones put films. No pixel changes.
 *
 * @throws {UnreadablePhoto}
 */
export function plainJpeg(bytes: Bytes): Bytes {
  if (marker(bytes, 0) !== START) throw new UnreadablePhoto('no JPEG');
  const kept: Bytes[] = [];
  let orientation = 1;
  for (let at = behindFill(bytes, 2), kind = marker(bytes, at); kind !== END; kind = marker(bytes, at)) {
    const length = 2 + viewOf(part(bytes, at + 2, 2)).getUint16(0);
    const segment = part(bytes, at, length);
    if (kind === EXIF && nameOf(segment, EXIF_NAME))
      orientation = orientationIn(segment.subarray(4 + EXIF_NAME.length));
    const end = kind === SCAN ? scanEnd(bytes, at + length) : at + length;
    if (isNeeded(kind, segment)) kept.push(bytes.subarray(at, end));
    at = behindFill(bytes, end);
  }
  return joined([new Uint8Array([0xff, START]), ...turned(orientation), ...kept, new Uint8Array([0xff, END])]);
}

/** Any number of 0xff may stand in front of a marker. */
function behindFill(bytes: Bytes, from: number): number {
  let at = from;
  while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at++;
  return at;
}

function marker(bytes: Bytes, at: number): number {
  const [mark, kind] = part(bytes, at, 2);
  if (mark !== 0xff || kind === undefined || kind === 0) throw new UnreadablePhoto('a marker is missing');
  return kind;
}

function isNeeded(kind: number, segment: Bytes): boolean {
  if (kind === COMMENT) return false;
  if (kind < JFIF || kind > 0xef) return true;
  return kind === JFIF || kind === ADOBE || (kind === ICC && nameOf(segment, ICC_NAME));
}

function nameOf(segment: Bytes, name: string): boolean {
  return segment.length >= 4 + name.length && textAt(segment, 4, name.length) === name;
}

/** Where the data of a scan end: at a marker that is none of those within them (T.81, B.1.1.5). */
function scanEnd(bytes: Bytes, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    const isWithin = next === 0 || next === 0xff || (next !== undefined && next >= 0xd0 && next <= 0xd7);
    if (!isWithin) return at;
  }
  throw new UnreadablePhoto('it breaks off');
}

function turned(orientation: number): Bytes[] {
  const tiff = tiffOf(orientation);
  if (tiff === undefined) return [];
  const length = 2 + EXIF_NAME.length + tiff.length;
  return [joined([new Uint8Array([0xff, EXIF, 0, length]), new TextEncoder().encode(EXIF_NAME), tiff])];
}

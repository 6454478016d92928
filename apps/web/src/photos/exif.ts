import { type Bytes, viewOf } from './bytes.js';

/** As it lies: nothing has to be turned. */
const UPRIGHT = 1;
const MOST_TURNED = 8;
const ORIENTATION = 0x0112;
const ENTRY_BYTES = 12;

/** How a picture is to be turned, from 1 to 8 (Exif 2.32, 4.6.4 A); 1 where nothing says so. */
export function orientationIn(tiff: Bytes): number {
  try {
    return readOrientation(viewOf(tiff));
  } catch {
    // It breaks off, so nobody can read it.
    return UPRIGHT;
  }
}

/** TIFF that says how a picture is to be turned, and nothing else; undefined where it lies right. */
export function tiffOf(orientation: number): Bytes | undefined {
  if (orientation === UPRIGHT) return undefined;
  // Big-endian; one field at 8: a short.
  return new Uint8Array([
    ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
    ...[0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0],
    ...[0, 0, 0, 0],
  ]);
}

function readOrientation(view: DataView): number {
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return UPRIGHT;
  const isLittle = order === 0x4949;
  const directory = view.getUint32(4, isLittle);
  const count = view.getUint16(directory, isLittle);
  for (let n = 0; n < count; n++) {
    const entry = directory + 2 + n * ENTRY_BYTES;
    if (view.getUint16(entry, isLittle) !== ORIENTATION) continue;
    const value = view.getUint16(entry + 8, isLittle);
    return value >= UPRIGHT && value <= MOST_TURNED ? value : UPRIGHT;
  }
  return UPRIGHT;
}

/** What is no picture of its kind, or breaks off. */
export class UnreadablePhoto extends Error {
  readonly code = 'unreadable_photo';
}

export type Bytes = Uint8Array<ArrayBuffer>;

/** @throws {UnreadablePhoto} beyond the end. */
export function part(bytes: Bytes, from: number, length: number): Bytes {
  if (from + length > bytes.length) throw new UnreadablePhoto('it breaks off');
  return bytes.subarray(from, from + length);
}

export function textAt(bytes: Bytes, from: number, length: number): string {
  return String.fromCharCode(...part(bytes, from, length));
}

export function viewOf({ buffer, byteOffset, byteLength }: Bytes): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

export function joined(pieces: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

import type { Bytes } from '#crypto';

/** Gives the next piece of a file, of any size; undefined at its end. */
export type NextPiece = () => Promise<Uint8Array | undefined>;

/** Reads a file that comes in pieces, as much as is asked for. */
export class PieceReader {
  private rest: Uint8Array = new Uint8Array();

  constructor(private readonly next: NextPiece) {}

  /** @returns a copy of that many bytes; undefined when the file ends before. */
  async take(bytes: number): Promise<Bytes | undefined> {
    const taken = new Uint8Array(bytes);
    for (let filled = 0; filled < bytes;) {
      if (this.rest.length === 0) {
        const piece = await this.next();
        if (piece === undefined) return undefined;
        this.rest = piece;
      }
      const part = this.rest.subarray(0, bytes - filled);
      taken.set(part, filled);
      filled += part.length;
      this.rest = this.rest.subarray(part.length);
    }
    return taken;
  }
}

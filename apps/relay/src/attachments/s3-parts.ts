export interface PartSizes {
  readonly partBytes: number;
  /** Of all that may come, with what is there already. */
  readonly mostBytes: number;
}

/**
 * Cuts what comes into parts of one size, beginning with what is there already; the last one is what is left, if anything.
 * No more than one part is held: each is good until the next one is asked for.
 */
export async function* cutToParts(
  head: Buffer,
  bytes: AsyncIterable<Buffer>,
  { partBytes, mostBytes }: PartSizes,
): AsyncGenerator<Buffer> {
  const part = Buffer.allocUnsafeSlow(Math.min(partBytes, mostBytes));
  let filled = head.copy(part);
  for await (const chunk of bytes)
    for (let taken = 0; taken < chunk.length;) {
      const copied = chunk.copy(part, filled, taken);
      taken += copied;
      filled += copied;
      if (filled < part.length) continue;
      yield part;
      filled = 0;
    }
  if (filled > 0) yield part.subarray(0, filled);
}

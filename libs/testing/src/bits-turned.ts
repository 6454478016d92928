/** The bytes as often as they have bits, each time with another one turned. */
export function bitsTurned(bytes: Uint8Array): Buffer<ArrayBuffer>[] {
  return Array.from({ length: bytes.length * 8 }, (_none, bit) => {
    const turned = Buffer.from(bytes);
    turned[bit >> 3]! ^= 1 << (bit & 7);
    return turned;
  });
}

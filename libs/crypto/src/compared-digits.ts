import type { Bytes } from './sealing.js';

const BYTES_OF_GROUP = 5;
const DIGITS_OF_GROUP = 5;

/** Digits for people to compare, in groups of five, each with 16 bits and a half of the SHA-512 of some bytes. */
export async function comparedDigits(bytes: Bytes, groups: number): Promise<string> {
  const hash: Bytes = new Uint8Array(await crypto.subtle.digest('SHA-512', bytes));
  return Array.from({ length: groups }, (_none, n) =>
    group(hash.subarray(n * BYTES_OF_GROUP, (n + 1) * BYTES_OF_GROUP)),
  ).join(' ');
}

/** Forty bits modulo 100,000: the bias is below one in ten million. */
function group(bytes: Uint8Array): string {
  const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  return String(number % 10 ** DIGITS_OF_GROUP).padStart(DIGITS_OF_GROUP, '0');
}

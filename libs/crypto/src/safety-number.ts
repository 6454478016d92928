import { canonicalBytes } from '#protocol';
import type { Bytes } from './sealing.js';

/** An account and the identity key that it has, or is said to have. */
export interface Identity {
  readonly accountId: string;
  /** Raw Ed25519 public key: 32 bytes. */
  readonly publicKey: Uint8Array;
}

const GROUPS_EACH = 6;
const BYTES_OF_GROUP = 5;
const DIGITS_OF_GROUP = 5;

/**
 * Sixty digits that two people compare: the same on both sides exactly when each has the other's true key. In twelve groups of
 * five, whichever side asks; each person's half has 99 bits.
 */
export async function safetyNumber(one: Identity, other: Identity): Promise<string> {
  const halves = await Promise.all([one, other].map(digits));
  return halves.sort().join(' ');
}

async function digits({ accountId, publicKey }: Identity): Promise<string> {
  const bytes = canonicalBytes('sealpost safety number 1', [accountId, publicKey]);
  const hash: Bytes = new Uint8Array(await crypto.subtle.digest('SHA-512', bytes));
  return Array.from({ length: GROUPS_EACH }, (_none, n) =>
    group(hash.subarray(n * BYTES_OF_GROUP, (n + 1) * BYTES_OF_GROUP)),
  ).join(' ');
}

/** Forty bits modulo 100,000: the bias is below one in ten million. */
function group(bytes: Uint8Array): string {
  const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  return String(number % 10 ** DIGITS_OF_GROUP).padStart(DIGITS_OF_GROUP, '0');
}

import { canonicalBytes } from '#protocol';
import { comparedDigits } from './compared-digits.js';

/** An account and the identity key that it has, or is said to have. */
export interface Identity {
  readonly accountId: string;
  /** Raw Ed25519 public key: 32 bytes. */
  readonly publicKey: Uint8Array;
}

const GROUPS_EACH = 6;

/**
 * Sixty digits that two people compare: the same on both sides exactly when each has the other's true key. In twelve groups of
 * five, whichever side asks; each person's half has 99 bits.
 */
export async function safetyNumber(one: Identity, other: Identity): Promise<string> {
  const halves = await Promise.all([one, other].map(digits));
  return halves.sort().join(' ');
}

function digits({ accountId, publicKey }: Identity): Promise<string> {
  return comparedDigits(canonicalBytes('sealpost safety number 1', [accountId, publicKey]), GROUPS_EACH);
}

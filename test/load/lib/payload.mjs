/** Payloads of one size whose first characters are a number, so that a push can be told from the others. */
import { randomBytes } from 'node:crypto';

const DIGITS = 12;
const VARIETY = 64;
const MARK = Buffer.from('"ciphertext":"');
const pools = new Map();

export function payload(number, chars) {
  let pool = pools.get(chars);
  if (pool === undefined) {
    pool = Array.from({ length: VARIETY }, () =>
      randomBytes(chars)
        .toString('base64url')
        .slice(0, chars - DIGITS),
    );
    pools.set(chars, pool);
  }
  return String(number).padStart(DIGITS, '0') + pool[number % VARIETY];
}

/** The number of the payload that a pushed frame carries. */
export function numberIn(frame) {
  const at = frame.indexOf(MARK) + MARK.length;
  return Number(frame.latin1Slice(at, at + DIGITS));
}

import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type Franked, FRANKING_BYTES, frankedBytes } from '#protocol';
import { MAX_CONTENT_BYTES } from './padding.js';
import type { Bytes } from './sealing.js';

/** The longest content that a message can have beside its franking key. */
export const MAX_FRANKED_BYTES = MAX_CONTENT_BYTES - FRANKING_BYTES;

/** What a frame has in it. */
export interface FrankedFrame {
  readonly key: Bytes;
  readonly content: Bytes;
}

/** Opens the commitment to one message: random, and told to its readers alone. */
export function newFrankingKey(): Bytes {
  return crypto.getRandomValues(new Uint8Array(FRANKING_BYTES));
}

/**
 * Says nothing to whoever has not the key, and can be opened in one way only: keys are of one length, so that two openings of it
 * would be a collision of SHA-256.
 */
export function commitmentTo(franked: Franked, key: Uint8Array): Bytes {
  if (key.length !== FRANKING_BYTES) throw new RangeError('A franking key has another length.');
  return new Uint8Array(hmac(sha256, key, frankedBytes(franked)));
}

/** Whether that is what was committed to. It takes as long whatever it finds. */
export function isCommitment(commitment: Uint8Array, franked: Franked, key: Uint8Array): boolean {
  const expected = commitmentTo(franked, key);
  if (commitment.length !== expected.length) return false;
  return expected.reduce((difference, byte, n) => difference | (byte ^ (commitment[n] ?? 0)), 0) === 0;
}

/** What is padded and encrypted: the key, then the content. */
export function frankedFrame({ key, content }: { key: Uint8Array; content: Uint8Array }): Bytes {
  const frame = new Uint8Array(FRANKING_BYTES + content.length);
  frame.set(key);
  frame.set(content, FRANKING_BYTES);
  return frame;
}

/** @returns undefined for what is too short to be one. */
export function readFrankedFrame(frame: Uint8Array): FrankedFrame | undefined {
  if (frame.length < FRANKING_BYTES) return undefined;
  // Copies: what is kept must not keep the rest of the message with it.
  return {
    key: new Uint8Array(frame.subarray(0, FRANKING_BYTES)),
    content: new Uint8Array(frame.subarray(FRANKING_BYTES)),
  };
}

import { randomInt } from 'node:crypto';
import { LIMITS } from '#protocol';

/** RFC 4648 base32: no digit in it looks like a letter. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const GROUPS = 4;
const GROUP_LETTERS = 4;

/** A code that stands in once for a second factor: 80 random bits, and its place among the others in front of them. */
export interface RecoveryCode {
  readonly slot: number;
  readonly text: string;
}

export function newRecoveryCodes(): RecoveryCode[] {
  return Array.from({ length: LIMITS.recoveryCodes }, (_, index) => {
    const slot = index + 1;
    const groups = Array.from({ length: GROUPS }, () => letters(GROUP_LETTERS));
    return { slot, text: [String(slot).padStart(2, '0'), ...groups].join('-') };
  });
}

/** The place that a code names. */
export function slotOf(code: string): number {
  return Number(code.slice(0, 2));
}

function letters(count: number): string {
  return Array.from({ length: count }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

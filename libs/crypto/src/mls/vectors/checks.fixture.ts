import type { CiphersuiteImpl } from 'ts-mls';
import {
  cryptoBasics,
  deserialization,
  keySchedule,
  pskSecret,
  secretTree,
  transcriptHashes,
  treeMath,
} from './basics.fixture.js';
import { messageProtection, messages, welcome } from './messages.fixture.js';
import { passiveClient } from './passive.fixture.js';
import { type Vector, VectorSuites } from './suite.fixture.js';
import { treekem, treeOperations, treeValidation } from './trees.fixture.js';

type Check = (vector: Vector, suite: CiphersuiteImpl) => void | Promise<void>;

/** The files of vectors of the MLS working group, by name without `.json`: how many cases each has, and what checks one. */
export const CHECKS = {
  'crypto-basics': { cases: 7, check: cryptoBasics },
  deserialization: { cases: 14, check: deserialization },
  'key-schedule': { cases: 7, check: keySchedule },
  'message-protection': { cases: 7, check: messageProtection },
  messages: { cases: 300, check: messages },
  'passive-client-handling-commit': { cases: 91, check: passiveClient },
  'passive-client-random': { cases: 1, check: passiveClient },
  'passive-client-welcome': { cases: 56, check: passiveClient },
  psk_secret: { cases: 77, check: pskSecret },
  'secret-tree': { cases: 21, check: secretTree },
  'transcript-hashes': { cases: 7, check: transcriptHashes },
  'tree-math': { cases: 10, check: treeMath },
  'tree-operations': { cases: 5, check: treeOperations },
  'tree-validation': { cases: 98, check: treeValidation },
  treekem: { cases: 77, check: treekem },
  welcome: { cases: 7, check: welcome },
} as const satisfies Record<string, { cases: number; check: Check }>;

export type VectorFile = keyof typeof CHECKS;

/**
 * Of what takes long, the part that is checked every day: every so many cases (each suite still has some), or the
 * first epochs of a long history.
 */
const EVERY_DAY: Partial<Record<VectorFile, { readonly every: number } | { readonly epochs: number }>> = {
  'passive-client-handling-commit': { every: 5 },
  'passive-client-random': { epochs: 20 },
  'passive-client-welcome': { every: 5 },
  'tree-validation': { every: 5 },
  treekem: { every: 8 },
};

/** What {@link everyDay} leaves of a file, in words. */
export function shareOf(file: VectorFile): string {
  const share = EVERY_DAY[file];
  if (share === undefined) return 'all cases';
  return 'every' in share ? `one case of ${share.every}` : `the first ${share.epochs} epochs`;
}

export function everyDay(file: VectorFile, vectors: readonly Vector[]): readonly Vector[] {
  const share = EVERY_DAY[file];
  if (share === undefined) return vectors;
  if ('every' in share) return vectors.filter((_vector, n) => n % share.every === 0);
  return vectors.map((vector) => ({ ...vector, epochs: vector.epochs.slice(0, share.epochs) }));
}

const suites = new VectorSuites();

/** @returns what is wrong, by case; nothing when all are as they should be. */
export async function failures(file: VectorFile, vectors: readonly Vector[]): Promise<string[]> {
  const check: Check = CHECKS[file].check;
  const wrong: string[] = [];
  for (const [n, vector] of vectors.entries()) {
    try {
      await check(vector, await suites.of(vector.cipher_suite ?? 1));
    } catch (error) {
      wrong.push(`case ${n}, suite ${vector.cipher_suite}: ${String(error)}`);
    }
  }
  return wrong;
}

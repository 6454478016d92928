import { bitsTurned, Seeded } from '#testing';
import { MalformedMlsError } from './tls-reader.js';

type Read = (bytes: Uint8Array) => unknown;

/** What reading came to. @throws whatever was thrown, if that is no {@link MalformedMlsError}. */
export function outcome(read: Read, bytes: Uint8Array): 'read' | 'refused' {
  try {
    read(bytes);
    return 'read';
  } catch (error) {
    if (error instanceof MalformedMlsError) return 'refused';
    throw error;
  }
}

/** How many beginnings of a message are taken for one; none should be. */
export function beginningsRead(read: Read, bytes: Uint8Array): number {
  return bytes.reduce((sum, _byte, length) => sum + (outcome(read, bytes.subarray(0, length)) === 'read' ? 1 : 0), 0);
}

/** Reads a message with each of its bits turned, with bytes swapped, dropped and doubled, and bytes that are no message at all. */
export function readEverything(name: string, read: Read, bytes: Uint8Array): number {
  const seeded = Seeded.announced(name);
  const at = (): number => seeded.between(0, bytes.length - 1);
  const mutations = Array.from({ length: 500 }, () => {
    const [from, to] = [at(), at()].sort((one, other) => one - other) as [number, number];
    return Buffer.concat([bytes.subarray(0, from), seeded.bytes(seeded.between(0, 9)), bytes.subarray(to)]);
  });
  const noise = Array.from({ length: 500 }, () => seeded.bytes(seeded.between(0, 400)));
  const all = [...bitsTurned(bytes), ...mutations, ...noise];
  for (const one of all) outcome(read, one);
  return all.length;
}

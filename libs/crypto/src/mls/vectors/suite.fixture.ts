import {
  type CiphersuiteImpl,
  type CiphersuiteName,
  ciphersuites,
  defaultCryptoProvider,
  getCiphersuiteFromName,
} from 'ts-mls';
import type { Decoder } from 'ts-mls/codec/tlsDecoder.js';
import { mlsSuite } from '#protocol';
import { newDeviceKeys, importSigningKey } from '../devices.js';
import { cipherSuite } from '../suites.js';

/** A case, or a part of one: what a file of vectors has there, each kind something else. */
export type Vector = ReturnType<typeof JSON.parse>;

/**
 * Suites by number. Of ours it is our own provider that is tested; the others are ts-mls's, for all that ts-mls does alike with
 * every suite. Ours signs by the device's key alone, so that signing by keys of vectors is left to ts-mls.
 */
export class VectorSuites {
  private readonly made = new Map<number, Promise<CiphersuiteImpl>>();

  of(id: number): Promise<CiphersuiteImpl> {
    const suite = this.made.get(id) ?? make(id);
    this.made.set(id, suite);
    return suite;
  }
}

async function make(id: number): Promise<CiphersuiteImpl> {
  const name = Object.entries(ciphersuites).find(([, known]) => known === id)?.[0] as CiphersuiteName;
  const theirs = await defaultCryptoProvider.getCiphersuiteImpl(getCiphersuiteFromName(name));
  const suite = mlsSuite(id);
  if (suite === undefined) return theirs;
  const { privateKey } = await newDeviceKeys();
  const ours = await cipherSuite(suite, await importSigningKey(privateKey));
  return { ...ours, signature: { ...theirs.signature, verify: ours.signature.verify } };
}

export function bytes(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

export function hexOf(given: Uint8Array): string {
  return Array.from(given, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @throws when it is not what the vector says: without jest, as it runs in browsers too. */
export function same(what: string, actual: unknown, expected: unknown): void {
  const [one, other] = [actual, expected].map((value) =>
    value instanceof Uint8Array ? hexOf(value) : JSON.stringify(value),
  );
  if (one !== other) throw new Error(`${what}: ${String(one).slice(0, 200)} is not ${String(other).slice(0, 200)}`);
}

export function holds(what: string, is: boolean): void {
  if (!is) throw new Error(`${what} does not hold`);
}

/** All of it, and nothing after. */
export function read<T>(what: string, decode: Decoder<T>, hex: string): T {
  const given = bytes(hex);
  const decoded = decode(given, 0);
  if (decoded?.[1] !== given.length) throw new Error(`${what} cannot be decoded`);
  return decoded[0];
}

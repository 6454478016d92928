import { type PackedError, packError, unpackError } from './packed-error.js';
import { isPlainObject } from './plain-object.js';

/** Deeper than anything that the SDK takes or gives. */
const MOST_LEVELS = 32;

/** What a structured clone cannot carry, and what stands for it. */
interface Standings {
  error: PackedError;
  /** A function of the side that packed it, which calls it by this number. */
  callback: number;
  signal: { readonly place: number; readonly isAborted: boolean; readonly reason: unknown };
  /** An iterator of the worker. */
  stream: number;
}

/** A `Map` of one entry, which no value of the SDK is: nothing that somebody has written can pass for one. */
type Standing = { [Kind in keyof Standings]: ReadonlyMap<Kind, Standings[Kind]> }[keyof Standings];

/** What does not cross as itself, on either side. */
export interface Crossing {
  packCallback?(callback: (...given: unknown[]) => unknown): number;
  packSignal?(signal: AbortSignal): Standings['signal'];
  packStream?(stream: AsyncIterator<unknown>): number;
  unpackCallback?(place: number): (...given: unknown[]) => Promise<unknown>;
  unpackSignal?(signal: Standings['signal']): AbortSignal;
  unpackStream?(stream: number): AsyncGenerator;
}

/**
 * A value as it can be posted: data as it is, and what is none as something that stands for it.
 *
 * @throws {TypeError} if it has something in it that may not leave: an object with a class is none of anybody's business but the
 * side's that made it.
 */
export function pack(value: unknown, crossing: Crossing = {}, level = 0): unknown {
  if (level > MOST_LEVELS) throw new TypeError('This is nested too deeply to cross to a worker.');
  if (typeof value === 'function')
    return standing(
      'callback',
      crossing.packCallback?.((...given) => Reflect.apply(value, undefined, given) as unknown),
    );
  if (typeof value === 'symbol') throw cannotCross();
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return packObject(value, crossing, level);
}

function packObject(value: object, crossing: Crossing, level: number): unknown {
  if (value instanceof Error || value instanceof DOMException) return standing('error', packError(value));
  if (value instanceof AbortSignal) return standing('signal', crossing.packSignal?.(value));
  if (isIterator(value)) return standing('stream', crossing.packStream?.(value));
  if (Array.isArray(value)) return value.map((item: unknown) => pack(item, crossing, level + 1));
  if (!isPlainObject(value)) throw cannotCross();
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, pack(part, crossing, level + 1)]));
}

/** What was packed on the other side. */
export function unpack(packed: unknown, crossing: Crossing = {}): unknown {
  if (typeof packed !== 'object' || packed === null) return packed;
  if (ArrayBuffer.isView(packed)) return packed;
  if (isStanding(packed)) return stoodFor(packed, crossing);
  if (Array.isArray(packed)) return packed.map((item: unknown) => unpack(item, crossing));
  return Object.fromEntries(Object.entries(packed).map(([name, part]) => [name, unpack(part, crossing)]));
}

function standing<Kind extends keyof Standings>(
  kind: Kind,
  stands: Standings[Kind] | undefined,
): Map<Kind, Standings[Kind]> {
  if (stands === undefined) throw cannotCross();
  return new Map([[kind, stands]]);
}

function stoodFor(packed: Standing, crossing: Crossing): unknown {
  const [entry] = packed;
  switch (entry?.[0]) {
    case 'error':
      return unpackError(entry[1]);
    case 'callback':
      return crossing.unpackCallback?.(entry[1]);
    case 'signal':
      return crossing.unpackSignal?.(entry[1]);
    case 'stream':
      return crossing.unpackStream?.(entry[1]);
    case undefined:
      return undefined;
  }
}

function isStanding(packed: object): packed is Standing {
  return Object.prototype.toString.call(packed) === '[object Map]';
}

function isIterator(value: object): value is AsyncIterator<unknown> {
  return Symbol.asyncIterator in value && 'next' in value;
}

function cannotCross(): TypeError {
  return new TypeError('This cannot cross to a worker, or from it.');
}

import { decode, encode } from '@msgpack/msgpack';

/** How a record becomes bytes and comes back. */
export interface Codec<T> {
  encode(record: T): Uint8Array<ArrayBuffer>;

  /** @throws if the bytes are not of such a record, as those of an older version may be. */
  decode(bytes: Uint8Array<ArrayBuffer>): T;
}

/**
 * MessagePack: compact, with bytes as they are, and without the tricks for speed that a strict content security policy
 * forbids.
 *
 * @param parse what was stored, checked: `(stored) => messageShape.parse(stored)`
 */
export function compactCodec<T>(parse: (stored: unknown) => T): Codec<T> {
  return {
    encode: (record) => encode(record, { ignoreUndefined: true }),
    decode: (bytes) => parse(decode(bytes)),
  };
}

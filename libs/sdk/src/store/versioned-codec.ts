import { type Codec, compactCodec } from './codec.js';

/**
 * Records of this library's own making. Their form is not checked field by field: nobody else can have written them, since
 * each is sealed to its place. What an older or newer release wrote is told by its number.
 *
 * @throws when a record is of another form than `form`.
 */
export function versionedCodec<T extends object>(form: number): Codec<T> {
  const codec = compactCodec((stored) => stored as { readonly form: number; readonly record: T });
  return {
    encode: (record) => codec.encode({ form, record }),
    decode: (bytes) => {
      const stored = codec.decode(bytes);
      if (stored.form !== form) throw new Error(`A record is of form ${String(stored.form)}, not ${String(form)}.`);
      return stored.record;
    },
  };
}

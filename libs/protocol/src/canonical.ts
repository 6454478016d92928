const utf8 = new TextEncoder();

/**
 * Bytes that are signed, hashed or authenticated: a label, then each field, all prefixed by their length as a 32-bit
 * big-endian integer, so that no two lists of fields give the same. Texts are UTF-8, numbers decimal.
 */
export function canonicalBytes(
  label: string,
  fields: readonly (string | number | Uint8Array)[],
): Uint8Array<ArrayBuffer> {
  const parts = [label, ...fields].map((field) => (field instanceof Uint8Array ? field : utf8.encode(String(field))));
  const out = new Uint8Array(parts.reduce((sum, part) => sum + 4 + part.length, 0));
  const view = new DataView(out.buffer);
  let offset = 0;
  for (const part of parts) {
    view.setUint32(offset, part.length);
    out.set(part, offset + 4);
    offset += 4 + part.length;
  }
  return out;
}

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

/**
 * The fields of {@link canonicalBytes} of that label, as they were written; undefined if the bytes are not of that form.
 * Fields are views into the bytes given.
 */
export function readCanonicalBytes(label: string, bytes: Uint8Array): Uint8Array[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    if (offset + 4 > bytes.length) return undefined;
    const end = offset + 4 + view.getUint32(offset);
    if (end > bytes.length) return undefined;
    parts.push(bytes.subarray(offset + 4, end));
    offset = end;
  }
  const [first, ...fields] = parts;
  return first !== undefined && readText(first) === label ? fields : undefined;
}

/** A field as text; undefined if it is not UTF-8. */
export function readText(field: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(field);
  } catch {
    return undefined;
  }
}

const CANONICAL_WHOLE = /^(?:0|[1-9][0-9]{0,15})$/;

/** A field as a whole number; undefined if it is none, or not written as {@link canonicalBytes} would. */
export function readWhole(field: Uint8Array): number | undefined {
  const text = field.length <= 16 ? readText(field) : undefined;
  if (text === undefined || !CANONICAL_WHOLE.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

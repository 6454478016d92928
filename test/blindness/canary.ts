import { randomBytes } from 'node:crypto';
import type { TestRelay } from '#testing';

/** Random bytes that must not come out anywhere. */
export interface Canary {
  readonly bytes: Buffer;
  /** The same as text, for secrets that are words. */
  readonly text: string;
}

export function hatch(): Canary {
  const bytes = randomBytes(16);
  return { bytes, text: bytes.toString('hex') };
}

/**
 * Every form in which a canary could lie in a text: as it is, in hex, in base64 (wherever in the encoded bytes it begins),
 * in UTF-16, escaped as in JSON or in URLs, and each of these once more in hex or base64, as binary columns are shown and
 * bodies sent.
 */
export function formsOf({ bytes, text }: Canary): string[] {
  const plain = [bytes, Buffer.from(text), Buffer.from(text.toUpperCase()), Buffer.from(text, 'utf16le')];
  const asText = plain.map((form) => form.toString('latin1'));
  const escaped = asText.map((form) => JSON.stringify(form).slice(1, -1)).concat(plain.flatMap(inUrls));
  const encoded = plain.flatMap(encodings);
  return [...new Set([...asText, ...escaped, ...encoded, ...encoded.flatMap((form) => encodings(Buffer.from(form)))])];
}

/** Percent-encoded (RFC 3986 §2.1): what has to be, or all of it, in either case. */
function inUrls(bytes: Buffer): string[] {
  const encoded = (mayStay: RegExp): string =>
    Array.from(bytes, (byte) => {
      const char = String.fromCharCode(byte);
      return mayStay.test(char) ? char : `%${byte.toString(16).padStart(2, '0')}`;
    }).join('');
  const upper = (form: string): string => form.replace(/%../g, (digits) => digits.toUpperCase());
  return [encoded(/[\w.~-]/), encoded(/[^\s\S]/)].flatMap((form) => [form, upper(form)]);
}

function encodings(bytes: Buffer): string[] {
  return [bytes.toString('hex'), ...base64Forms(bytes)];
}

/** Base64 depends on where the bytes begin and what stands around them: what is sure lies in the middle. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const skipped = Math.ceil((offset * 4) / 3);
    return (['base64', 'base64url'] as const).map((encoding) => {
      const encoded = padded.toString(encoding).replaceAll('=', '');
      return encoded.slice(skipped, Math.floor((padded.length * 4) / 3));
    });
  });
}

/** The canaries that lie in a text. */
export function found(canaries: readonly Canary[], sink: string): Canary[] {
  return canaries.filter((canary) => formsOf(canary).some((form) => sink.includes(form)));
}

/** Every row of every table, as PostgreSQL writes it. */
export async function dumpOf(relay: Pick<TestRelay, 'query'>): Promise<string> {
  const tables = await relay.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const rows = await Promise.all(
    tables.map(({ name }) => relay.query<{ line: string }>(`SELECT t::text AS line FROM ${name} t`)),
  );
  return rows.flatMap((lines) => lines.map(({ line }) => line)).join('\n');
}

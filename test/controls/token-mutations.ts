import { bitsTurned } from '#testing';

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * What becomes of a good token when its signature or its spelling is altered, as the vectors of Wycheproof for JSON web
 * signatures do: every bit turned, every length, other spellings of the same bytes, and characters that belong nowhere.
 */
export function mutationsOf(token: string): string[] {
  const [header = '', claims = '', signature = ''] = token.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  const signed = (mutated: Buffer): string => `${header}.${claims}.${mutated.toString('base64url')}`;
  return [
    ...bitsTurned(bytes).map(signed),
    ...Array.from(bytes, (_byte, length) => signed(bytes.subarray(0, length))),
    ...[1, 16, 32].map((more) => signed(Buffer.concat([bytes, Buffer.alloc(more)]))),
    ...[0x00, 0xff].map((byte) => signed(Buffer.alloc(bytes.length, byte))),
    ...otherSpellings(signature).map((spelled) => `${header}.${claims}.${spelled}`),
    ...strayCharacters([header, claims, signature]),
    ...shuffled(header, claims, signature),
  ];
}

/** Texts that a lenient decoder takes for the same bytes: unused bits set, padding, the other alphabet, in hexadecimal. */
function otherSpellings(signature: string): string[] {
  const last = BASE64URL.indexOf(signature.at(-1) ?? '');
  const unusedBits = [1, 2, 3].map((bits) => signature.slice(0, -1) + BASE64URL.charAt(last | bits));
  const standard = Buffer.from(signature, 'base64url').toString('base64');
  const padded = [`${signature}=`, `${signature}==`, `${signature}A`, standard];
  return [...unusedBits, ...padded, Buffer.from(signature, 'base64url').toString('hex')];
}

function strayCharacters(parts: readonly string[]): string[] {
  const strays = [' ', '\t', '\n', '\0', '=', '+', '/', '%', '.', '"', ','];
  return strays.flatMap((stray) =>
    parts.flatMap((part, index) =>
      [`${part.slice(0, 5)}${stray}${part.slice(5)}`, `${part}${stray}`, `${stray}${part}`].map((altered) =>
        parts.with(index, altered).join('.'),
      ),
    ),
  );
}

function shuffled(header: string, claims: string, signature: string): string[] {
  return [
    [claims, header, signature],
    [header, header, signature],
    [header, '', signature],
    ['', claims, signature],
    [header, claims, ''],
    [signature, claims, header],
    [header, claims, signature, signature],
    [header, claims, claims],
    [header.toUpperCase(), claims, signature],
    [header, claims, signature.toLowerCase()],
  ].map((parts) => parts.join('.'));
}

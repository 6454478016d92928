import type { ByteRange } from './attachment.js';

/**
 * What a Range header (RFC 9110 §14.2) asks for of so many bytes: `none` if they have nothing of it. Several ranges, other
 * units and what cannot be read count for nothing, as if there were no such header.
 */
export function rangeOf(header: string | undefined, length: number): ByteRange | 'none' | undefined {
  const [, first, last] = /^bytes=[ \t]*(\d{0,15})-(\d{0,15})[ \t]*$/i.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '') return undefined;
  if (first === '') return suffix(Number(last), length);
  const [from, to] = [Number(first), last === '' ? length - 1 : Number(last)];
  if (last !== '' && to < from) return undefined;
  return from < length ? { from, to: Math.min(to, length - 1) } : 'none';
}

function suffix(bytes: number, length: number): ByteRange | 'none' {
  return bytes === 0 ? 'none' : { from: Math.max(0, length - bytes), to: length - 1 };
}

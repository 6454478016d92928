import { z } from 'zod';
import { type Bucket, isLimitId, type LimitId } from '../limits/limit-table.js';
import { isQuotaId, type QuotaId } from '../limits/quota-table.js';

const MIN_SECRET_BYTES = 32;

const commaList = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .transform((parts) => parts.filter((part) => part !== ''));

/** A secret of at least 256 bits, in base64url. */
export const secretBytes = z.string().transform((text, context) => {
  const bytes = Buffer.from(text.trim(), 'base64url');
  if (bytes.length < MIN_SECRET_BYTES)
    context.addIssue(`must be at least ${String(MIN_SECRET_BYTES)} bytes in base64url`);
  return bytes;
});

/** Of 32 random bytes some thirty differ. Zeros, one letter repeated, or counting up to ten are what somebody typed. */
const LEAST_DIFFERENT_BYTES = 16;

/** Whether a secret is long enough, but was not made at random. */
export function isMadeUp(secret: Buffer): boolean {
  return new Set(secret).size < LEAST_DIFFERENT_BYTES;
}

export interface SigningKey {
  readonly kid: string;
  readonly secret: Buffer;
}

export const signingKeys = commaList.transform((parts, context): readonly SigningKey[] => {
  const keys = parts.map((part) => {
    const [kid = '', secret = ''] = part.split(':');
    return { kid, secret: Buffer.from(secret, 'base64url') };
  });
  const bad = keys.some(({ kid, secret }) => !/^[\w.-]{1,32}$/.test(kid) || secret.length < MIN_SECRET_BYTES);
  const repeated = new Set(keys.map(({ kid }) => kid)).size !== keys.length;
  if (bad || repeated || keys.length === 0)
    context.addIssue(
      `must be kid:secret pairs with distinct kids and secrets of at least ${String(MIN_SECRET_BYTES)} bytes in base64url`,
    );
  return keys;
});

export const originList = commaList.transform((parts, context): readonly string[] => {
  for (const part of parts)
    // A pattern would parse, and then match nothing.
    if (!URL.canParse(part) || new URL(part).origin !== part || part.includes('*'))
      context.addIssue(`"${part}" is not an origin such as https://chat.example.org`);
  return parts;
});

export const proxyTrust = z.string().transform((text, context): false | readonly string[] => {
  if (text === 'off') return false;
  const parts = text.split(',').map((part) => part.trim());
  for (const part of parts)
    if (!/^[0-9a-fA-F.:]+(\/\d{1,3})?$/.test(part)) context.addIssue(`"${part}" is not an address or CIDR range`);
  return parts;
});

export const limitOverrides = commaList.transform((parts, context) => {
  const overrides: Partial<Record<LimitId, Bucket>> = {};
  for (const part of parts) {
    const match = /^(\w+)=(\d{1,9})\/(\d{1,9})$/.exec(part);
    const [, id = '', burst = '0', seconds = '0'] = match ?? [];
    if (!isLimitId(id) || Number(burst) < 1 || Number(seconds) < 1)
      context.addIssue(`"${part}" is not id=burst/seconds with a known id`);
    else overrides[id] = { burst: Number(burst), seconds: Number(seconds) };
  }
  return overrides;
});

export const quotaOverrides = commaList.transform((parts, context) => {
  const overrides: Partial<Record<QuotaId, number>> = {};
  for (const part of parts) {
    const [, id = '', number = '0'] = /^(\w+)=(\d{1,15})$/.exec(part) ?? [];
    if (!isQuotaId(id) || Number(number) < 1) context.addIssue(`"${part}" is not id=number with a known id`);
    else overrides[id] = Number(number);
  }
  return overrides;
});

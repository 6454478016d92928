import { createPrivateKey, type KeyObject } from 'node:crypto';
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

/** A secret of as many, which is shown as it is written here (RFC 6750). */
export const bearerSecret = z
  .string()
  .trim()
  .regex(/^[\w-]+$/, 'must be base64url')
  .refine((text) => Buffer.from(text, 'base64url').length >= MIN_SECRET_BYTES, {
    error: `must be at least ${String(MIN_SECRET_BYTES)} bytes in base64url`,
  });

/** Headers as OpenTelemetry has them in its settings. */
export const headerList = commaList.transform((parts, context) => {
  const headers: Record<string, string> = {};
  for (const part of parts) {
    const [, name, value] = /^([\w-]+)=([\x21-\x7e]+)$/.exec(part) ?? [];
    const decoded = value === undefined ? undefined : decodedText(value);
    if (name === undefined || decoded === undefined) context.addIssue('must be name=value pairs, percent-encoded');
    else headers[name] = decoded;
  }
  return headers;
});

function decodedText(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

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

/** The account by which the relay speaks to FCM. */
export interface ServiceAccount {
  readonly projectId: string;
  readonly clientEmail: string;
  /** Where it gets its access tokens. */
  readonly tokenUrl: string;
  readonly key: KeyObject;
  readonly keyId: string | undefined;
}

const serviceAccountFile = z.object({
  project_id: z.string().regex(/^[a-z0-9.:-]{1,64}$/),
  client_email: z.string().min(1),
  token_uri: z.url({ protocol: /^https?$/ }),
  private_key: z.string(),
  private_key_id: z.string().optional(),
});

export const serviceAccount = z.string().transform((text, context): ServiceAccount => {
  try {
    const account = serviceAccountFile.parse(JSON.parse(text));
    const { project_id: projectId, client_email: clientEmail, token_uri: tokenUrl, private_key_id: keyId } = account;
    return { projectId, clientEmail, tokenUrl, keyId, key: keyOfType('rsa', account.private_key) };
  } catch {
    context.addIssue(
      'must be the JSON file of a service account, with project_id, client_email, token_uri and private_key',
    );
    return z.NEVER;
  }
});

/** A private key of P-256 in PEM, as Apple hands them out. */
export const ellipticKey = z.string().transform((text, context): KeyObject => {
  try {
    return keyOfType('ec', text);
  } catch {
    context.addIssue('must be a private key of P-256 in PEM: the .p8 file as it is');
    return z.NEVER;
  }
});

function keyOfType(type: 'rsa' | 'ec', pem: string): KeyObject {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== type) throw new Error('a key of another type');
  if (type === 'ec' && key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('a key of another curve');
  return key;
}

export const appIds = commaList.transform((parts, context): readonly string[] => {
  for (const part of parts)
    if (!/^[A-Za-z0-9.-]{1,155}$/.test(part)) context.addIssue(`"${part}" is not the id of an app`);
  return parts;
});

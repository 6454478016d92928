import { IDENTITY_ALGORITHMS, IDENTITY_KEY_BYTES, type IdentityAlgorithm, LIMITS } from '#protocol';
import { InvalidRequest } from '../platform/errors/refusal.js';
import { Examples } from '../platform/http/examples.js';
import { Base64Url, Flag, Int, ListOf, OneOf, OpenEnum, Text, Time, Username, Uuid } from '../platform/http/fields.js';
import { PageDto } from '../platform/http/page.js';
import type { KeyDraft, KeyProof, OwnedKey } from './keys.service.js';

const HASH_BYTES = 32;
const MAX_VERSION = 2 ** 31 - 2;

/** Public keys of RFC 8032 §7.1, in examples. */
const FIRST_KEY = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
const SECOND_KEY = 'PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw';

@Examples<typeof UploadKeyDto>({
  first: { algorithm: 'ed25519', publicKey: FIRST_KEY },
  signed: {
    algorithm: 'ed25519',
    publicKey: SECOND_KEY,
    version: 1,
    signature: Buffer.alloc(LIMITS.signatureBytes, 'sealed').toString('base64url'),
  },
  reset: {
    algorithm: 'ed25519',
    publicKey: SECOND_KEY,
    version: 1,
    reset: true,
    authKey: Buffer.alloc(LIMITS.authKeyBytes, 'sealed').toString('base64url'),
  },
})
export class UploadKeyDto {
  @OneOf(IDENTITY_ALGORITHMS, { about: 'What the key is for; only `ed25519` keys can sign their successor.' })
  algorithm: IdentityAlgorithm;

  @Base64Url({
    about: 'The raw public key: 32 bytes, or the uncompressed point of 65 bytes for `p256`.',
    minBytes: Math.min(...Object.values(IDENTITY_KEY_BYTES)),
    maxBytes: Math.max(...Object.values(IDENTITY_KEY_BYTES)),
  })
  publicKey: string;

  @Int({
    about: 'The version that is to be replaced; absent for the first key.',
    min: 1,
    max: MAX_VERSION,
    optional: true,
  })
  version?: number;

  @Base64Url({
    about: 'By the current Ed25519 key over the new link (docs/protocol.md, “Identity keys”).',
    minBytes: LIMITS.signatureBytes,
    maxBytes: LIMITS.signatureBytes,
    optional: true,
  })
  signature?: string;

  @Flag({ about: 'Replaces the key without its signature. Everyone who knows the account is told.', optional: true })
  reset?: boolean;

  @Base64Url({
    about: 'The secret of the account, again; required for a reset.',
    minBytes: LIMITS.authKeyBytes,
    maxBytes: LIMITS.authKeyBytes,
    optional: true,
  })
  authKey?: string;
}

@Examples<typeof IdentityKeyDto>({
  first: {
    accountId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11',
    username: 'ada',
    algorithm: 'ed25519',
    publicKey: FIRST_KEY,
    fingerprint: '21fe31dfa154a261626bf854046fd2271b7bed4b6abe45aa58877ef47f9721b9',
    version: 1,
    prevHash: Buffer.alloc(HASH_BYTES).toString('base64url'),
    signature: null,
    createdAt: '2026-11-22T09:30:00.000Z',
  },
})
export class IdentityKeyDto {
  @Uuid({ about: 'The account, as its links name it.' })
  accountId: string;

  @Username({ about: 'Whose key it is.' })
  username: string;

  @OpenEnum(IDENTITY_ALGORITHMS, { about: 'What the key is for.' })
  algorithm: IdentityAlgorithm;

  @Base64Url({ about: 'The raw public key.', maxBytes: Math.max(...Object.values(IDENTITY_KEY_BYTES)) })
  publicKey: string;

  @Text({
    about: 'SHA-256 of the raw public key, in hex.',
    min: 64,
    max: 64,
    pattern: '^[0-9a-f]{64}$',
    example: 'ab'.repeat(32),
  })
  fingerprint: string;

  @Int({ about: '1 for the first key of the account, and one more with each that replaced it.', min: 1 })
  version: number;

  @Base64Url({ about: 'SHA-256 of the link before; zeros for version 1.', minBytes: HASH_BYTES, maxBytes: HASH_BYTES })
  prevHash: string;

  @Base64Url({
    about: 'By the key before, over this link; null for version 1 and after a reset.',
    minBytes: LIMITS.signatureBytes,
    maxBytes: LIMITS.signatureBytes,
    nullable: true,
  })
  signature: string | null;

  @Time({ about: 'When it was uploaded.' })
  createdAt: string;
}

export class KeyHistoryDto extends PageDto {
  @ListOf(() => IdentityKeyDto, {
    about: 'Oldest first: each link holds the hash of the one before.',
    max: LIMITS.pageItems,
  })
  items: IdentityKeyDto[];
}

export function toKeyDraft({ algorithm, publicKey, version, ...proof }: UploadKeyDto): KeyDraft {
  return { algorithm, publicKey: Buffer.from(publicKey, 'base64url'), version, proof: toKeyProof(proof) };
}

function toKeyProof({ signature, reset, authKey }: Pick<UploadKeyDto, 'signature' | 'reset' | 'authKey'>): KeyProof {
  const isReset = reset === true;
  if (isReset && signature !== undefined)
    throw new InvalidRequest([{ path: '/signature', message: 'must be absent in a reset' }]);
  if (isReset !== (authKey !== undefined))
    throw new InvalidRequest([{ path: '/authKey', message: 'goes with a reset, and only with one' }]);
  if (signature !== undefined) return { kind: 'signature', signature: Buffer.from(signature, 'base64url') };
  return authKey === undefined ? { kind: 'none' } : { kind: 'reset', authKey: Buffer.from(authKey, 'base64url') };
}

export function toIdentityKeyDto({ username, key }: OwnedKey): IdentityKeyDto {
  return {
    accountId: key.accountId,
    username,
    algorithm: key.algorithm,
    publicKey: key.publicKey.toString('base64url'),
    fingerprint: key.fingerprint.toString('hex'),
    version: key.version,
    prevHash: key.prevHash.toString('base64url'),
    signature: key.signature?.toString('base64url') ?? null,
    createdAt: key.createdAt.toISOString(),
  };
}

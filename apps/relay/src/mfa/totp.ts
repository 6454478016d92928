import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { generateSecret, generateURI, verify } from 'otplib';
import type { AccountId, FactorId } from '#protocol';
import type { TotpFactor } from './factor.js';

const KEY_LABEL = 'sealpost totp secret 1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** A code is good in the half minute before and after its own: for slow typing, and clocks that differ. */
const TOLERANCE_SECONDS = 30;

/** Whose secret it is: what was sealed for one opens for no other. */
export interface TotpOwner {
  readonly id: FactorId;
  readonly accountId: AccountId;
}

/** A secret of 160 bits in base32, as RFC 4226 §4 recommends. */
export function newTotpSecret(): string {
  return generateSecret();
}

/** What authenticator apps read, also as a QR code. */
export function totpUri(secret: string, { username, host }: { username: string; host: string }): string {
  return generateURI({ issuer: 'Sealpost', label: `${username}@${host}`, secret });
}

/** The key that secrets are stored under, derived from the server's own: the database alone yields no code. */
export function totpKeyFrom(serverSecret: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', serverSecret, '', KEY_LABEL, 32));
}

/** AES-256-GCM, with the owner as associated data. */
export function sealTotpSecret(key: Buffer, owner: TotpOwner, secret: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aadOf(owner));
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** @throws {Error} unless it was sealed for this owner under this key. */
export function openTotpSecret(key: Buffer, owner: TotpOwner, sealed: Buffer): string {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(aadOf(owner));
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}

/**
 * The time step that a code is of (RFC 6238), unless it is none, or not after the last one that was taken.
 * @param at by the clock of the relay.
 */
export async function stepOf(
  code: string,
  { secret, lastStep, at }: { secret: string; lastStep: TotpFactor['lastStep']; at: Date },
): Promise<number | undefined> {
  const epoch = Math.floor(at.getTime() / 1000);
  const result = await verify({ secret, token: code, epoch, epochTolerance: TOLERANCE_SECONDS });
  if (!result.valid || !('timeStep' in result)) return undefined;
  return lastStep !== null && result.timeStep <= lastStep ? undefined : result.timeStep;
}

function aadOf({ id, accountId }: TotpOwner): Buffer {
  return Buffer.from(`${accountId}|${id}`);
}

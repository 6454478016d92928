import { type DeviceIdentity, deviceIdentityBytes } from '#protocol';
import type { SigningKey } from '../device-lists.js';
import type { Bytes } from '../sealing.js';

/** The device that an engine works for. */
export interface MlsDevice extends DeviceIdentity {
  /** Raw Ed25519, as it stands on the account's list of devices: 32 bytes. */
  readonly signatureKey: Bytes;
  /** Its private half; it need not be extractable. */
  readonly signingKey: SigningKey;
}

/** With which a device signs its leaves, key packages, commits and messages (RFC 9420 §5.1). */
export interface DeviceKeys {
  /** Raw Ed25519: 32 bytes. */
  readonly signatureKey: Bytes;
  /** PKCS #8 (RFC 8410 §7): to be stored encrypted, and used through {@link importSigningKey}. */
  readonly privateKey: Bytes;
}

/** Makes a device's keys: once, when it is enrolled. */
export async function newDeviceKeys(): Promise<DeviceKeys> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('Ed25519 has pairs of keys.');
  const [signatureKey, privateKey] = await Promise.all([
    crypto.subtle.exportKey('raw', pair.publicKey),
    crypto.subtle.exportKey('pkcs8', pair.privateKey),
  ]);
  return { signatureKey: new Uint8Array(signatureKey), privateKey: new Uint8Array(privateKey) };
}

/**
 * A private key as it was stored, for signing only: it cannot be exported again.
 * @throws {DOMException} when the bytes are no such key.
 */
export async function importSigningKey(privateKey: Bytes): Promise<SigningKey> {
  return crypto.subtle.importKey('pkcs8', privateKey, 'Ed25519', false, ['sign']);
}

/** What stands in the device's leaves about whose they are. */
export function credentialOf(device: DeviceIdentity) {
  return { credentialType: 'basic' as const, identity: deviceIdentityBytes(device) };
}

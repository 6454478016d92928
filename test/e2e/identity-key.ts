import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { identityLinkBytes, type IdentityLink } from '#protocol';
import { type TestRelay, TestUser } from '#testing';

export interface SigningKey {
  readonly raw: Buffer;
  readonly privateKey: KeyObject;
}

/** A key as the relay shows it. */
export interface ShownKey {
  readonly accountId: string;
  readonly username: string;
  readonly algorithm: IdentityLink['algorithm'];
  readonly publicKey: string;
  readonly fingerprint: string;
  readonly version: number;
  readonly prevHash: string;
  readonly signature: string | null;
  readonly createdAt: string;
}

export function newKey(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { raw: publicKey.export({ type: 'spki', format: 'der' }).subarray(-32), privateKey };
}

export const encode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
export const decode = (text: string): Buffer => Buffer.from(text, 'base64url');
export const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

export const linkOf = (key: ShownKey): IdentityLink => ({
  ...key,
  publicKey: decode(key.publicKey),
  prevHash: decode(key.prevHash),
});

/** The body that replaces a key by the next one, signed as it should be. */
export function rotation(current: ShownKey, by: SigningKey, next: SigningKey): Record<string, unknown> {
  const signature = encode(sign(null, identityLinkBytes(linkAfter(current, next.raw)), by.privateKey));
  return { algorithm: 'ed25519', publicKey: encode(next.raw), version: current.version, signature };
}

/** Somebody who has uploaded a first key. */
export async function withKey(
  relay: Pick<TestRelay, 'url'>,
): Promise<{ user: TestUser; key: SigningKey; shown: ShownKey }> {
  const user = await TestUser.register(relay);
  const key = newKey();
  const { body } = await user.request('PUT', '/keys/me', { algorithm: 'ed25519', publicKey: encode(key.raw) });
  return { user, key, shown: body };
}

export async function historyOf(user: TestUser): Promise<ShownKey[]> {
  const { body } = await user.request('GET', `/keys/${user.username}/history`);
  return body.items;
}

function linkAfter(key: ShownKey, publicKey: Buffer): IdentityLink {
  const prevHash = sha256(identityLinkBytes(linkOf(key)));
  return { accountId: key.accountId, version: key.version + 1, algorithm: 'ed25519', publicKey, prevHash };
}

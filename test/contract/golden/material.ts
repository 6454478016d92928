import { createCipheriv, createHash, createPrivateKey, sign } from 'node:crypto';

export type Bytes = Uint8Array<ArrayBuffer>;

export const hex = (text: string): Bytes => Uint8Array.from(Buffer.from(text, 'hex'));
export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
/** 0, 1, 2 … */
export const numbered = (length: number, from = 0): Bytes =>
  Uint8Array.from({ length }, (_none, n) => (from + n) & 0xff);
export const sha256 = (bytes: Uint8Array): Bytes => Uint8Array.from(createHash('sha256').update(bytes).digest());

/** Ids that are easy to tell apart: `a` for accounts, `c` for conversations, `d` for devices … */
export function uuid(kind: string, n: number): string {
  return `0198c5a0-3f4e-7d3a-8b58-${kind}${n.toString(16).padStart(11, '0')}`;
}

/** PKCS #8 of a raw private key (RFC 8410 §7), up to the key. */
const PKCS8 = { ed25519: '302e020100300506032b657004220420', x25519: '302e020100300506032b656e04220420' };

export function pkcs8(algorithm: keyof typeof PKCS8, raw: Uint8Array): Bytes {
  return hex(PKCS8[algorithm] + hexOf(raw));
}

/** The keys of RFC 8032 §7.1, tests 1 and 2. */
export const KEYS = {
  ada: {
    publicKey: hex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'),
    pkcs8: pkcs8('ed25519', hex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60')),
  },
  bob: {
    publicKey: hex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'),
    pkcs8: pkcs8('ed25519', hex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb')),
  },
};

/** Ed25519 signs the same bytes always alike. */
export function signed(bytes: Uint8Array, privateKey: Bytes): Bytes {
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
  return Uint8Array.from(sign(null, bytes, key));
}

/** As `seal` does it, with a nonce that is given: by Node's own AES. */
export function sealedBy(
  { key, additionalData }: { key: Bytes; additionalData: Bytes },
  content: Bytes,
  nonce: Bytes,
): Bytes {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(additionalData);
  const ciphertext = Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
  return Uint8Array.from([1, ...nonce, ...ciphertext]);
}

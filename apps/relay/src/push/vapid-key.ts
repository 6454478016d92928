import { createECDH, createPrivateKey, type ECDH, hkdfSync, type KeyObject } from 'node:crypto';

export interface VapidKey {
  readonly privateKey: KeyObject;
  /** A point of P-256, uncompressed, 65 bytes: what browsers call the key of the application server. */
  readonly publicKey: Buffer;
}

const CURVE = 'prime256v1';
const KEY_LABEL = 'sealpost vapid key 1';
const MOST_ATTEMPTS = 8;

/**
 * The key by which push services know this relay (RFC 8292), derived from the server's secret: every relay of a server has
 * the same one, and a browser's subscription goes on after a restart. Another secret is another key, for which browsers
 * subscribe anew.
 */
export function vapidKeyFrom(serverSecret: Buffer): VapidKey {
  const ecdh = createECDH(CURVE);
  setKey(ecdh, serverSecret);
  const publicKey = ecdh.getPublicKey();
  const text = (bytes: Buffer): string => bytes.toString('base64url');
  const point = { x: text(publicKey.subarray(1, 33)), y: text(publicKey.subarray(33)) };
  const jwk = { kty: 'EC', crv: 'P-256', ...point, d: text(padded(ecdh.getPrivateKey())) };
  return { privateKey: createPrivateKey({ key: jwk, format: 'jwk' }), publicKey };
}

/** A key is a number below the order of the curve. All but one in 2^32 are; after one that is not, the next is tried. */
function setKey(ecdh: ECDH, serverSecret: Buffer): void {
  for (let attempt = 0; ; attempt++) {
    try {
      ecdh.setPrivateKey(Buffer.from(hkdfSync('sha256', serverSecret, '', `${KEY_LABEL} ${String(attempt)}`, 32)));
      return;
    } catch (error) {
      if (attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

/** Node leaves out leading zeros, which a JWK must have. */
function padded(scalar: Buffer): Buffer {
  return Buffer.concat([Buffer.alloc(32 - scalar.length), scalar]);
}

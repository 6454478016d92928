import { createECDH, createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import { encrypt } from 'http_ece';
import { waitOf } from './outbound-http.js';
import { vapidKeyFrom } from './vapid-key.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');

describe('the encryption of Web Push', () => {
  it('is that of RFC 8291, appendix A', () => {
    const privateKey = createECDH('prime256v1');
    privateKey.setPrivateKey(bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'));
    const body = encrypt(Buffer.from('When I grow up, I want to be a watermelon'), {
      version: 'aes128gcm',
      privateKey,
      dh: bytes('BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4'),
      authSecret: bytes('BTBZMqHH6r4Tts7J_aSIgg'),
      salt: bytes('DGv6ra1nlYgDCS1FRnbzlw'),
    });
    expect(body.toString('base64url')).toBe(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    );
  });
});

describe('the key by which push services know the relay', () => {
  it('follows from the secret of the server, and from nothing else', () => {
    const secret = randomBytes(32);
    const key = vapidKeyFrom(secret);
    expect(vapidKeyFrom(secret).publicKey).toEqual(key.publicKey);
    expect(vapidKeyFrom(randomBytes(32)).publicKey).not.toEqual(key.publicKey);
    // The one that browsers subscribed for yesterday is the one of tomorrow.
    expect(vapidKeyFrom(Buffer.alloc(32, 7)).publicKey.toString('base64url')).toMatchInlineSnapshot(
      `"BN_fM72n0B_970lBQLxJThoQMwPZzxQF6MhXAzt2hM2SfLnd1T22FZYpa6FOPkzNyCRQ_4q6X0fxWBMhExXLjHM"`,
    );
  });

  it('signs what its public half verifies', () => {
    for (let secret = 0; secret < 300; secret++) {
      const { privateKey, publicKey } = vapidKeyFrom(Buffer.alloc(32, secret % 256).fill(secret >> 8, 0, 1));
      const half = (from: number) => publicKey.subarray(from, from + 32).toString('base64url');
      const jwk = { kty: 'EC', crv: 'P-256', x: half(1), y: half(33) };
      const signature = sign('sha256', Buffer.from('x'), privateKey);
      expect(verify('sha256', Buffer.from('x'), createPublicKey({ key: jwk, format: 'jwk' }), signature)).toBe(true);
    }
  });
});

describe('Retry-After', () => {
  const nowMs = Date.parse('2026-11-22T09:30:00Z');
  it.each([
    ['120', 120_000],
    ['0', 0],
    ['Sun, 22 Nov 2026 09:31:00 GMT', 60_000],
    ['Sun, 22 Nov 2026 09:29:00 GMT', 0],
    ['soon', undefined],
    ['-5', 0],
    [undefined, undefined],
  ])('%j is %j', (header, waitMs) => {
    expect(waitOf(header, nowMs)).toBe(waitMs);
  });
});

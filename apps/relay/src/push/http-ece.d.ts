/** The part of the package that is used; it comes without types. */
declare module 'http_ece' {
  import type { ECDH } from 'node:crypto';

  interface WebPushParameters {
    readonly version: 'aes128gcm';
    /** Of the sender, made for one message. */
    readonly privateKey: ECDH;
    /** Public key of the receiver. */
    readonly dh: Buffer;
    readonly authSecret: Buffer;
    /** 16 bytes; random if left out. */
    readonly salt?: Buffer;
  }

  export function encrypt(plaintext: Buffer, parameters: WebPushParameters): Buffer;
}

/** Version of the wire contract; every HTTP reply carries it in `Sealpost-Protocol`, every handshake in `protocol`. */
export const PROTOCOL_VERSION = '1';

/** Response header that names {@link PROTOCOL_VERSION}. */
export const PROTOCOL_HEADER = 'sealpost-protocol';

/** Header a browser must add to requests that are authorised by the refresh cookie (a cross-site form cannot set it). */
export const CSRF_HEADER = 'sealpost-csrf';

/** Version of the wire contract; every HTTP reply carries it in `Sealpost-Protocol`, every handshake in `protocol`. */
export const PROTOCOL_VERSION = '1';

/** The versions of the wire contract that are spoken, first and last. A client that names none is taken to speak 1. */
export const PROTOCOL_RANGE = { min: 1, max: 1 } as const;

/** Header that names {@link PROTOCOL_VERSION} in every reply; clients may name theirs in it, too. */
export const PROTOCOL_HEADER = 'sealpost-protocol';

/** Header a browser must add to requests that are authorised by the refresh cookie (a cross-site form cannot set it). */
export const CSRF_HEADER = 'sealpost-csrf';

/** Whether a version that a client named is spoken. Anything but its plain decimal form is none. */
export function isSpokenProtocol(version: unknown): boolean {
  if (typeof version !== 'string' || !/^[1-9]\d{0,3}$/.test(version)) return false;
  return Number(version) >= PROTOCOL_RANGE.min && Number(version) <= PROTOCOL_RANGE.max;
}

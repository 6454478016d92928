/** A challenge that nobody was given. */
const CHALLENGE = 'A'.repeat(43);
const BYTES = 'c2VhbGVk';

/** What an authenticator might have signed, as far as its form goes. */
export const ASSERTION = {
  credentialId: BYTES,
  clientDataJSON: BYTES,
  authenticatorData: 'A'.repeat(50),
  signature: BYTES,
  userHandle: BYTES,
};

/** A body for every operation of second factors, well formed and about nothing. */
export function mfaBodies(authKey: string): Record<string, Record<string, unknown>> {
  const device = { name: 'Laptop' };
  const proof = { kind: 'totp', code: '000000' };
  return {
    beginTotp: { authKey, name: 'Phone' },
    confirmTotp: { code: '000000' },
    beginPasskey: { authKey },
    addPasskey: {
      challenge: CHALLENGE,
      name: 'Key',
      credentialId: BYTES,
      clientDataJSON: BYTES,
      attestationObject: BYTES,
    },
    removeFactor: { authKey },
    renewRecoveryCodes: { authKey },
    stepUp: { challenge: CHALLENGE, proof },
    finishSignIn: { challenge: CHALLENGE, proof, device, transport: 'body', trustDevice: true },
    signInByPasskey: { challenge: CHALLENGE, assertion: ASSERTION, device, transport: 'body' },
  };
}

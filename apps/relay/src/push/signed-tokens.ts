import type { KeyObject } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';

/** With none of the keys of the relay's own access tokens. */
const jwt = new JwtService({});

interface Signer {
  readonly key: KeyObject;
  readonly algorithm: 'ES256' | 'RS256';
  readonly keyid?: string;
}

/** A JSON Web Token by which a push service knows who calls. It says what the claims say and nothing else. */
export function signedToken(claims: object, { key, algorithm, keyid }: Signer): string {
  const header = { alg: algorithm, ...(keyid === undefined ? {} : { kid: keyid }) };
  return jwt.sign(claims, { privateKey: key, algorithm, header, noTimestamp: !('iat' in claims) });
}

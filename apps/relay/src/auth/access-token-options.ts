import { createSecretKey, type KeyObject } from 'node:crypto';
import { type JwtModuleOptions, JwtSecretRequestType } from '@nestjs/jwt';
import { z } from 'zod';
import type { Config } from '../platform/config/config.js';

const ALGORITHM = 'HS256';
const PARTIES = { issuer: 'sealpost', audience: 'sealpost-api' };
/** Relays' clocks may differ by so much. */
const TOLERANCE_SECONDS = 5;

const header = z.object({ kid: z.string() });

/**
 * How access tokens are signed and checked. Keys are KeyObjects: given as text, a key would be prepared anew for each
 * token, at sixty times the cost. The algorithm is ours to choose, never the token's.
 */
export function accessTokenOptions(config: Config): JwtModuleOptions {
  const keys = new Map((config.JWT_KEYS ?? []).map(({ kid, secret }) => [kid, createSecretKey(secret)]));
  const [newest] = keys;
  if (newest === undefined) throw new Error('access tokens need JWT_KEYS');
  const [keyid, signingKey] = newest;
  return {
    secretOrKeyProvider: (type, token) => (type === JwtSecretRequestType.SIGN ? signingKey : keyFor(token, keys)),
    signOptions: { algorithm: ALGORITHM, keyid, ...PARTIES },
    verifyOptions: { algorithms: [ALGORITHM], clockTolerance: TOLERANCE_SECONDS, ...PARTIES },
  };
}

/** Chosen among our own keys by `kid`; whatever else the header says about keys (`jwk`, `jku`, `x5u`) is not looked at. */
function keyFor(token: unknown, keys: ReadonlyMap<string, KeyObject>): KeyObject {
  const [head = ''] = z.string().parse(token).split('.', 1);
  const { kid } = header.parse(JSON.parse(Buffer.from(head, 'base64url').toString()));
  const key = keys.get(kid);
  if (key === undefined) throw new Error('signed with a key that is none of ours');
  return key;
}

import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { hasErrorCode } from '../database/embedded/error-code.js';
import type { Config } from './config.js';
import { secretBytes, signingKeys } from './setting-types.js';

interface DatabaseUrls {
  readonly ownerUrl: string;
  readonly applicationUrl: string;
}

const secretsFile = z.object({ jwtKeys: signingKeys, serverSecret: secretBytes });

/** Fills what the operator left out: the embedded database, and secrets made at the first start and kept beside it. */
export function completeConfig(config: Config, embedded: DatabaseUrls | undefined): Config {
  const urls =
    embedded === undefined ? {} : { DATABASE_URL: embedded.applicationUrl, MIGRATION_DATABASE_URL: embedded.ownerUrl };
  if (config.JWT_KEYS !== undefined && config.SERVER_SECRET !== undefined) return Object.freeze({ ...config, ...urls });
  const { jwtKeys, serverSecret } = generatedSecrets(config.DATA_DIR);
  return Object.freeze({
    ...config,
    ...urls,
    JWT_KEYS: config.JWT_KEYS ?? jwtKeys,
    SERVER_SECRET: config.SERVER_SECRET ?? serverSecret,
  });
}

function generatedSecrets(directory: string): z.output<typeof secretsFile> {
  const file = join(directory, 'secrets.json');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const secret = (): string => randomBytes(32).toString('base64url');
  const fresh = JSON.stringify({ jwtKeys: `k1:${secret()}`, serverSecret: secret() });
  try {
    // `wx` fails when the file exists, so two starts at once agree on one set.
    writeFileSync(file, fresh, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!hasErrorCode(error, 'EEXIST')) throw error;
  }
  return secretsFile.parse(JSON.parse(readFileSync(file, 'utf8')));
}

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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

/** The secrets of a relay as they are kept in its folder; `undefined` where it has none yet, and would make them. */
export function secretsText(config: Config): string | undefined {
  const isGiven = config.JWT_KEYS !== undefined && config.SERVER_SECRET !== undefined;
  if (!isGiven && !existsSync(fileIn(config.DATA_DIR))) return undefined;
  const { JWT_KEYS: keys = [], SERVER_SECRET: secret } = completeConfig(config, undefined);
  const jwtKeys = keys.map((key) => `${key.kid}:${key.secret.toString('base64url')}`).join(',');
  return JSON.stringify({ jwtKeys, serverSecret: secret?.toString('base64url') });
}

/** Puts secrets where a relay keeps those it makes, unless some are there. @returns whether it did. @throws when they are none. */
export function keepSecrets(directory: string, text: string): boolean {
  secretsFile.parse(JSON.parse(text));
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return writeNew(fileIn(directory), text);
}

function generatedSecrets(directory: string): z.output<typeof secretsFile> {
  const file = fileIn(directory);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const secret = (): string => randomBytes(32).toString('base64url');
  const fresh = JSON.stringify({ jwtKeys: `k1:${secret()}`, serverSecret: secret() });
  writeNew(file, fresh);
  return secretsFile.parse(JSON.parse(readFileSync(file, 'utf8')));
}

function fileIn(directory: string): string {
  return join(directory, 'secrets.json');
}

/** @returns whether there was none before: `wx` fails when the file exists, so two starts at once agree on one set. */
function writeNew(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { mode: 0o600, flag: 'wx', flush: true });
    return true;
  } catch (error) {
    if (!hasErrorCode(error, 'EEXIST')) throw error;
    return false;
  }
}

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../platform/clock/clock.js';
import type { Config } from '../platform/config/config.js';
import { isMadeUp } from '../platform/config/setting-types.js';
import { fail, type Finding, ok, warn } from './finding.js';

const DAY_MS = 86_400_000;
const DAYS_OF_A_KEY = 365;

/** Looks at what the relay signs with, and what it is kept in. @param keyFile of JWT_KEYS, if a file of its own holds them. */
export async function examineSecrets(config: Config, keyFile: string | undefined, clock: Clock): Promise<Finding[]> {
  const { JWT_KEYS: keys = [], SERVER_SECRET: secret, DATA_DIR } = config;
  const given = [...keys.map((key) => key.secret), ...(secret === undefined ? [] : [secret])];
  const findings = [
    given.some(isMadeUp)
      ? fail('secrets', 'JWT_KEYS or SERVER_SECRET was not made at random: make it with `openssl rand -base64 32`')
      : ok('secrets', config.JWT_KEYS === undefined ? `the relay keeps its own in ${DATA_DIR}` : 'made at random'),
  ];
  const generated = ['secrets.json', 'postgres-secrets.json'].map((name) => join(DATA_DIR, name));
  for (const file of generated) findings.push(...(await examineMode(file)));
  findings.push(...(await examineAge(keyFile ?? (config.JWT_KEYS === undefined ? generated[0] : undefined), clock)));
  return findings;
}

async function examineMode(file: string): Promise<Finding[]> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return [];
  const isOpen = (found.mode & 0o077) !== 0;
  return [
    isOpen ? fail('secrets', `others may read ${file}: chmod 600`) : ok('secrets', `only its owner reads ${file}`),
  ];
}

/** A key in the environment does not say when it was made. */
async function examineAge(file: string | undefined, clock: Clock): Promise<Finding[]> {
  const found = file === undefined ? undefined : await stat(file).catch(() => undefined);
  if (found === undefined) return [];
  const days = Math.floor((clock.millis() - found.mtimeMs) / DAY_MS);
  const says = `JWT_KEYS were changed ${String(days)} days ago`;
  return [
    days > DAYS_OF_A_KEY ? warn('age of keys', `${says}: rotate them (docs/operations.md)`) : ok('age of keys', says),
  ];
}

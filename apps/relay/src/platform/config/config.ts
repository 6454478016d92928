import { readFileSync } from 'node:fs';
import { isMadeUp } from './setting-types.js';
import { SETTINGS, type SettingName, type Settings } from './settings.js';

/** Injection token of the validated, frozen configuration: `@Inject(CONFIG) config: Config`. */
export const CONFIG = Symbol('CONFIG');
export type Config = Settings;

/** All mistakes of a configuration at once, each by the name of its setting; never a value, which may be a secret. */
export class ConfigMistakes extends Error {
  constructor(readonly mistakes: readonly string[]) {
    super(`Configuration is not valid:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
    this.name = 'ConfigMistakes';
  }
}

/**
 * Reads the configuration from environment variables.
 * @throws {ConfigMistakes} naming every setting that is wrong.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Settings {
  const mistakes: string[] = [];
  const values: Record<string, unknown> = {};
  for (const name of settingNames()) {
    const parsed = SETTINGS[name].schema.safeParse(rawValue(name, environment, mistakes));
    if (parsed.success) values[name] = parsed.data;
    else mistakes.push(...parsed.error.issues.map((issue) => `${name}: ${issue.message}`));
  }
  // The loop above filled every name from its own schema.
  const settings = values as unknown as Settings;
  if (mistakes.length === 0) mistakes.push(...contradictions(settings));
  if (mistakes.length > 0) throw new ConfigMistakes(mistakes);
  return Object.freeze(settings);
}

export function settingNames(): SettingName[] {
  return Object.keys(SETTINGS) as SettingName[];
}

/** The file that holds a setting, if one does. */
export function secretFile(name: SettingName, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const file = 'secret' in SETTINGS[name] ? environment[`${name}_FILE`] : undefined;
  return file === '' ? undefined : file;
}

function rawValue(name: SettingName, environment: NodeJS.ProcessEnv, mistakes: string[]): string | undefined {
  const direct = environment[name];
  if (direct !== undefined && direct !== '') return direct;
  const file = secretFile(name, environment);
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    mistakes.push(`${name}_FILE: the file cannot be read`);
    return undefined;
  }
}

function contradictions(settings: Settings): string[] {
  const found: string[] = [];
  const isLoopback = ['127.0.0.1', '::1', 'localhost'].includes(settings.HOST);
  if (settings.NODE_ENV === 'production') found.push(...weakSecrets(settings));
  else if (!isLoopback) found.push('HOST: only a loopback address may be used unless NODE_ENV=production');
  if (settings.MIGRATION_DATABASE_URL !== undefined && settings.DATABASE_URL === undefined)
    found.push('MIGRATION_DATABASE_URL: needs DATABASE_URL beside it');
  if ((settings.S3_ACCESS_KEY_ID === undefined) !== (settings.S3_SECRET_ACCESS_KEY === undefined))
    found.push('S3_ACCESS_KEY_ID: goes with S3_SECRET_ACCESS_KEY, both or neither');
  if (settings.BUS === 'redis' && settings.REDIS_URL === undefined) found.push('BUS: redis needs REDIS_URL beside it');
  if (settings.BUS === 'off' && settings.WORKERS > 1) found.push('BUS: several WORKERS need one');
  const apns = [settings.APNS_KEY, settings.APNS_KEY_ID, settings.APNS_TEAM_ID, settings.APNS_TOPICS[0]];
  if (new Set(apns.map((setting) => setting === undefined)).size > 1)
    found.push('APNS_KEY: goes with APNS_KEY_ID, APNS_TEAM_ID and APNS_TOPICS, all or none');
  return found;
}

/** Whoever knows a secret of the relay can be anybody towards it: in production none may be missing, or be easy to guess. */
function weakSecrets({ JWT_KEYS, SERVER_SECRET, METRICS_TOKEN }: Settings): string[] {
  const secrets = {
    JWT_KEYS: JWT_KEYS?.map(({ secret }) => secret),
    SERVER_SECRET: SERVER_SECRET === undefined ? undefined : [SERVER_SECRET],
    // May be missing: then nobody is somebody by it.
    METRICS_TOKEN: METRICS_TOKEN === undefined ? [] : [Buffer.from(METRICS_TOKEN, 'base64url')],
  };
  return Object.entries(secrets).flatMap(([name, given]) => {
    if (given === undefined) return [`${name}: is required in production`];
    return given.some(isMadeUp) ? [`${name}: must be made at random in production`] : [];
  });
}

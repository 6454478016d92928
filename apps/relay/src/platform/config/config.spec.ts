import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigMistakes, readConfig, settingNames } from './config.js';
import { completeConfig } from './generated-secrets.js';

const SECRET = Buffer.alloc(32, 7).toString('base64url');
const RANDOM = randomBytes(32).toString('base64url');
const PRODUCTION = { NODE_ENV: 'production', JWT_KEYS: `k1:${RANDOM}`, SERVER_SECRET: RANDOM };

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sealpost-config-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function fileWith(content: string): string {
  const file = join(directory, `secret-${String(content.length)}`);
  writeFileSync(file, content);
  return file;
}

function mistakesOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigMistakes) return [...error.mistakes];
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('needs nothing to be set, and then is for this machine only', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      PORT: 3000,
      TRUST_PROXY: false,
      CORS_ORIGINS: [],
    });
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.keys(config).sort()).toEqual(settingNames().sort());
  });

  it('takes an empty value for none, as docker-compose passes what is not set', () => {
    expect(readConfig(Object.fromEntries(settingNames().map((name) => [name, ''])))).toEqual(readConfig({}));
  });

  it('reports all mistakes at once, each by the name of its setting', () => {
    const wrong = {
      NODE_ENV: 'prod',
      PORT: '70000',
      PUBLIC_URL: 'ftp://example.org',
      CORS_ORIGINS: 'https://a.example,https://b.example/path',
      TRUST_PROXY: 'on',
      DATABASE_URL: 'mysql://localhost/x',
      DATABASE_POOL_SIZE: '100',
      JWT_KEYS: 'short',
      SERVER_SECRET: 'short',
      REDIS_URL: 'http://localhost',
      LIMITS: 'messages=0/1,unknown=1/1,messages=many',
      QUOTAS: 'cats=1',
      LOG_LEVEL: 'loud',
      API_DOCS: 'maybe',
      METRICS_TOKEN: 'short',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318',
      OTEL_EXPORTER_OTLP_HEADERS: 'no pairs',
      OTEL_TRACES_SAMPLER_ARG: '2',
      RETENTION_MAX_DAYS: '0',
      RETENTION_DELIVERED: 'never',
      RETENTION_DELIVERED_HOURS: '-1',
      ACCOUNT_DELETION_GRACE_DAYS: '91',
    };
    const names = mistakesOf(wrong).map((mistake) => mistake.split(':')[0]);
    expect([...new Set(names)].sort()).toEqual(Object.keys(wrong).sort());
    expect(names.filter((name) => name === 'LIMITS')).toHaveLength(3);
  });

  it('shows every mistake to the operator, a line each', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(
      /^Configuration is not valid:\n {2}PORT: .+\n {2}LOG_LEVEL: .+$/,
    );
  });

  it('never quotes a secret', () => {
    const secrets = ['JWT_KEYS', 'SERVER_SECRET', 'METRICS_TOKEN', 'OTEL_EXPORTER_OTLP_HEADERS'].concat([
      'DATABASE_URL',
      'MIGRATION_DATABASE_URL',
      'REDIS_URL',
    ]);
    const environment = Object.fromEntries(secrets.map((name) => [name, 'swordfish']));
    const mistakes = mistakesOf(environment);
    expect(mistakes).toHaveLength(secrets.length);
    expect(mistakes.join()).not.toContain('swordfish');
  });

  it.each([
    ['NODE_ENV=production needs lasting secrets', { NODE_ENV: 'production' }, ['JWT_KEYS', 'SERVER_SECRET']],
    [
      'a token for metrics is made at random',
      { ...PRODUCTION, METRICS_TOKEN: Buffer.alloc(32, 7).toString('base64url') },
      ['METRICS_TOKEN'],
    ],
    ['other than the loopback needs production', { HOST: '0.0.0.0' }, ['HOST']],
    ['an owner needs a database', { MIGRATION_DATABASE_URL: 'postgres://o@h/d' }, ['MIGRATION_DATABASE_URL']],
  ])('finds contradictions: %s (C-71)', (_rule, environment, names) => {
    expect(mistakesOf(environment).map((mistake) => mistake.split(':')[0])).toEqual(names);
  });

  it('in production may listen on any address', () => {
    expect(readConfig({ ...PRODUCTION, HOST: '0.0.0.0' }).HOST).toBe('0.0.0.0');
  });
});

describe('a secret', () => {
  it('can be given by the name of a file, without the line break at its end', () => {
    const config = readConfig({
      SERVER_SECRET_FILE: fileWith(`${SECRET}\n`),
      JWT_KEYS_FILE: fileWith(`k1:${SECRET}\r\n`),
    });
    expect([config.SERVER_SECRET, config.JWT_KEYS?.[0]?.secret]).toEqual([Buffer.alloc(32, 7), Buffer.alloc(32, 7)]);
  });

  it('that is given directly counts more than the file', () => {
    const other = Buffer.alloc(40, 1);
    expect(
      readConfig({ SERVER_SECRET: other.toString('base64url'), SERVER_SECRET_FILE: '/nowhere' }).SERVER_SECRET,
    ).toEqual(other);
  });

  it('whose file cannot be read is a mistake, named as it was given', () => {
    expect(mistakesOf({ SERVER_SECRET_FILE: join(directory, 'missing') })).toEqual([
      'SERVER_SECRET_FILE: the file cannot be read',
    ]);
  });

  it('is not read from a file for settings that are none', () => {
    expect(readConfig({ LOG_LEVEL_FILE: fileWith('debug') }).LOG_LEVEL).toBe('info');
  });

  it('of less than 256 bits is refused (C-71)', () => {
    const short = Buffer.alloc(31, 7).toString('base64url');
    const names = mistakesOf({ SERVER_SECRET: short, JWT_KEYS: `k1:${short}` }).map((mistake) => mistake.split(':')[0]);
    expect(names).toEqual(['JWT_KEYS', 'SERVER_SECRET']);
  });

  it.each([
    ['zeros', Buffer.alloc(32)],
    ['one letter', Buffer.from('A'.repeat(64), 'base64url')],
    ['a placeholder', Buffer.from('changeme'.repeat(8))],
    ['ten digits', Buffer.from('01234567890123456789012345678901')],
  ])('that was not made at random is refused in production: %s (C-71)', (_what, bytes) => {
    const typed = bytes.toString('base64url');
    const mistakes = mistakesOf({ ...PRODUCTION, JWT_KEYS: `k2:${RANDOM},k1:${typed}`, SERVER_SECRET: typed });
    expect(mistakes.map((mistake) => mistake.split(':')[0])).toEqual(['JWT_KEYS', 'SERVER_SECRET']);
    expect(mistakes.join()).not.toContain(typed);
    expect(mistakesOf(PRODUCTION)).toEqual([]);
  });
});

describe('the keys of access tokens', () => {
  it('are several, the first of which signs', () => {
    const other = Buffer.alloc(48, 9);
    const { JWT_KEYS } = readConfig({ JWT_KEYS: ` new:${SECRET} , old:${other.toString('base64url')},` });
    expect(JWT_KEYS).toEqual([
      { kid: 'new', secret: Buffer.alloc(32, 7) },
      { kid: 'old', secret: other },
    ]);
  });

  it.each([
    '',
    ' ',
    ',',
    SECRET,
    `:${SECRET}`,
    `a b:${SECRET}`,
    `${'k'.repeat(33)}:${SECRET}`,
    `k:${SECRET},k:${SECRET}`,
  ])('are not %j', (given) => {
    expect(
      given.trim() === '' ? readConfig({ JWT_KEYS: given.trim() }).JWT_KEYS : mistakesOf({ JWT_KEYS: given }),
    ).toEqual(given.trim() === '' ? undefined : [expect.stringMatching(/^JWT_KEYS: /)]);
  });
});

describe('lists of settings', () => {
  it('override limits and quotas by id', () => {
    const { LIMITS, QUOTAS } = readConfig({ LIMITS: 'messages=10/2, sync=5/60', QUOTAS: 'devicesPerAccount=3' });
    expect(LIMITS).toEqual({ messages: { burst: 10, seconds: 2 }, sync: { burst: 5, seconds: 60 } });
    expect(QUOTAS).toEqual({ devicesPerAccount: 3 });
  });

  it.each([
    'constructor=1/1',
    '__proto__=1/1',
    'toString=1/1',
    'messages=1',
    'messages=1/0',
    'messages=-1/1',
    'messages=1e3/1',
  ])('refuse the limit %s', (given) => {
    expect(mistakesOf({ LIMITS: given })).toEqual([expect.stringMatching(/^LIMITS: /)]);
  });

  it('take origins as browsers send them, and nothing like them', () => {
    expect(readConfig({ CORS_ORIGINS: 'https://a.example, http://localhost:5173' }).CORS_ORIGINS).toEqual([
      'https://a.example',
      'http://localhost:5173',
    ]);
    for (const given of ['*', 'null', 'https://a.example/', 'https://A.example', 'a.example', 'https://*.example'])
      expect([given, mistakesOf({ CORS_ORIGINS: given }).length]).toEqual([given, 1]);
  });

  it('take addresses and ranges of proxies, never everybody by accident', () => {
    expect(readConfig({ TRUST_PROXY: '10.0.0.0/8, ::1' }).TRUST_PROXY).toEqual(['10.0.0.0/8', '::1']);
    expect(readConfig({ TRUST_PROXY: 'off' }).TRUST_PROXY).toBe(false);
    for (const given of ['true', 'on', '*', '1.2.3.4,everyone', 'loopback'])
      expect([given, mistakesOf({ TRUST_PROXY: given }).length]).toEqual([given, 1]);
  });
});

describe('what the operator leaves out', () => {
  const urls = { ownerUrl: 'postgres://owner@localhost/sealpost', applicationUrl: 'postgres://app@localhost/sealpost' };

  it('is made once, kept from other users, and the same at the next start', () => {
    const given = readConfig({ DATA_DIR: join(directory, 'data') });
    const first = completeConfig(given, urls);
    const second = completeConfig(given, urls);
    expect(first).toMatchObject({ DATABASE_URL: urls.applicationUrl, MIGRATION_DATABASE_URL: urls.ownerUrl });
    expect([first.SERVER_SECRET?.length, first.JWT_KEYS?.[0]?.secret.length]).toEqual([32, 32]);
    expect(second).toEqual(first);
    expect(statSync(join(directory, 'data', 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(Object.isFrozen(first)).toBe(true);
  });

  it('is not the same for two installations', () => {
    const [one, other] = ['one', 'other'].map((name) =>
      completeConfig(readConfig({ DATA_DIR: join(directory, name) }), undefined),
    );
    expect(one?.SERVER_SECRET).not.toEqual(other?.SERVER_SECRET);
    expect(one?.JWT_KEYS?.[0]?.secret).not.toEqual(one?.SERVER_SECRET);
  });

  it('does not replace what was given', () => {
    const given = readConfig({ ...PRODUCTION, DATABASE_URL: 'postgres://a@h/d', DATA_DIR: join(directory, 'unused') });
    expect(completeConfig(given, undefined)).toEqual(given);
    const half = completeConfig(readConfig({ SERVER_SECRET: SECRET, DATA_DIR: directory }), urls);
    expect(half.SERVER_SECRET).toEqual(Buffer.alloc(32, 7));
    expect(half.JWT_KEYS).toHaveLength(1);
  });
});

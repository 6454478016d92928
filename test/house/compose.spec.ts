import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { BlockList } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { readConfig } from '../../apps/relay/src/platform/config/config.js';

/** A complete installation with containers: is what docker-compose.yml asks for there, and does it fit together? */

const root = resolve(__dirname, '../..');
const composeFile = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
const rolesScript = join(root, 'deploy/postgres/10-roles.sh');
const binaries = '/usr/lib/postgresql/15/bin';

const composeTool = [['docker', 'compose'], ['docker-compose']].find(([command = '', ...args]) => {
  return spawnSync(command, [...args, 'version']).status === 0;
});
const withCompose = composeTool ? test : test.skip;
const withPostgres = existsSync(join(binaries, 'initdb')) ? test : test.skip;

let directory: string;
let secrets: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'sealpost-compose-'));
  secrets = join(directory, 'secrets');
  makeSecrets();
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

function makeSecrets(): string {
  const { status, stdout, stderr } = spawnSync(join(root, 'scripts/make-secrets.sh'), [secrets], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

const secretNames = () => readdirSync(secrets).filter((name) => !name.startsWith('.'));
const secret = (name: string) => readFileSync(join(secrets, name), 'utf8');
const all = (pattern: RegExp, text = composeFile) => [...text.matchAll(pattern)].map(([, found = '']) => found);

const url = (role: string, password: string) => `postgresql://${role}:${password}@postgres:5432/sealpost`;

/** What the relay's container is told, with nothing set on the host and the secrets where they are here. */
function relayEnvironment(): Record<string, string> {
  const relay = composeFile.slice(composeFile.indexOf('\n  relay:'), composeFile.indexOf('\nnetworks:'));
  const lines = [...relay.matchAll(/^ {6}([A-Z\d_]+): (.*)$/gm)].map(([, name = '', value = '']) => {
    const byDefault = value.replace(/^'(.*)'$/, '$1').replace(/\$\{\w+:-([^}]*)\}/, '$1');
    return [name, byDefault.replace('/run/secrets', secrets)];
  });
  return Object.fromEntries(lines) as Record<string, string>;
}

interface Postgres {
  /** Of the server's socket, data and log. */
  readonly folder: string;
  readonly process: ChildProcess;
}

/** PostgreSQL refuses to run as root. */
function serverUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

/** Like the image: a superuser with a password, and an empty database. */
async function startPostgres(): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'sealpost-pg-'));
  const user = serverUser();
  writeFileSync(join(folder, 'password'), 'superuser');
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const initdb = [
    '--username=postgres',
    '--auth=scram-sha-256',
    `--pwfile=${join(folder, 'password')}`,
    '--no-sync',
    data,
  ];
  const made = spawnSync(join(binaries, 'initdb'), initdb, { ...user, cwd: folder, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  const server = spawn(join(binaries, 'postgres'), ['-D', data, '-k', folder, '-c', 'listen_addresses='], {
    ...user,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await new Promise<void>((started, failed) => {
    server.once('exit', () => failed(new Error('postgres ended')));
    server.stderr.on('data', (line: Buffer) => line.includes('ready to accept connections') && started());
  });
  const superuser = await connect({ folder }, 'postgres', 'superuser', 'postgres');
  await superuser.query('CREATE DATABASE sealpost');
  await superuser.end();
  return { folder, process: server };
}

async function stop({ folder, process: server }: Postgres): Promise<void> {
  const exited = new Promise((ended) => server.once('exit', ended));
  server.kill('SIGINT');
  await exited;
  rmSync(folder, { recursive: true, force: true });
}

async function connect(
  { folder }: Pick<Postgres, 'folder'>,
  user: string,
  password: string,
  database = 'sealpost',
): Promise<Client> {
  const client = new Client({ host: folder, user, password, database });
  await client.connect();
  return client;
}

/** As the image's entry point runs it. */
function runRoles({ folder }: Postgres, SECRETS_DIR: string): number | null {
  const image = { POSTGRES_USER: 'postgres', POSTGRES_DB: 'sealpost', PGHOST: folder, PGPASSWORD: 'superuser' };
  return spawnSync(rolesScript, { env: { ...process.env, ...image, SECRETS_DIR } }).status;
}

describe('docker-compose.yml', () => {
  withCompose.each([[[]], [['tls', 'redis', 's3']]])(
    'is valid with the profiles %j (needs docker compose or docker-compose)',
    (profiles) => {
      const [command = '', ...args] = composeTool ?? [];
      const chosen = profiles.flatMap((profile) => ['--profile', profile]);
      const asked = [...args, ...chosen, 'config', '--quiet'];
      const { status, stderr } = spawnSync(command, asked, { cwd: root, encoding: 'utf8' });
      expect({ status, stderr }).toMatchObject({ status: 0 });
    },
  );

  test('brings what the relay is told to trust, and files that are there', () => {
    expect(all(/ipv4_address: (\S+)/g)).toEqual(['172.31.204.2']);
    for (const file of all(/^ {6}- \.\/(deploy\/[^:]+):/gm)) expect(existsSync(join(root, file))).toBe(true);
  });

  test('gives the proxy an address that nobody else is given, and the documents name the gateway', () => {
    const [proxy = ''] = all(/ipv4_address: (\S+)/g);
    const [gateway = ''] = all(/^ {10}gateway: (\S+)/gm);
    const [range = '', bits = ''] = all(/ip_range: (\S+)/g).flatMap((block) => block.split('/'));
    const givenOut = new BlockList();
    givenOut.addSubnet(range, Number(bits));
    expect([proxy, gateway].filter((address) => givenOut.check(address))).toEqual([]);
    expect(readFileSync(join(root, 'docs/self-hosting.md'), 'utf8')).toContain(`\`TRUST_PROXY=${gateway}\``);
  });

  test('configures a relay with the profiles that accepts it', () => {
    const chosen = { REDIS_URL: 'redis://redis:6379', S3_BUCKET: 'sealpost', S3_ENDPOINT: 'http://s3:8333' };
    const config = readConfig({ ...relayEnvironment(), ...chosen, TRUST_PROXY: '172.31.204.2' });
    expect(config).toMatchObject({
      ...chosen,
      S3_ACCESS_KEY_ID: 'sealpost',
      S3_SECRET_ACCESS_KEY: secret('s3_secret'),
    });
  });

  test('passes a token for /metrics on where the operator has one, and nobody else’s', () => {
    expect(composeFile).toContain("METRICS_TOKEN: '${METRICS_TOKEN:-}'");
    expect(readConfig(relayEnvironment()).METRICS_TOKEN).toBeUndefined();
    const METRICS_TOKEN = secret('server_secret');
    expect(readConfig({ ...relayEnvironment(), METRICS_TOKEN }).METRICS_TOKEN).toBe(METRICS_TOKEN);
  });

  test('reads the secrets that scripts/make-secrets.sh makes, and no others', () => {
    expect(all(/^ {4}file: \.\/secrets\/(\w+)$/gm).sort()).toEqual(secretNames().sort());
    expect([...new Set(all(/^ {6}- (\w+_password|\w+_url|\w+_keys|\w+_secret)$/gm))].sort()).toEqual(
      secretNames().sort(),
    );
    expect(secretNames()).toEqual(expect.arrayContaining(all(/\/run\/secrets\/(\w+)/g)));
    expect(secretNames()).toEqual(expect.arrayContaining(all(/\$secrets\/(\w+)/g, readFileSync(rolesScript, 'utf8'))));
  });

  test('configures a relay that accepts it', () => {
    const config = readConfig(relayEnvironment());
    expect(config).toMatchObject({ NODE_ENV: 'production', HOST: '0.0.0.0', PORT: 3000, TRUST_PROXY: false });
    expect(config.DATABASE_URL).toBe(url('sealpost_app', secret('application_password')));
    expect(config.MIGRATION_DATABASE_URL).toBe(url('sealpost_owner', secret('owner_password')));
  });
});

describe('scripts/make-secrets.sh', () => {
  test('keeps what is there, however often it runs', () => {
    const before = secretNames().map(secret);
    expect(makeSecrets()).not.toContain('made');
    expect(secretNames().map(secret)).toEqual(before);
  });

  test('makes each secret anew, behind a folder that only its owner enters, out of sight of git', () => {
    const random = secretNames()
      .filter((name) => /password|server_secret/.test(name))
      .map(secret);
    expect(new Set(random).size).toBe(random.length);
    for (const value of random) expect(Buffer.from(value, 'base64url')).toHaveLength(32);
    expect(statSync(secrets).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(secrets, '.gitignore'), 'utf8')).toBe('*\n');
  });
});

describe('deploy/postgres/10-roles.sh', () => {
  withPostgres(
    'makes an owner that migrates and a role that touches rows only (needs PostgreSQL 15)',
    async () => {
      const server = await startPostgres();
      try {
        expect(runRoles(server, secrets)).toBe(0);
        const owner = await connect(server, 'sealpost_owner', secret('owner_password'));
        await owner.query('CREATE TABLE kept (id int)');
        await owner.query('GRANT SELECT ON kept TO sealpost_app');
        const application = await connect(server, 'sealpost_app', secret('application_password'));
        await expect(application.query('SELECT id FROM kept')).resolves.toMatchObject({ rows: [] });
        await expect(application.query('CREATE TABLE more (id int)')).rejects.toThrow('permission denied');
        const { rows } = await owner.query(
          `SELECT rolname FROM pg_roles WHERE rolname LIKE 'sealpost%' AND NOT (rolsuper OR rolcreaterole OR rolcreatedb)`,
        );
        expect(rows).toHaveLength(2);
        await Promise.all([owner.end(), application.end()]);
      } finally {
        await stop(server);
      }
    },
    60_000,
  );

  withPostgres(
    'refuses an empty password, which would be a role that cannot log in (needs PostgreSQL 15)',
    async () => {
      const server = await startPostgres();
      try {
        const empty = join(directory, 'empty');
        mkdirSync(empty);
        for (const name of ['owner_password', 'application_password']) writeFileSync(join(empty, name), '');
        expect(runRoles(server, empty)).not.toBe(0);
        await expect(connect(server, 'sealpost_owner', 'x')).rejects.toThrow('password authentication failed');
      } finally {
        await stop(server);
      }
    },
    60_000,
  );
});

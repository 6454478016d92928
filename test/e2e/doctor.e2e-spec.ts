import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readFile, utimes, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TestRelay } from '#testing';
import { runDoctor } from '../../apps/relay/src/doctor-command.js';
import { RELAY_SCHEMA } from '../../apps/relay/src/schema.js';
import { ran, type Said, type Settings, Vaults } from './backing-up.js';

/** `npm run doctor`: each thing that is wrong has a line that says so, and nothing else has. */

const relay = TestRelay.duringTests();
const vaults = Vaults.duringTests();
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function examined(
  settings: Settings = {},
): Promise<Said & { readonly failed: string[]; readonly doubtful: string[] }> {
  const DATA_DIR = await vaults.folder();
  const said = await ran(runDoctor, [], { ...relay.settings, DATA_DIR, PUBLIC_URL: relay.url, ...settings });
  const lines = said.out.split('\n');
  const of = (verdict: string): string[] =>
    lines.filter((line) => line.startsWith(verdict)).map((line) => line.slice(6));
  return { ...said, failed: of('fail'), doubtful: of('warn') };
}

async function listening(server: Server): Promise<string> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

const WELL = [
  ...[
    'settings',
    'versions',
    'secrets',
    'database',
    'durability',
    'rights',
    'migrations',
    'indexes',
    'clock of the database',
  ],
  ...['attachments', 'relay', 'clock at PUBLIC_URL', 'CSP', 'sockets'],
];

describe('of a relay that is well', () => {
  it('nothing fails, whether it runs or not', async () => {
    const { code, out, failed } = await examined();
    expect([code, failed]).toEqual([0, []]);
    for (const what of WELL) expect(out).toContain(`ok    ${what}: `);
    await relay.whileAway(async () => {
      const away = await examined();
      expect([away.code, away.failed]).toEqual([0, []]);
      expect(away.doubtful).toContainEqual(expect.stringContaining('nobody answers at PUBLIC_URL'));
    });
  });

  it('neither a password nor a key is shown, nor anything left behind', async () => {
    const before = await relay.query('SELECT count(*) FROM attachments');
    const { out } = await examined();
    const { DATABASE_URL = '', MIGRATION_DATABASE_URL = '', JWT_KEYS = '', SERVER_SECRET = '' } = relay.settings;
    const passwords = [DATABASE_URL, MIGRATION_DATABASE_URL].map((url) => new URL(url).password);
    for (const secret of [...passwords, JWT_KEYS.split(':')[1]!, SERVER_SECRET]) expect(out).not.toContain(secret);
    expect(await relay.query('SELECT count(*) FROM attachments')).toEqual(before);
  });
});

describe('it says', () => {
  it('which settings are wrong, all of them', async () => {
    const { code, failed } = await examined({ PORT: 'none', NODE_ENV: 'staging' });
    expect([code, failed.length]).toEqual([1, 2]);
    expect(failed.join('\n')).toMatch(/settings: NODE_ENV: [\s\S]*settings: PORT: /);
  });

  it('that the database does not answer', async () => {
    const { code, out, failed } = await examined({ DATABASE_URL: 'postgres://app:swordfish@127.0.0.1:1/relay' });
    expect([code, failed]).toEqual([1, [expect.stringContaining('database: cannot be asked: ')]]);
    expect(out).not.toContain('swordfish');
  });

  it('that acknowledged messages could be lost, and that the relay may change the audit log', async () => {
    const name = new URL(relay.database.ownerUrl).pathname.slice(1);
    await relay.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
    const { failed, doubtful } = await examined({ DATABASE_URL: relay.database.ownerUrl });
    await relay.query(`ALTER DATABASE ${name} RESET synchronous_commit`);
    expect(failed).toEqual([expect.stringContaining('durability: off: synchronous_commit')]);
    expect(doubtful).toContainEqual(expect.stringContaining('rights: the role of DATABASE_URL may change the schema'));
  });

  it('which migrations are missing, and whether a newer version was here', async () => {
    const { settings } = await vaults.emptyPlace(relay);
    expect((await examined(settings)).doubtful).toContainEqual(expect.stringContaining('migrations: none has run yet'));
    const last = RELAY_SCHEMA.migrations.at(-1)!.name;
    await relay.query(`UPDATE migrations SET name = 'Tomorrow2000000000000' WHERE name = $1`, [last]);
    const { failed } = await examined();
    await relay.query(`UPDATE migrations SET name = $1 WHERE name = 'Tomorrow2000000000000'`, [last]);
    expect(failed).toContainEqual(expect.stringContaining('a newer version has changed this database'));
  });

  it('that attachments cannot be kept, and that Redis does not answer', async () => {
    const file = join(await vaults.folder(), 'no-folder');
    await writeFile(file, '');
    const { failed } = await examined({ ATTACHMENTS_DIR: file, REDIS_URL: 'redis://127.0.0.1:1' });
    expect(failed).toEqual([
      expect.stringContaining('attachments: the folder does not work: '),
      expect.stringContaining('Redis: does not answer: '),
    ]);
  });

  it('that others may read secrets, and that keys are old', async () => {
    const DATA_DIR = await vaults.folder();
    const { JWT_KEYS = '', SERVER_SECRET = '' } = relay.settings;
    const file = join(DATA_DIR, 'secrets.json');
    await writeFile(file, JSON.stringify({ jwtKeys: JWT_KEYS, serverSecret: SERVER_SECRET }), { mode: 0o600 });
    await chmod(file, 0o644);
    await utimes(file, 0, 0);
    const { failed, doubtful } = await examined({ DATA_DIR, JWT_KEYS: '', SERVER_SECRET: '' });
    expect(failed).toEqual([`secrets: others may read ${file}: chmod 600`]);
    expect(doubtful).toContainEqual(expect.stringMatching(/^age of keys: JWT_KEYS were changed \d{5} days ago/));
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ jwtKeys: JWT_KEYS });
  });

  it('what a proxy takes away: headers, the time, upgrades', async () => {
    const answer: RequestListener = (_request, response) => {
      response.setHeader('date', new Date(0).toUTCString()).end('{}');
    };
    const { failed } = await examined({ PUBLIC_URL: `http://${await listening(createServer(answer))}` });
    expect(failed).toEqual([
      expect.stringMatching(/^clock at PUBLIC_URL: [\d.]+ s behind/),
      expect.stringContaining('CSP: no Content-Security-Policy arrives'),
      expect.stringContaining('sockets: an upgrade to WebSocket was answered with 200'),
    ]);
  });

  it('that clients do not trust the certificate', async () => {
    const folder = await vaults.folder();
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-nodes', '-subj', '/CN=localhost', '-days', '30'];
    await promisify(execFile)('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      ...subject,
      '-keyout',
      key,
      '-out',
      cert,
    ]);
    const options = { key: await readFile(key), cert: await readFile(cert) };
    const url = `https://${await listening(createTlsServer(options))}`;
    expect((await examined({ PUBLIC_URL: url })).failed).toEqual([
      'TLS: clients do not trust the certificate (DEPTH_ZERO_SELF_SIGNED_CERT)',
    ]);
  });
});

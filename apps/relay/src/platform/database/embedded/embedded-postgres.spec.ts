import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedOptions, type EmbeddedPostgres } from './embedded-postgres.js';
import { findRunningProcess, findWithPs } from './running-process.js';

const FIXTURE = join(import.meta.dirname, 'embedded-parent.fixture.ts');

describe('embedded PostgreSQL', () => {
  let directory: string;
  let servers: EmbeddedPostgres[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sealpost-embedded-'));
  });

  afterEach(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    servers = [];
  });

  afterAll(() => rm(directory, { recursive: true, force: true }));

  async function start(options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedPostgres> {
    const server = await startEmbeddedPostgres({ directory, log: () => undefined, ...options });
    servers.push(server);
    return server;
  }

  it('makes a database in UTF-8 on the first start, and keeps its rows for the next', async () => {
    const first = await start();
    const [database] = await query(
      first.ownerUrl,
      'SELECT pg_encoding_to_char(encoding) AS encoding, datlocale FROM pg_database WHERE datname = current_database()',
    );
    await query(first.ownerUrl, 'CREATE TABLE letters (body text)');
    await query(first.applicationUrl, "INSERT INTO letters VALUES ('kept')");
    await first.stop();

    const second = await start();

    expect(database).toEqual({ encoding: 'UTF8', datlocale: 'C.UTF-8' });
    expect(await query(second.applicationUrl, 'SELECT body FROM letters')).toEqual([{ body: 'kept' }]);
  });

  it('lets the application role read and write rows, and nothing else', async () => {
    const { ownerUrl, applicationUrl } = await start();
    await query(ownerUrl, 'CREATE TABLE parcels (id bigserial PRIMARY KEY, body text)');

    await query(applicationUrl, "INSERT INTO parcels (body) VALUES ('a')");
    await query(applicationUrl, "UPDATE parcels SET body = 'b'");
    expect(await query(applicationUrl, 'DELETE FROM parcels RETURNING body')).toEqual([{ body: 'b' }]);
    for (const forbidden of [
      'CREATE TABLE mine (id int)',
      'CREATE TEMPORARY TABLE mine (id int)',
      'CREATE SCHEMA mine',
      'CREATE DATABASE mine',
      'CREATE ROLE mine',
      'DROP TABLE parcels',
      'TRUNCATE parcels',
      'ALTER TABLE parcels ADD COLUMN more text',
      'SET ROLE sealpost_owner',
      "COPY parcels FROM PROGRAM 'true'",
    ]) {
      await expect(query(applicationUrl, forbidden)).rejects.toMatchObject({ code: expect.stringMatching(/^42/) });
    }
  });

  it('makes no role a superuser but its own', async () => {
    const { ownerUrl } = await start();

    const roles = await query(
      ownerUrl,
      "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname LIKE 'sealpost%' ORDER BY 1",
    );

    expect(roles).toEqual([
      { rolname: 'sealpost_app', rolsuper: false, rolcreatedb: false, rolcreaterole: false },
      { rolname: 'sealpost_owner', rolsuper: false, rolcreatedb: true, rolcreaterole: false },
    ]);
  });

  it('keeps the passwords from other users, and asks for them', async () => {
    const { port } = await start();

    expect((await stat(join(directory, 'postgres-secrets.json'))).mode & 0o777).toBe(0o600);
    await expect(query(`postgres://sealpost_app:guess@127.0.0.1:${port}/sealpost`, 'SELECT 1')).rejects.toMatchObject({
      code: '28P01',
    });
  });

  it('survives power cuts by default, and takes other settings', async () => {
    const { ownerUrl } = await start({ settings: { max_connections: '77' } });

    const rows = await query(
      ownerUrl,
      "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums', 'listen_addresses', 'max_connections')",
    );

    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      data_checksums: 'on',
      listen_addresses: '127.0.0.1',
      max_connections: '77',
    });
  });

  it('keeps failed queries, and so identifiers, out of its log', async () => {
    const lines: string[] = [];
    const { ownerUrl, stop } = await start({ log: (line) => lines.push(line) });

    await expect(query(ownerUrl, "SELECT 'account-4711'::uuid")).rejects.toThrow('account-4711');
    await stop();

    expect(lines.join('\n')).toContain('ready to accept connections');
    expect(lines.join('\n')).not.toContain('account-4711');
  });

  it('refuses a second start on the same directory, and leaves the first alone', async () => {
    const first = await start();

    await expect(start()).rejects.toThrow(`is already in use by process ${process.pid}`);
    expect(await query(first.applicationUrl, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
  });

  it('lets one of several simultaneous starts through', async () => {
    await writeFile(join(directory, 'postgres.lock'), JSON.stringify({ pid: process.pid, startedAt: 'another life' }));

    const starts = await Promise.allSettled(Array.from({ length: 5 }, () => start()));

    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is free again after stopping, however often it is stopped', async () => {
    const first = await start();

    await Promise.all([first.stop(), first.stop()]);
    await first.stop();

    expect(await first.exited).toEqual({ code: 0, signal: null });
    await expect(start()).resolves.toBeDefined();
  });

  it('ends sessions when it stops', async () => {
    const server = await start();
    const client = new pg.Client({ connectionString: server.applicationUrl });
    await client.connect();
    const endings: Error[] = [];
    client.on('error', (error) => endings.push(error));

    await server.stop();

    expect(endings[0]).toMatchObject({ code: '57P01' });
  });

  it('tells when the server is killed, and starts again on its data', async () => {
    const first = await start();
    await query(first.ownerUrl, 'CREATE TABLE survivors (id int)');
    await query(first.ownerUrl, 'INSERT INTO survivors VALUES (1)');

    process.kill(first.pid, 'SIGKILL');
    expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' });
    const second = await start();

    expect(await query(second.applicationUrl, 'SELECT id FROM survivors')).toEqual([{ id: 1 }]);
  });

  it('starts although sessions of a killed server are still at work', async () => {
    const first = await start();
    const client = new pg.Client({ connectionString: first.ownerUrl });
    client.on('error', () => undefined);
    await client.connect();
    const work = client.query("SELECT count(*) FROM generate_series(1, 1e9) WHERE generate_series::text LIKE '%77%'");
    const outcome = expect(work).rejects.toThrow('terminated');

    process.kill(first.pid, 'SIGKILL');
    await first.exited;

    await expect(start()).resolves.toBeDefined();
    await outcome;
  });

  it('starts although another program now has the number of the last server', async () => {
    await (await start()).stop();
    await writeFile(join(directory, 'postgres', 'postmaster.pid'), `${process.ppid}\n`);

    await expect(start()).resolves.toBeDefined();
    await expect(findRunningProcess(process.ppid)).resolves.toBeDefined();
  });

  it('stops a server that was left behind, and starts on its data', async () => {
    const orphan = await start();
    await unlink(join(directory, 'postgres.lock'));

    const heir = await start();

    expect(await orphan.exited).toEqual({ code: 0, signal: null });
    expect(await query(heir.applicationUrl, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
    await expect(start()).rejects.toThrow('already in use');
  });

  it('ends with a parent that is killed, and starts again', async () => {
    const parent = await startParent(directory);
    await expect(start()).rejects.toThrow(`is already in use by process ${parent.child.pid}`);
    await expect(findRunningProcess(parent.serverPid)).resolves.toBeDefined();

    parent.child.kill('SIGKILL');
    await once(parent.child, 'exit');
    await untilGone(parent.serverPid);

    await expect(start()).resolves.toBeDefined();
  });

  it('starts at once after a kill of parent and server together', async () => {
    const parent = await startParent(directory);

    process.kill(parent.serverPid, 'SIGKILL');
    parent.child.kill('SIGKILL');
    await once(parent.child, 'exit');

    await expect(start()).resolves.toBeDefined();
  });

  it('says which port is taken', async () => {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const address = listener.address();
    const port = typeof address === 'object' ? address?.port : undefined;

    await expect(start({ port: port! })).rejects.toThrow(`Port ${port} on 127.0.0.1 is already in use`);
    listener.close();
    expect((await start({ port: port! })).port).toBe(port);
  });

  it('quotes the server when it does not start, and frees the directory', async () => {
    await expect(start({ settings: { shared_buffers: 'plenty' } })).rejects.toThrow(/shared_buffers.*plenty/s);
    await expect(start()).resolves.toBeDefined();
  });

  it('starts over when the first start was interrupted', async () => {
    const fresh = await mkdtemp(join(tmpdir(), 'sealpost-embedded-'));
    const child = spawnParent(fresh);
    while (!(await readdir(fresh, { recursive: true })).some((name) => name.endsWith('/data/base/1'))) await delay(5);
    child.kill('SIGKILL');
    await once(child, 'exit');

    const server = await start({ directory: fresh });

    expect(await readdir(fresh)).toEqual(['postgres', 'postgres-secrets.json', 'postgres.lock']);
    expect(await query(server.applicationUrl, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
    await server.stop();
    await rm(fresh, { recursive: true });
  });

  it('will not make new passwords for old data', async () => {
    const fresh = await mkdtemp(join(tmpdir(), 'sealpost-embedded-'));
    await (await start({ directory: fresh })).stop();
    await unlink(join(fresh, 'postgres-secrets.json'));

    await expect(start({ directory: fresh })).rejects.toThrow('postgres-secrets.json is missing');
    await rm(fresh, { recursive: true });
  });

  it('will not touch the data of another version', async () => {
    const fresh = await mkdtemp(join(tmpdir(), 'sealpost-embedded-'));
    await (await start({ directory: fresh })).stop();
    await writeFile(join(fresh, 'postgres', 'PG_VERSION'), '15\n');

    await expect(start({ directory: fresh })).rejects.toThrow('was made by PostgreSQL 15, and this is 18');
    await rm(fresh, { recursive: true });
  });
});

describe('a running process', () => {
  it('is found with ps where there is no /proc', async () => {
    const running = await findWithPs(process.pid);

    expect(running?.startedAt).toMatch(/\d\d:\d\d:\d\d \d{4}$/);
    expect(running?.commandLine).toContain(process.title);
    expect(await findWithPs(process.pid)).toEqual(running);
    expect(await findWithPs(2 ** 22 + 1)).toBeUndefined();
  });
});

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function spawnParent(directory: string): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', FIXTURE, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function startParent(directory: string): Promise<{ child: ChildProcess; serverPid: number }> {
  const child = spawnParent(directory);
  const [line] = await once(createInterface({ input: child.stdout! }), 'line');
  return { child, serverPid: Number(line) };
}

async function untilGone(pid: number): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (await findRunningProcess(pid)) {
    if (performance.now() > deadline) throw new Error(`Process ${pid} is still there.`);
    await delay(10);
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { EmbeddedServers, freshDirectory, query } from './embedded-servers.fixture.js';
import { findRunningProcess } from './running-process.js';

const FIXTURE = join(import.meta.dirname, 'embedded-parent.fixture.ts');

describe('embedded PostgreSQL', () => {
  const servers = EmbeddedServers.duringTests();

  it('refuses a second start on the same directory, and leaves the first alone', async () => {
    const first = await servers.start();

    await expect(servers.start()).rejects.toThrow(`is already in use by process ${process.pid}`);
    expect(await query(first.applicationUrl, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
  });

  it('lets one of several simultaneous starts through', async () => {
    await writeFile(
      join(servers.directory, 'postgres.lock'),
      JSON.stringify({ pid: process.pid, startedAt: 'another life' }),
    );

    const starts = await Promise.allSettled(Array.from({ length: 5 }, () => servers.start()));

    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is free again after stopping, however often it is stopped', async () => {
    const first = await servers.start();

    await Promise.all([first.stop(), first.stop()]);
    await first.stop();

    expect(await first.exited).toEqual({ code: 0, signal: null });
    await expect(servers.start()).resolves.toBeDefined();
  });

  it('ends sessions when it stops', async () => {
    const server = await servers.start();
    const client = new pg.Client({ connectionString: server.applicationUrl });
    await client.connect();
    const endings: Error[] = [];
    client.on('error', (error) => endings.push(error));

    await server.stop();

    expect(endings[0]).toMatchObject({ code: '57P01' });
  });

  it('tells when the server is killed, and starts again on its data', async () => {
    const first = await servers.start();
    await query(first.ownerUrl, 'CREATE TABLE survivors (id int)');
    await query(first.ownerUrl, 'INSERT INTO survivors VALUES (1)');

    process.kill(first.pid, 'SIGKILL');
    expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' });
    const second = await servers.start();

    expect(await query(second.applicationUrl, 'SELECT id FROM survivors')).toEqual([{ id: 1 }]);
  });

  it('starts although sessions of a killed server are still at work', async () => {
    const first = await servers.start();
    const client = new pg.Client({ connectionString: first.ownerUrl });
    client.on('error', () => undefined);
    await client.connect();
    const work = client.query("SELECT count(*) FROM generate_series(1, 1e9) WHERE generate_series::text LIKE '%77%'");
    const outcome = expect(work).rejects.toThrow('terminated');

    process.kill(first.pid, 'SIGKILL');
    await first.exited;

    await expect(servers.start()).resolves.toBeDefined();
    await outcome;
  });

  it('starts although another program now has the number of the last server', async () => {
    await (await servers.start()).stop();
    await writeFile(join(servers.directory, 'postgres', 'postmaster.pid'), `${process.ppid}\n`);

    await expect(servers.start()).resolves.toBeDefined();
    await expect(findRunningProcess(process.ppid)).resolves.toBeDefined();
  });

  it('stops a server that was left behind, and starts on its data', async () => {
    const orphan = await servers.start();
    await unlink(join(servers.directory, 'postgres.lock'));

    const heir = await servers.start();

    expect(await orphan.exited).toEqual({ code: 0, signal: null });
    expect(await query(heir.applicationUrl, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
    await expect(servers.start()).rejects.toThrow('already in use');
  });

  it('ends with a parent that is killed, and starts again', async () => {
    const parent = await startParent(servers.directory);
    await expect(servers.start()).rejects.toThrow(`is already in use by process ${parent.child.pid}`);
    await expect(findRunningProcess(parent.serverPid)).resolves.toBeDefined();

    parent.child.kill('SIGKILL');
    await once(parent.child, 'exit');
    await untilGone(parent.serverPid);

    await expect(servers.start()).resolves.toBeDefined();
  });

  it('starts at once after a kill of parent and server together', async () => {
    const parent = await startParent(servers.directory);

    process.kill(parent.serverPid, 'SIGKILL');
    parent.child.kill('SIGKILL');
    await once(parent.child, 'exit');

    await expect(servers.start()).resolves.toBeDefined();
  });

  it('starts over when the first start was interrupted', async () => {
    const fresh = await freshDirectory();
    const child = spawnParent(fresh);
    while (!(await readdir(fresh, { recursive: true })).some((name) => name.endsWith('/data/base/1'))) await delay(5);
    child.kill('SIGKILL');
    await once(child, 'exit');

    const server = await servers.start({ directory: fresh });

    expect(await readdir(fresh)).toEqual(['postgres', 'postgres-secrets.json', 'postgres.lock']);
    expect(await query(server.applicationUrl, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
    await server.stop();
    await rm(fresh, { recursive: true });
  });
});

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

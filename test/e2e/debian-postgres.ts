import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from '#testing';
import pg from 'pg';
import { findFreePort } from '../../apps/relay/src/platform/database/embedded/free-port.js';
import type { Account } from './installation.js';

const BINARIES = '/usr/lib/postgresql/15/bin';

export const hasDebianPostgres = existsSync(join(BINARIES, 'postgres'));

/** Debian's PostgreSQL 15, the oldest that is supported, on data of its own, with an owner and an application role. */
export class DebianPostgres {
  private constructor(
    private readonly directory: string,
    private readonly server: ChildProcess,
    private readonly port: number,
    private readonly account: Account | undefined,
  ) {}

  /** @param account to run as: PostgreSQL refuses to be run by root. */
  static async start(account?: Account, more: readonly string[] = []): Promise<DebianPostgres> {
    const directory = await mkdtemp(join(tmpdir(), 'sealpost-debian-'));
    if (account !== undefined) await chown(directory, account.uid, account.gid);
    const data = join(directory, 'data');
    const options = { cwd: directory, ...account };
    await promisify(execFile)(
      join(BINARIES, 'initdb'),
      ['-D', data, '-U', 'admin', '-A', 'trust', '--no-sync'],
      options,
    );
    const postgres = await DebianPostgres.serve(directory, account, more);
    for (const sql of [
      "CREATE ROLE owner LOGIN PASSWORD 'o'",
      "CREATE ROLE app LOGIN PASSWORD 'a'",
      'CREATE DATABASE relay OWNER owner',
    ])
      await postgres.query(sql, 'postgres');
    return postgres;
  }

  /** A server on what is in a folder: that of one before, or what was copied of one. */
  private static async serve(
    directory: string,
    account: Account | undefined,
    more: readonly string[],
  ): Promise<DebianPostgres> {
    const port = await findFreePort();
    const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${directory}`, `port=${port}`, ...more];
    const given = settings.flatMap((one) => ['-c', one]);
    const server = spawn(join(BINARIES, 'postgres'), ['-D', join(directory, 'data'), ...given], {
      cwd: directory,
      ...account,
      stdio: 'ignore',
    });
    const postgres = new DebianPostgres(directory, server, port, account);
    // One that recovers answers before it takes writes.
    await until(
      async () => (await postgres.query('SELECT WHERE NOT pg_is_in_recovery()', 'postgres').catch(() => [])).length > 0,
      'PostgreSQL 15 takes writes',
      120_000,
    );
    return postgres;
  }

  /** A folder for a server of the same account, with a base backup of this one as its data. */
  async baseBackup(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'sealpost-debian-'));
    if (this.account !== undefined) await chown(folder, this.account.uid, this.account.gid);
    const from = ['--host=127.0.0.1', `--port=${this.port}`, '--username=admin', '--checkpoint=fast'];
    await promisify(execFile)(
      join(BINARIES, 'pg_basebackup'),
      [...from, '--wal-method=stream', `--pgdata=${join(folder, 'data')}`],
      { cwd: folder, ...this.account },
    );
    await promisify(execFile)(join(BINARIES, 'pg_verifybackup'), [join(folder, 'data')], { cwd: folder });
    return folder;
  }

  /** Starts on a base backup: as it is, or with all that was archived since. */
  async startOn(folder: string, archive?: string): Promise<DebianPostgres> {
    if (archive !== undefined) await writeFile(join(folder, 'data', 'recovery.signal'), '');
    const recovery = archive === undefined ? [] : [`restore_command=cp ${archive}/%f %p`];
    return DebianPostgres.serve(folder, this.account, recovery);
  }

  url(role: 'owner' | 'app'): string {
    return `postgres://${role}:${role[0]!}@127.0.0.1:${this.port}/relay`;
  }

  async query(sql: string, database = 'relay'): Promise<unknown[]> {
    const client = new pg.Client({ host: '127.0.0.1', port: this.port, user: 'admin', database });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  async stop(): Promise<void> {
    this.server.kill('SIGINT');
    if (this.server.exitCode === null) await once(this.server, 'exit');
    await rm(this.directory, { recursive: true, force: true });
  }
}

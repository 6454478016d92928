import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
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
  ) {}

  /** @param account to run as: PostgreSQL refuses to be run by root. */
  static async start(account?: Account): Promise<DebianPostgres> {
    const directory = await mkdtemp(join(tmpdir(), 'sealpost-debian-'));
    if (account !== undefined) await chown(directory, account.uid, account.gid);
    const data = join(directory, 'data');
    const options = { cwd: directory, ...account };
    await promisify(execFile)(
      join(BINARIES, 'initdb'),
      ['-D', data, '-U', 'admin', '-A', 'trust', '--no-sync'],
      options,
    );
    const port = await findFreePort();
    const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${directory}`, `port=${port}`];
    const server = spawn(join(BINARIES, 'postgres'), ['-D', data, ...settings.flatMap((one) => ['-c', one])], {
      ...options,
      stdio: 'ignore',
    });
    const postgres = new DebianPostgres(directory, server, port);
    await until(() => postgres.query('SELECT 1', 'postgres').catch(() => undefined), 'PostgreSQL 15 answers', 30_000);
    for (const sql of [
      "CREATE ROLE owner LOGIN PASSWORD 'o'",
      "CREATE ROLE app LOGIN PASSWORD 'a'",
      'CREATE DATABASE relay OWNER owner',
    ])
      await postgres.query(sql, 'postgres');
    return postgres;
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

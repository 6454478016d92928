import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type EmbeddedOptions, type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';

/** Starts servers, in a directory that all tests of a file share unless they name another. */
export class EmbeddedServers {
  private shared: string | undefined;
  private readonly started: EmbeddedPostgres[] = [];

  /** Makes the directory before the tests, stops what each of them started, and removes the directory after the last. */
  static duringTests(): EmbeddedServers {
    const servers = new EmbeddedServers();
    beforeAll(async () => {
      servers.shared = await mkdtemp(join(tmpdir(), DIRECTORY_PREFIX));
    });
    afterEach(() => servers.stopAll());
    afterAll(() => rm(servers.directory, { recursive: true, force: true }));
    return servers;
  }

  get directory(): string {
    if (this.shared === undefined) throw new Error('the directory is not made yet');
    return this.shared;
  }

  async start(options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedPostgres> {
    const server = await startEmbeddedPostgres({ directory: this.directory, log: () => undefined, ...options });
    this.started.push(server);
    return server;
  }

  private async stopAll(): Promise<void> {
    await Promise.all(this.started.splice(0).map((server) => server.stop()));
  }
}

/** A directory that no server has seen, which its test has to remove. */
export function freshDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), DIRECTORY_PREFIX));
}

export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const DIRECTORY_PREFIX = 'sealpost-embedded-';

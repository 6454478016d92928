/** A database and built relays of our own, for as long as a measurement takes. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../../dist/apps/relay/src/platform/database/embedded/embedded-postgres.js';
import { applicationGrants } from '../../../dist/apps/relay/src/platform/database/embedded/provision.js';
import { withClient } from './with-client.mjs';

/** Of the key that signs access tokens. */
export const KID = 'bench';

export class Installation {
  children = [];

  constructor(directory, database) {
    this.directory = directory;
    this.database = database;
  }

  static async make() {
    const directory = mkdtempSync(join(tmpdir(), 'sealpost-bench-'));
    return new Installation(directory, await startEmbeddedPostgres({ directory, log: () => undefined }));
  }

  /** The built relay of a checkout, on a database of its own, with limits that nobody runs into. */
  async startRelay({ name, checkout, nodeFlags = [], environment = {} }) {
    const port = await freePort();
    const secret = randomBytes(32).toString('base64url');
    const [ownerUrl, applicationUrl] = await this.createDatabase(name);
    const env = {
      PATH: process.env.PATH,
      PORT: String(port),
      DATABASE_URL: applicationUrl,
      MIGRATION_DATABASE_URL: ownerUrl,
      JWT_KEYS: `${KID}:${secret}`,
      SERVER_SECRET: secret,
      LIMITS: await unlimited(checkout),
      QUOTAS: 'socketsPerAccount=100000,socketsPerAddress=100000',
      LOG_LEVEL: 'warn',
      ...environment,
    };
    const child = this.start([...nodeFlags, join(checkout, 'dist/relay/main.js')], { env, cwd: checkout });
    await said(child, 'ready at');
    return { url: `http://127.0.0.1:${port}`, pid: child.pid, ownerUrl, secret };
  }

  /** With the rights of a real one. Returns its URLs for the owner and for the application. */
  async createDatabase(server) {
    const name = `bench_${server}`;
    const [ownerUrl, applicationUrl] = [this.database.ownerUrl, this.database.applicationUrl].map((base) => {
      const url = new URL(base);
      url.pathname = `/${name}`;
      return url.href;
    });
    await withClient(this.database.ownerUrl, (client) => client.query(`CREATE DATABASE ${name}`));
    await withClient(ownerUrl, (client) => client.query(applicationGrants(name)));
    return [ownerUrl, applicationUrl];
  }

  /** A program of Node's, which ends with the installation at the latest. */
  start(argv, options) {
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'], ...options });
    this.children.push(child);
    return child;
  }

  async remove() {
    for (const child of this.children) child.kill('SIGTERM');
    await Promise.all(this.children.map((child) => child.exitCode ?? new Promise((done) => child.once('exit', done))));
    await this.database.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** By the limits that the relay of that checkout has: another version knows others. */
async function unlimited(checkout) {
  const { LIMIT_IDS } = await import(join(checkout, 'dist/apps/relay/src/platform/limits/limit-table.js'));
  return LIMIT_IDS.map((id) => `${id}=900000000/1`).join(',');
}

export function said(child, words) {
  return new Promise((done, fail) => {
    child.stdout.on('data', (chunk) => chunk.includes(words) && done());
    child.once('exit', (code) => fail(new Error(`the server ended with ${code}`)));
  });
}

export function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

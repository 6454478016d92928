import { mkdir, realpath } from 'node:fs/promises';
import { locateBinaries, removeBinariesCopy } from './binaries.js';
import { dataFolderOf, prepareCluster } from './cluster.js';
import { LOOPBACK } from './free-port.js';
import { acquireInstanceLock, type InstanceLock } from './instance-lock.js';
import { launchServer, type LaunchedServer } from './launch.js';
import { stopOrphanedServer } from './orphaned-server.js';
import { APPLICATION_ROLE, DATABASE, OWNER_ROLE, provision } from './provision.js';
import { findRunAs } from './run-as.js';
import type { Secrets } from './secrets.js';
import type { ServerExit } from './server-process.js';

export interface EmbeddedOptions {
  /** Where the data and the passwords are kept, such as `.data`. Made when missing. */
  readonly directory: string;
  /** On the loopback. Left out, a free one. */
  readonly port?: number;
  /** PostgreSQL settings that override ours. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Gets the server's log, line by line. */
  readonly log: (line: string) => void;
}

export interface EmbeddedPostgres {
  /** For migrations: owns the database and may make others. Holds a password, so not for logs. */
  readonly ownerUrl: string;
  /** For the relay: reads and writes rows. Holds a password, so not for logs. */
  readonly applicationUrl: string;
  readonly pid: number;
  readonly port: number;
  /** Resolves when the server is gone, for whatever reason, and the directory is free again. */
  readonly exited: Promise<ServerExit>;
  /** Ends all sessions and stops the server. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that npm installed, on the data in `directory`, which is made on the first start.
 * The server ends with this process, and only one process at a time can use a directory.
 *
 * @throws Error when the directory is in use, the port is taken, or the server cannot run or start.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  await mkdir(options.directory, { recursive: true, mode: 0o700 });
  const directory = await realpath(options.directory);
  const lock = await acquireInstanceLock(directory);
  try {
    return await startLocked(directory, options, lock);
  } catch (error) {
    await leave(directory, lock);
    throw error;
  }
}

async function startLocked(directory: string, options: EmbeddedOptions, lock: InstanceLock): Promise<EmbeddedPostgres> {
  const native = await locateBinaries();
  const predecessorPid = await stopOrphanedServer(dataFolderOf(directory));
  const runAs = await findRunAs(native, directory);
  const cluster = await prepareCluster(directory, runAs);
  const { port, settings = {}, log } = options;
  const server = await launchServer({ directory, runAs, predecessorPid, port, settings, log });
  try {
    await provision(server.port, cluster);
  } catch (error) {
    await server.process.stop();
    throw error;
  }
  const exited = server.process.exited.then(async (exit) => {
    // Whoever waits wants to know about the server. What cannot be cleaned up now, the next start does.
    await leave(directory, lock).catch((error: unknown) => log(String(error)));
    return exit;
  });
  return asEmbeddedPostgres(server, cluster.secrets, exited);
}

function asEmbeddedPostgres(
  { process, port }: LaunchedServer,
  secrets: Secrets,
  exited: Promise<ServerExit>,
): EmbeddedPostgres {
  return {
    ownerUrl: urlOf(port, OWNER_ROLE, secrets.ownerPassword),
    applicationUrl: applicationUrlOf(port, secrets),
    pid: process.pid,
    port,
    exited,
    async stop() {
      await process.stop();
      await exited;
    },
  };
}

/** For reading and writing rows, of a server that runs. Holds a password, so not for logs. */
export function applicationUrlOf(port: number, { applicationPassword }: Secrets): string {
  return urlOf(port, APPLICATION_ROLE, applicationPassword);
}

async function leave(directory: string, lock: InstanceLock): Promise<void> {
  await removeBinariesCopy(directory);
  await lock.release();
}

function urlOf(port: number, role: string, password: string): string {
  return `postgres://${role}:${password}@${LOOPBACK}:${port}/${DATABASE}`;
}

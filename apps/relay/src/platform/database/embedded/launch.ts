import { setTimeout as delay } from 'node:timers/promises';
import { dataFolderOf } from './cluster.js';
import { findFreePort, LOOPBACK, requireFreePort } from './free-port.js';
import { serverNameOf } from './orphaned-server.js';
import { readPostmasterFile } from './postmaster-file.js';
import type { RunAs } from './run-as.js';
import { ServerProcess } from './server-process.js';

export interface Launch {
  readonly directory: string;
  readonly runAs: RunAs;
  /** The process that last ran on the data, see `ServerProcess.spawn`. */
  readonly predecessorPid: number | undefined;
  readonly port: number | undefined;
  readonly settings: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
}

export interface LaunchedServer {
  readonly process: ServerProcess;
  readonly port: number;
}

/**
 * Starts the server on existing data and waits until it takes connections.
 *
 * @throws Error with the last lines of the server's log.
 */
export async function launchServer(launch: Launch): Promise<LaunchedServer> {
  if (launch.port !== undefined) await requireFreePort(launch.port);
  const deadline = performance.now() + RETRY_MILLISECONDS;
  while (true) {
    const port = launch.port ?? (await findFreePort());
    const process = await spawnServer(launch, port);
    const failure = await waitUntilReady(process, dataFolderOf(launch.directory));
    if (failure === undefined) return { process, port };
    const tail = await process.readTail();
    if (!isPassing(tail, launch.port) || performance.now() > deadline) {
      throw new Error(`The embedded PostgreSQL did not start: ${failure}.\n${tail}`);
    }
    await delay(RETRY_PAUSE_MILLISECONDS);
  }
}

const SILENCE_MILLISECONDS = 30_000;
const RETRY_MILLISECONDS = 10_000;
const RETRY_PAUSE_MILLISECONDS = 100;
const POLL_MILLISECONDS = 5;

const DEFAULT_SETTINGS: Readonly<Record<string, string>> = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  shared_buffers: '128MB',
  max_connections: '60',
  max_wal_size: '1GB',
  jit: 'off',
  log_destination: 'stderr',
  logging_collector: 'off',
  log_checkpoints: 'off',
  log_line_prefix: '[%p] ',
  log_startup_progress_interval: '5s',
  // The server's own events only. A failed query is for the relay to report, which knows what to keep quiet about;
  // here it would quote identifiers.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

async function spawnServer(launch: Launch, port: number): Promise<ServerProcess> {
  const data = dataFolderOf(launch.directory);
  const settings = {
    ...DEFAULT_SETTINGS,
    ...launch.settings,
    listen_addresses: LOOPBACK,
    port: String(port),
    unix_socket_directories: '',
    cluster_name: await serverNameOf(data),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const args = ['-D', await launch.runAs.nameOf(data), ...options];
  return ServerProcess.spawn(launch.runAs.program('postgres', args, data), launch.predecessorPid, launch.log);
}

/** Why the server, which then is gone, did not become ready; `undefined` when it did. */
async function waitUntilReady(server: ServerProcess, data: string): Promise<string | undefined> {
  // Watching its file instead of knocking: it would log every connection that comes too early.
  while (!server.isGone) {
    const postmaster = await readPostmasterFile(data);
    if (postmaster?.pid === server.pid && postmaster.isReady) return undefined;
    if (server.silentMilliseconds > SILENCE_MILLISECONDS) {
      await server.stop();
      return `it said nothing for ${SILENCE_MILLISECONDS / 1000} seconds`;
    }
    await Promise.race([server.exited, delay(POLL_MILLISECONDS)]);
  }
  const { code, signal } = await server.exited;
  return code === null ? `it was ended by ${signal ?? 'a signal'}` : `it exited with code ${code}`;
}

/** Whether the same attempt may succeed in a moment. */
function isPassing(tail: string, requestedPort: number | undefined): boolean {
  // The port that was free has been taken in between.
  if (requestedPort === undefined && tail.includes('could not create any TCP/IP sockets')) return true;
  // Somebody killed the postmaster, and its last backends have not noticed yet.
  return /pre-existing shared memory block .* is still in use/.test(tail);
}

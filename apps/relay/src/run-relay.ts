import type { Config } from './platform/config/config.js';
import { completeConfig } from './platform/config/generated-secrets.js';
import { SupervisedPostgres } from './platform/database/embedded/supervised-postgres.js';
import { Log } from './platform/logging/log.js';
import { shutDownOnSignals } from './shutdown.js';

/** For the bus, and for migrations at the start. */
const CONNECTIONS_BESIDE_POOL = 4;
/** For the operator, and what PostgreSQL keeps for superusers. */
const OTHER_CONNECTIONS = 46;

/**
 * Connections that the system accepts before the relay does, as many as Linux allows unless told otherwise. With the 511 that are
 * usual, a restart with thousands of clients drops most of their first packets, and each of them tries again half a minute later.
 */
const BACKLOG = 4_096;

/** Where a relay is reached, and whether it can serve already. */
export interface Announcement {
  readonly url: string;
  readonly isReady: boolean;
}

/** Starts the relay, with the embedded database unless another is configured, and stops both on a signal. */
export async function runRelay(given: Config, tell: (announcement: Announcement) => void = announce): Promise<void> {
  const log = new Log(given);
  // The server has most of its modules still to load, which takes longer than the database needs to start.
  const [embedded, { createRelay, hasDatabase }] = await Promise.all([
    given.DATABASE_URL === undefined ? startEmbedded(given, log) : undefined,
    import('./relay.js'),
  ]);
  const config = completeConfig(given, embedded);
  const relay = await createRelay({ config, log });
  const close = async (): Promise<void> => {
    await relay.close();
    await embedded?.stop();
  };
  shutDownOnSignals(log, close);
  try {
    await relay.listen({ host: config.HOST, port: config.PORT, backlog: BACKLOG });
  } catch (error) {
    await close();
    throw withAdvice(error, config);
  }
  tell({ url: config.PUBLIC_URL ?? (await relay.getUrl()), isReady: hasDatabase(relay) });
}

export function startEmbedded(config: Config, log: Log): Promise<SupervisedPostgres> {
  const connections = OTHER_CONNECTIONS + config.WORKERS * (config.DATABASE_POOL_SIZE + CONNECTIONS_BESIDE_POOL);
  const options = {
    directory: config.DATA_DIR,
    settings: { max_connections: String(connections) },
    log: (line: string) => log.log(line),
  };
  return SupervisedPostgres.start(options, {
    onExit: (signal) => log.error('embedded database ended', { signal: signal ?? 'none' }),
    onRestart: () => log.info('embedded database started again'),
    onFailure: (error) => log.error('embedded database does not start', {}, error),
  });
}

function withAdvice(error: unknown, config: Config): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return new Error(`port ${String(config.PORT)} is taken; set PORT to another one`, { cause: error });
  return error instanceof Error ? error : new Error('listening failed', { cause: error });
}

/** For the person at the terminal. */
export function announce({ url, isReady }: Announcement): void {
  process.stdout.write(
    isReady ? `Sealpost is ready at ${url}\n` : `Sealpost listens at ${url} and waits for its database\n`,
  );
}

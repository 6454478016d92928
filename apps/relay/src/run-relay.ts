import type { Config } from './platform/config/config.js';
import { completeConfig } from './platform/config/generated-secrets.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './platform/database/embedded/embedded-postgres.js';
import { Log } from './platform/logging/log.js';
import { createRelay } from './relay.js';

/** A shutdown that takes longer than this is ended by force. */
const LONGEST_SHUTDOWN_MS = 15_000;

/** Starts the relay, with the embedded database unless another is configured, and stops both on a signal. */
export async function runRelay(given: Config): Promise<void> {
  const log = new Log(given);
  const embedded = given.DATABASE_URL === undefined ? await startEmbedded(given, log) : undefined;
  const config = completeConfig(given, embedded);
  const relay = await createRelay({ config, log });
  const stop = async (code: number): Promise<void> => {
    const forced = setTimeout(() => process.exit(1), LONGEST_SHUTDOWN_MS);
    await relay.close();
    await embedded?.stop();
    clearTimeout(forced);
    process.exit(code);
  };
  stopOnSignals(log, stop);
  void embedded?.exited.then(({ signal }) => {
    log.error('embedded database ended', { signal: signal ?? 'none' });
  });
  try {
    await relay.listen({ host: config.HOST, port: config.PORT });
  } catch (error) {
    await relay.close();
    await embedded?.stop();
    throw portTaken(error, config);
  }
  announce(await relay.getUrl(), config);
}

async function startEmbedded(config: Config, log: Log): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({
    directory: config.DATA_DIR,
    log: (line) => {
      log.log(line);
    },
  });
}

function stopOnSignals(log: Log, stop: (code: number) => Promise<void>): void {
  let stopping = false;
  const once = (code: number): void => {
    if (stopping) return;
    stopping = true;
    void stop(code);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      log.info('stopping', { signal });
      once(0);
    });
  // After an error nobody caught the state is unknown: drain and let the supervisor start afresh.
  process.on('uncaughtException', (error) => {
    log.fatal('uncaught exception', {}, error);
    once(1);
  });
  process.on('unhandledRejection', (error) => {
    log.fatal('unhandled rejection', {}, error);
    once(1);
  });
}

function portTaken(error: unknown, config: Config): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return new Error(`port ${String(config.PORT)} is taken; set PORT to another one`, { cause: error });
  return error instanceof Error ? error : new Error('listening failed', { cause: error });
}

/** For the person at the terminal; the same stands in the log. */
function announce(url: string, config: Config): void {
  process.stdout.write(`Sealpost is ready at ${config.PUBLIC_URL ?? url}\n`);
}

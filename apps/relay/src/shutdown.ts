import type { Log } from './platform/logging/log.js';

/** A shutdown that takes longer than this is ended by force: in all it is to take fifteen seconds at most. */
const LONGEST_SHUTDOWN_MS = 14_000;

/** Ends the process in order, once, when it is told to or when its state is no longer known. */
export function shutDownOnSignals(log: Log, close: () => Promise<void>): void {
  let stopping = false;
  const stop = (code: number): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), LONGEST_SHUTDOWN_MS).unref();
    close().then(
      () => process.exit(code),
      (error: unknown) => {
        log.fatal('shutdown failed', {}, error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      log.info('stopping', { signal });
      stop(0);
    });
  // Started by a script that was killed: nobody could stop us any more.
  process.on('disconnect', () => stop(0));
  // After an error that nobody caught the state is unknown: drain, and let the supervisor start afresh.
  process.on('uncaughtException', (error) => {
    log.fatal('uncaught exception', {}, error);
    stop(1);
  });
  process.on('unhandledRejection', (error) => {
    log.fatal('unhandled rejection', {}, error);
    stop(1);
  });
}

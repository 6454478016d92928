import type { Log } from './log.js';

/**
 * The last resort for what runs because something happened, and nobody waits for: a listener, a round of a timer. What it
 * throws is logged and ends there. Uncaught, it would end the process, and with it everybody else's work.
 */
export function contained<Args extends readonly unknown[]>(
  log: Log,
  failure: string,
  work: (...args: Args) => void | Promise<void>,
): (...args: Args) => void {
  const fail = (error: unknown): void => log.error(failure, {}, error);
  return (...args) => {
    try {
      work(...args)?.catch(fail);
    } catch (error) {
      fail(error);
    }
  };
}

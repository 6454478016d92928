import { RelayRefusal, RelayUnreachableError } from './relay.errors.js';

/** How long a {@link Backoff} waits. */
export interface BackoffOptions {
  /** Of the first wait at most, before it doubles. */
  readonly baseMs?: number;
  readonly maxMs?: number;
  /** From 0 up to 1. */
  readonly random?: () => number;
  readonly wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/**
 * How long to wait before the next attempt: up to twice as long each time, and a random part of that (full jitter), so that
 * the clients of a relay that comes back do not all come at once. What the relay asks for is waited in full.
 *
 * ```ts
 * const backoff = new Backoff();
 * for (;;)
 *   try {
 *     return await send();
 *   } catch (error) {
 *     if (!isRetryable(error)) throw error;
 *     await backoff.wait(error, signal);
 *   }
 * ```
 */
export class Backoff {
  private attempts = 0;
  private readonly options: Required<BackoffOptions>;

  constructor(options: BackoffOptions = {}) {
    this.options = { baseMs: 500, maxMs: 60_000, random: Math.random, wait: waitFor, ...options };
  }

  /** The wait after another failure. */
  nextMs(error?: unknown): number {
    const { baseMs, maxMs, random } = this.options;
    const ceiling = Math.min(maxMs, baseMs * 2 ** Math.min(this.attempts++, 30));
    return askedForMs(error) + random() * ceiling;
  }

  /** @throws the reason of the signal, when it is aborted meanwhile. */
  async wait(error?: unknown, signal?: AbortSignal): Promise<void> {
    await this.options.wait(this.nextMs(error), signal);
  }

  /** After a success. */
  reset(): void {
    this.attempts = 0;
  }
}

function askedForMs(error: unknown): number {
  if (!(error instanceof RelayRefusal) && !(error instanceof RelayUnreachableError)) return 0;
  return (error.retryAfterSeconds ?? 0) * 1_000;
}

/** Timers of platforms fire at once when they are given more than 31 bits. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** @throws the reason of the signal, when it is aborted meanwhile. */
export async function waitFor(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const done = (): void => {
      signal?.removeEventListener('abort', aborted);
      resolve();
    };
    const timer = setTimeout(done, Math.min(ms, MAX_TIMER_MS));
    const aborted = (): void => {
      clearTimeout(timer);
      reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    signal?.addEventListener('abort', aborted, { once: true });
  });
}

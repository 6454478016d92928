import { Backoff } from './backoff.js';
import { isRetryable } from './relay.errors.js';

/** Does again what fails because the relay is out of reach, as often as it takes. */
export class Retries {
  private hurry = new AbortController();

  constructor(private readonly newBackoff = (): Backoff => new Backoff()) {}

  /** Does not wait any longer: the relay can be reached again. */
  retryNow(): void {
    this.hurry.abort();
    this.hurry = new AbortController();
  }

  /** @throws the signal's reason once it ends the waiting, and whatever would fail again. */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const backoff = this.newBackoff();
    for (;;)
      try {
        signal.throwIfAborted();
        return await work();
      } catch (error) {
        signal.throwIfAborted();
        if (!isRetryable(error)) throw error;
        // Woken early, or ended: the next round tells.
        await backoff.wait(error, AbortSignal.any([signal, this.hurry.signal])).catch(() => undefined);
      }
  }
}

import { Backoff } from '../relay/backoff.js';
import { isRetryable } from '../relay/relay.errors.js';

type Work = () => Promise<void>;

/** What a device has to do as soon as it can: one thing at a time, each once, and again until it succeeds. */
export class Chores {
  private readonly waiting = new Map<string, Work>();
  private readonly stopping = new AbortController();
  private readonly settledBy = new Set<() => void>();
  private running = false;
  private hurry = new AbortController();

  /**
   * @param onFailure told of work that failed in a way in which it would fail again: it is given up.
   * @param onOffline told when the relay cannot be reached, or will not answer now.
   */
  constructor(
    private readonly onFailure: (error: unknown) => void,
    private readonly onOffline: () => void,
    private readonly backoff = new Backoff(),
  ) {}

  /** @param key of what is asked for: to ask twice is to ask once. */
  add(key: string, work: Work): void {
    if (this.stopping.signal.aborted) return;
    this.waiting.set(key, work);
    if (!this.running) void this.run();
  }

  /** Does not wait any longer: the relay can be reached again. */
  retryNow(): void {
    this.backoff.reset();
    this.hurry.abort();
    this.hurry = new AbortController();
  }

  /** Resolves when nothing is left to do, or nothing can be done while the relay cannot be reached. */
  async settled(): Promise<void> {
    if (this.running) await new Promise<void>((resolve) => this.settledBy.add(resolve));
  }

  /** What is being done is finished; nothing new begins. */
  async stop(): Promise<void> {
    this.waiting.clear();
    this.stopping.abort();
    this.hurry.abort();
    while (this.running) await this.settled();
  }

  private async run(): Promise<void> {
    this.running = true;
    for (;;) {
      const [next] = this.waiting;
      if (next === undefined) break;
      const [key, work] = next;
      this.waiting.delete(key);
      await this.attempt(key, work);
    }
    this.running = false;
    this.tellSettled();
  }

  private async attempt(key: string, work: Work): Promise<void> {
    try {
      await work();
      this.backoff.reset();
    } catch (error) {
      if (!isRetryable(error)) {
        this.onFailure(error);
        return;
      }
      if (!this.waiting.has(key) && !this.stopping.signal.aborted) this.waiting.set(key, work);
      this.onOffline();
      this.tellSettled();
      // Woken early, or stopped: either way there is nothing to wait for any more.
      await this.backoff.wait(error, this.hurry.signal).catch(() => undefined);
    }
  }

  private tellSettled(): void {
    for (const resolve of this.settledBy) resolve();
    this.settledBy.clear();
  }
}

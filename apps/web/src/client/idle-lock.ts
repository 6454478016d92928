/** How often it is looked whether the time is over. Browsers make it a minute in a tab that nobody sees. */
const LOOK_MS = 5_000;

interface IdleLockParts {
  /** Undefined for never. */
  readonly afterMs: number | undefined;
  readonly lock: () => void;
  readonly nowMs: () => number;
}

/**
 * Locks once nobody has done anything for a while. Times are compared each time that something happens: timers stand still while
 * a computer sleeps, and whoever wakes it up must not find the account open.
 */
export class IdleLock {
  private activeAtMs: number;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly parts: IdleLockParts) {
    this.activeAtMs = parts.nowMs();
  }

  start(): void {
    if (this.parts.afterMs !== undefined) this.timer = setInterval(this.look, LOOK_MS);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Somebody does something. If that is too late, it does not count. */
  readonly note = (): void => {
    if (!this.isOver()) this.activeAtMs = this.parts.nowMs();
    else this.look();
  };

  /** For when the page is seen again, or a timer runs. */
  readonly look = (): void => {
    if (this.timer === undefined || !this.isOver()) return;
    this.stop();
    this.parts.lock();
  };

  private isOver(): boolean {
    const { afterMs, nowMs } = this.parts;
    const idleMs = nowMs() - this.activeAtMs;
    // A clock that was set back says nothing of how long it was.
    return afterMs !== undefined && (idleMs >= afterMs || idleMs < 0);
  }
}

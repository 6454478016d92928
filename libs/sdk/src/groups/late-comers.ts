const FIRST_MS = 500;
const MOST_MS = 300_000;
const MOST_TIMES = 20;

/**
 * Looks again after a while, and after longer each time: a device that has just been listed has no key packages yet, and nothing
 * says when it has.
 */
export class LateComers {
  private readonly times = new Map<string, number>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(private readonly look: (conversationId: string) => void) {}

  /** Somebody is missing. */
  expect(conversationId: string): void {
    const times = this.times.get(conversationId) ?? 0;
    if (times >= MOST_TIMES || this.timers.has(conversationId)) return;
    this.times.set(conversationId, times + 1);
    const timer = setTimeout(
      () => {
        this.timers.delete(conversationId);
        this.look(conversationId);
      },
      Math.min(MOST_MS, FIRST_MS * 2 ** times),
    );
    this.timers.set(conversationId, timer);
  }

  /** All are there. */
  forget(conversationId: string): void {
    this.times.delete(conversationId);
  }

  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }
}

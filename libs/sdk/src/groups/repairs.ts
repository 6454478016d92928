/** So often within an hour a device comes into the same group from outside. */
const MOST_REPAIRS = 5;
const HOUR_MS = 3_600_000;

/** Counts how often groups are repaired: a relay that breaks them again at once keeps no device busy, nor everybody else. */
export class Repairs {
  private readonly tried = new Map<string, readonly number[]>();

  constructor(private readonly nowMs: () => number) {}

  /** Whether it may be tried again now, which is counted then. */
  mayTry(conversationId: string): boolean {
    const nowMs = this.nowMs();
    const recent = (this.tried.get(conversationId) ?? []).filter((atMs) => nowMs - atMs < HOUR_MS);
    const may = recent.length < MOST_REPAIRS;
    this.tried.set(conversationId, may ? [...recent, nowMs] : recent);
    return may;
  }
}

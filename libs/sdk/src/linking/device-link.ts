/**
 * Two devices that have heard of each other. Whoever holds both compares the words, and says on each what they found:
 * nothing is handed over, and nothing taken, before that.
 */
export interface DeviceLink<Confirmed extends readonly unknown[] = []> {
  /** Six, to be shown as they are. */
  readonly words: readonly string[];
  /** The words are the same on both devices. */
  readonly confirm: (...given: Confirmed) => Promise<void>;
  /** They differ, or nobody wanted this. */
  readonly reject: () => Promise<void>;
}

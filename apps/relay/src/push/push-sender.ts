import type { PushTarget } from './push-registration.js';

/** What became of a wake-up. */
export type PushOutcome =
  | { readonly kind: 'sent' }
  /** The push service does not know the device any more. */
  | { readonly kind: 'gone' }
  /** It could not take it now. */
  | { readonly kind: 'later'; readonly afterMs?: number | undefined }
  /** It takes none from this relay, as it is set up: the log says so by this code. */
  | { readonly kind: 'refused'; readonly code: string };

/** Wakes devices by one kind of push service. */
export interface PushSender<Target extends PushTarget> {
  /** @throws {Error} when the service cannot be reached. */
  send(target: Target): Promise<PushOutcome>;
}

/** What follows from the status alone, with any of these services. */
export function outcomeOf(kind: PushTarget['kind'], status: number, afterMs: number | undefined): PushOutcome {
  if (status >= 200 && status < 300) return { kind: 'sent' };
  if (status === 429 || status >= 500) return { kind: 'later', afterMs };
  return { kind: 'refused', code: `${kind}_${String(status)}` };
}

import { Observable } from '../state/observable.js';

/** Minutes without any activity after which the account is locked. */
export const LOCK_DELAYS = ['never', '1', '5', '15', '60'] as const;
export type LockDelay = (typeof LOCK_DELAYS)[number];

const KEY = 'sealpost.lock-after-minutes';
const MINUTE_MS = 60_000;

export function isLockDelay(value: unknown): value is LockDelay {
  return LOCK_DELAYS.some((delay) => delay === value);
}

/**
 * Never, unless somebody says otherwise: a locked messenger gets no messages, and tells nobody of any. Who leaves a computer
 * locks its screen, which protects everything else on it as well.
 */
function storedDelay(): LockDelay {
  const stored = localStorage.getItem(KEY);
  return isLockDelay(stored) ? stored : 'never';
}

export const lockDelay = new Observable<LockDelay>(storedDelay());

export function rememberLockDelay(delay: LockDelay): void {
  localStorage.setItem(KEY, delay);
  lockDelay.set(delay);
}

/** As nobody has chosen anything: for the next account. */
export function forgetLockDelay(): void {
  localStorage.removeItem(KEY);
  lockDelay.set('never');
}

/** Undefined for never. */
export function delayMs(delay: LockDelay): number | undefined {
  return delay === 'never' ? undefined : Number(delay) * MINUTE_MS;
}

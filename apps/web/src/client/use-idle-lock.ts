import { useEffect } from 'react';
import { delayMs, lockDelay } from '../settings/lock-delay.js';
import { useObservable } from '../state/observable.js';
import { useSession } from './contexts.js';
import { IdleLock } from './idle-lock.js';

/** What somebody does who is there. A mouse that lies still moves by itself at times, but not often enough to matter. */
const ACTIVITY = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;
/** What comes first after a sleep, or after another tab. */
const RETURN = ['focus', 'pageshow', 'resume', 'visibilitychange'] as const;

/** Locks the open account after the time that its owner has chosen. */
export function useIdleLock(): void {
  const session = useSession();
  const afterMs = delayMs(useObservable(lockDelay));
  useEffect(() => {
    if (afterMs === undefined) return undefined;
    const idle = new IdleLock({ afterMs, lock: () => void session.lock(), nowMs: () => Date.now() });
    const ending = new AbortController();
    const heard = { signal: ending.signal, capture: true, passive: true };
    for (const kind of ACTIVITY) addEventListener(kind, idle.note, heard);
    for (const kind of RETURN) {
      addEventListener(kind, idle.look, heard);
      document.addEventListener(kind, idle.look, heard);
    }
    idle.start();
    return () => {
      ending.abort();
      idle.stop();
    };
  }, [session, afterMs]);
}

import { LIMITS } from '#protocol';
import { Observable } from '../state/observable.js';

const KEY = 'sealpost.dismissed-announcements';

/** Ids of the announcements that whoever sits here has put away. */
export const dismissed = new Observable<readonly string[]>(stored());

export function dismiss(id: string): void {
  // As many as there can be at once: what is not shown any more need not be remembered for ever.
  keep([id, ...dismissed.get().filter((one) => one !== id)].slice(0, 2 * LIMITS.announcements));
}

/** As nobody has put anything away: for the next account. */
export function forgetDismissed(): void {
  keep([]);
}

function keep(ids: readonly string[]): void {
  if (ids.length === 0) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, ids.join(' '));
  dismissed.set(ids);
}

function stored(): readonly string[] {
  return (localStorage.getItem(KEY) ?? '').split(' ').filter((id) => id !== '');
}

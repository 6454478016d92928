import { Observable } from '../state/observable.js';

const KEY = 'sealpost.single-key-shortcuts';
const OFF = 'off';

/**
 * Whether a character alone is a shortcut. Who speaks to the computer, or touches keys by accident, has to be able to do without
 * (WCAG 2.2, 2.1.4).
 */
export const singleKeys = new Observable(localStorage.getItem(KEY) !== OFF);

export function rememberSingleKeys(areOn: boolean): void {
  if (areOn) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, OFF);
  singleKeys.set(areOn);
}

/** As nobody has chosen anything: for the next account. */
export function forgetSingleKeys(): void {
  rememberSingleKeys(true);
}

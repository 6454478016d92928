import { Observable } from '../state/observable.js';
import { inForce, type Muting, mutingIn, NOT_MUTED, textOf } from './muting.js';

const KEY = 'sealpost.muted';

/** Whether this browser tells of nothing, as its owner has chosen. */
export const chosenMuting = new Observable<Muting>(mutingIn(localStorage.getItem(KEY) ?? ''));

/** What holds right now. */
export function mutingNow(): Muting {
  return inForce(chosenMuting.get(), Date.now());
}

export function rememberMuting(chosen: Muting): void {
  if (chosen.choice === 'off') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, textOf(chosen));
  chosenMuting.set(chosen);
}

/** As nobody has chosen anything: for the next account. */
export function forgetMuting(): void {
  rememberMuting(NOT_MUTED);
}

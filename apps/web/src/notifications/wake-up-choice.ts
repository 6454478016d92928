import { Observable } from '../state/observable.js';

const KEY = 'sealpost.wake-ups';
const ON = 'on';

/** Whether this browser tells of messages while the app is closed. */
export const areWakeUpsOn = new Observable(localStorage.getItem(KEY) === ON);

export function rememberWakeUps(areOn: boolean): void {
  if (areOn) localStorage.setItem(KEY, ON);
  else localStorage.removeItem(KEY);
  areWakeUpsOn.set(areOn);
}

/** As nobody has chosen anything: for the next account. */
export function forgetWakeUps(): void {
  rememberWakeUps(false);
}

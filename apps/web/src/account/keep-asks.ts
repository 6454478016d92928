import type { AskToKeep } from '#sdk';
import { Observable } from '../state/observable.js';

/** Somebody who signs in is asked whether to keep an account that is to be deleted. */
export interface KeepAsk {
  readonly dueAt: string;
  readonly answer: (keeps: boolean) => void;
}

/** Asks whoever signs in to such an account: the sign-in waits, and a window over the page says what it is about. */
export class KeepAsks {
  readonly pending = new Observable<KeepAsk | undefined>(undefined);

  readonly ask: AskToKeep = ({ dueAt }) =>
    new Promise((resolve) => {
      this.pending.set({
        dueAt,
        answer: (keeps) => {
          this.pending.set(undefined);
          resolve(keeps);
        },
      });
    });
}

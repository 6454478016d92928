import { Refusal } from '../platform/errors/refusal.js';

/** All of them are kept in memory, so there is a most. */
export class TooManyAllowances extends Refusal {
  constructor(most: number) {
    super('conflict', `${String(most)} accounts have limits of their own already.`);
  }
}

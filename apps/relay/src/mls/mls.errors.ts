import { Refusal } from '../platform/errors/refusal.js';

/** A commit that is malformed, or does not do what it says. */
export class InvalidCommit extends Refusal {
  constructor(detail: string) {
    super('invalid_commit', detail);
  }
}

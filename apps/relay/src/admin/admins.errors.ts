import { Forbidden } from '../platform/errors/refusal.js';

/** Said before anything is looked up, so that it tells nothing of what was asked about. */
export class NotAnAdmin extends Forbidden {
  constructor() {
    super('Only admins of the relay may do this.');
  }
}

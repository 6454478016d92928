import { Refusal } from '../platform/errors/refusal.js';

export class UsernameTaken extends Refusal {
  constructor() {
    super('username_taken', 'This username is taken. Names of deleted accounts are not given out again.');
  }
}

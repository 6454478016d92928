import { Refusal } from '../platform/errors/refusal.js';

/** Unknown user and wrong secret: telling them apart would tell who is here. */
export class InvalidCredentials extends Refusal {
  constructor() {
    super('invalid_credentials', 'Wrong username or secret.');
  }
}

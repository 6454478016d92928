import { Refusal } from '../platform/errors/refusal.js';

export class OwnContact extends Refusal {
  constructor() {
    super('invalid_request', 'Nobody is a contact of their own.', {
      errors: [{ path: '/username', message: 'must be somebody else' }],
    });
  }
}

import { Refusal } from '../platform/errors/refusal.js';

export class TooManyConnections extends Refusal {
  constructor() {
    super('too_many_connections', 'This account or address has as many connections as it may.', {
      retryAfterSeconds: 30,
    });
  }
}

import { Refusal } from '../platform/errors/refusal.js';

export class IdReused extends Refusal {
  constructor() {
    super('id_reused', 'Somebody else has already used this id in this conversation.');
  }
}

import { Refusal, Unavailable } from '../platform/errors/refusal.js';

/** Each side speaks once: whoever comes second is either a mistake or an attack, and both are to be seen. */
export class SlotTaken extends Refusal {
  constructor() {
    super('conflict', 'Something else was put here before.');
  }
}

export class TooManySlots extends Unavailable {
  constructor() {
    super('Too many devices are being linked.', 30);
  }
}

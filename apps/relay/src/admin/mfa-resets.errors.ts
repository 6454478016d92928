import { Refusal } from '../platform/errors/refusal.js';

export class MfaResetPending extends Refusal {
  constructor() {
    super('conflict', 'A reset of the second factors of this account waits for another admin already.');
  }
}

export class NoFactorToReset extends Refusal {
  constructor() {
    super('conflict', 'This account has no second factor.');
  }
}

import { Refusal } from '../platform/errors/refusal.js';

/** Another list or identity key is current: somebody else was faster, or the caller has not read for long. */
export class DeviceListNotCurrent extends Refusal {
  constructor() {
    super(
      'stale_version',
      'The list does not follow on the current list and identity key. Read both, and sign one that does.',
    );
  }
}

export class DeviceListNotSigned extends Refusal {
  constructor() {
    super('invalid_signature', 'A list of devices must be signed by the current identity key, an Ed25519 one.');
  }
}

export class DeviceListWrong extends Refusal {
  constructor(message: string) {
    super('invalid_request', 'The list of devices is none of this account.', { errors: [{ path: '/body', message }] });
  }
}

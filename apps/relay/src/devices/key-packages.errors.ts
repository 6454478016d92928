import { Refusal } from '../platform/errors/refusal.js';

export class KeyPackageWrong extends Refusal {
  constructor(index: number, message: string) {
    super('invalid_request', 'A key package is none that this device may upload.', {
      errors: [{ path: `/keyPackages/${String(index)}/body`, message }],
    });
  }
}

/** What the account has not signed, nobody else would take. */
export class DeviceNotListed extends Refusal {
  constructor() {
    super(
      'device_not_listed',
      'The current signed list of devices does not have this device with the signature key of the key package.',
    );
  }
}

export class TooManyKeyPackages extends Refusal {
  constructor(limit: number) {
    super('account_quota_exceeded', `A device has at most ${String(limit)} key packages waiting.`);
  }
}

import { Refusal } from '../platform/errors/refusal.js';

export class DeviceLimitReached extends Refusal {
  constructor(limit: number) {
    super(
      'device_limit_reached',
      `An account has at most ${limit} devices. Sign in as one of them, or remove one first.`,
    );
  }
}

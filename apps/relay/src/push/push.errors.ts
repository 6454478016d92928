import type { PushKind } from '#protocol';
import { InvalidRequest, Refusal } from '../platform/errors/refusal.js';

/** The operator has not set up, or has switched off, this way of waking devices. */
export class PushUnsupported extends Refusal {
  constructor(kind: PushKind) {
    super('push_unsupported', `This relay does not wake devices by ${kind}.`);
  }
}

/** The relay calls no address that leads into the operator's own network, and none in clear. */
export class BadEndpoint extends InvalidRequest {
  constructor() {
    super([{ path: '/target/endpoint', message: 'must be an https URL of a public host, without a username' }]);
  }
}

export class BadSubscriptionKey extends InvalidRequest {
  constructor() {
    super([{ path: '/target/p256dh', message: 'must be an uncompressed point of P-256' }]);
  }
}

export class UnknownApp extends InvalidRequest {
  constructor() {
    super([{ path: '/target/topic', message: 'is none of the apps that this relay wakes' }]);
  }
}

export { PushModule } from './push.module.js';
export { PushRegistrationEntity } from './push-registration.entity.js';
export { type PushOffers, PushSenders } from './push-senders.js';
export { PushTotals } from './push-totals.js';

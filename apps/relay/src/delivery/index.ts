export { type Addressees, Delivery, END_REASONS, type EndReason, type Transport } from './delivery.js';
export { DeliveryModule } from './delivery.module.js';

export { type Addressees, Delivery, type EndReason, type Transport } from './delivery.js';
export { DeliveryModule } from './delivery.module.js';

export {
  type Addressees,
  type Arrival,
  Delivery,
  END_REASONS,
  type EndReason,
  type Neighbours,
  type Room,
  type Transport,
  type Waker,
} from './delivery.js';
export { DeliveryModule } from './delivery.module.js';

export { LinkingModule } from './linking.module.js';
export { LinkingSlotEntity } from './linking-slot.entity.js';

export { AccountChangeEntity } from './account-change.entity.js';
export { ChangesModule } from './changes.module.js';
export { ChangesService } from './changes.service.js';
export { type Change, ChangesStore } from './changes.store.js';

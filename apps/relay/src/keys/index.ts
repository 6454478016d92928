export { IdentityKeyEntity } from './identity-key.entity.js';
export { KeysModule } from './keys.module.js';

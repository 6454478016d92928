export { IdentityKeyEntity } from './identity-key.entity.js';
export { hasSignedBytes, isUncompressedPoint, type PublicKey } from './identity-key.js';
export { KeysModule } from './keys.module.js';
export { KeysStore } from './keys.store.js';

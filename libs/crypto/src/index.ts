export { type AccountKeys, deriveAccountKeys } from './account-keys.js';
export { type AttachmentLayout, attachmentLayout, chunkAt } from './attachment-layout.js';
export { AttachmentOpener, AttachmentSealer, newAttachmentKey } from './attachments.js';
export { decodeBase64Url, encodeBase64Url } from './base64url.js';
export { CryptoError, type CryptoErrorCode } from './crypto.errors.js';
export {
  checkDeviceList,
  deviceListHash,
  type DeviceListReader,
  signDeviceList,
  type SignedDeviceList,
  type SigningKey,
} from './device-lists.js';
export {
  commitmentTo,
  type FrankedFrame,
  frankedFrame,
  isCommitment,
  MAX_FRANKED_BYTES,
  newFrankingKey,
  readFrankedFrame,
} from './franking.js';
export { groupCode } from './group-code.js';
export {
  type ArchivePlace,
  newArchiveKey,
  openArchivePart,
  openSuccessorKey,
  sealArchivePart,
  sealSuccessorKey,
} from './history-archive.js';
export {
  checkIdentityHistory,
  identityFingerprint,
  type SignedIdentityLink,
  succeedIdentity,
} from './identity-history.js';
export {
  type Link,
  linkAsNewDevice,
  linkAsOldDevice,
  type LinkingCode,
  type LinkingKeys,
  type LinkingPrivateKey,
  newLinkingKeys,
  openProvisioning,
  readLinkingCode,
  sealProvisioning,
  writeLinkingCode,
} from './linking.js';
export { MAX_CONTENT_BYTES, pad, PADDED_BYTES, paddedFileBytes, unpad } from './padding.js';
export {
  deriveRecoveryKeys,
  newRecoveryCode,
  readRecoveryCode,
  type RecoveryKeys,
  type RecoveryWrapping,
  unwrapRecoveredRoot,
  wrapRootForRecovery,
  writeRecoveryCode,
} from './recovery-code.js';
export { type Identity, safetyNumber } from './safety-number.js';
export type { Bytes } from './sealing.js';
export { isSameBytes } from './same-bytes.js';
export {
  newStorageSecret,
  StorageKey,
  type StorageWrapping,
  type StoredAt,
  unwrapStorageSecret,
  wrapStorageSecret,
} from './storage-key.js';
export {
  newVaultRoot,
  openVaultItem,
  type RootWrapping,
  sealVaultItem,
  unwrapVaultRoot,
  type VaultPlace,
  wrapVaultRoot,
} from './vault.js';
export { type Arrival, welcomeRefs } from './mls/arriving.js';
export { type DeviceKeys, importSigningKey, type MlsDevice, newDeviceKeys } from './mls/devices.js';
export { type CommitDraft, forget, MlsEngine, type OwnCommit, type Reading, type SealedMessage } from './mls/engine.js';
export { type GroupMember, MlsGroup } from './mls/group.js';
export type { PartsChange } from './mls/group-parts.js';
export type { DeviceClaim, Judge } from './mls/judging.js';
export type { Lifetime, NewKeyPackage } from './mls/key-packages.js';
export { MlsError, type MlsErrorCode } from './mls/mls.errors.js';
export type { FollowedCommit, OpenedMessage } from './mls/receiving.js';

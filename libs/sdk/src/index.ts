export { AccountError } from './account/account.errors.js';
export {
  type DerivationCost,
  lock,
  type NewDevice,
  register,
  signIn,
  signInAgain,
  signOut,
  unlock,
} from './account/account.js';
export { type AskedDeletion, deleteAccount, type DeletionPlan } from './account/deletion.js';
export type { AskToKeep, PendingDeletion } from './account/keeping.js';
export type { Announcement } from './account/announcements.js';
export type { AccountAllowance } from './admin/allowances.js';
export type {
  AnnouncementDraft,
  Invitation,
  InvitationOptions,
  InvitationPage,
  ServerSettings,
  ServerStatistics,
} from './admin/operations.js';
export type { AttachmentFile, AttachmentProgress, OnProgress } from './attachments/attachment-file.js';
export type {
  Attachments,
  FileMessage,
  ResumeOptions,
  SendFileOptions,
  UnfinishedUpload,
} from './attachments/attachments.js';
export { AttachmentError } from './attachments/attachments.errors.js';
export type { Backup, ImportResult } from './backup/backup.js';
export { type AccountDevice, listDevices, renameDevice, revokeDevice } from './account/devices.js';
export type { PageOptions } from './account/pages.js';
export type {
  AdminSecurityEvent,
  AdminSecurityEventPage,
  AdminUser,
  AdminUserPage,
  MfaReset,
  MfaResetPage,
  SecurityEventSearch,
  UserSearch,
} from './admin/admin.js';
export type {
  AuditCheckpoint,
  AuditCheckpointPage,
  SecurityEvent,
  SecurityEventPage,
} from './account/security-events.js';
export type { AddedFactor, BegunTotp, MfaState, NewPasskey, PasskeyCreation } from './mfa/mfa.js';
export type { GetPasskey } from './mfa/passkey-sign-in.js';
export type {
  AskSecondFactor,
  PasskeyAssertion,
  PasskeyAttestation,
  SecondFactor,
  SecondFactorAnswer,
  SecondFactorRequest,
  SignInOptions,
} from './mfa/second-factor.js';
export type { PushOffers, PushStatus, PushTarget } from './account/push.js';
export type { ReportDraft, ReportedMessage, ReportPage, FiledReport } from './account/reports.js';
export type { AccountSession } from './account/sessions.js';
export type { AccountIdentity } from './account/account-identity.js';
export { type KeyPackageSecrets, KeyPackageStock } from './account/key-package-stock.js';
export type { OpenAccount } from './account/open-account.js';
export type { OwnIdentityKey } from './account/own-identity-key.js';
export { changePassword, recover, type RecoveredAccount, rotateIdentity, setUpRecovery } from './account/passwords.js';
export type { Profile } from './account/profile.js';
export { VaultClient, type VaultItem } from './account/vault-client.js';
export { Backoff, type BackoffOptions, waitFor } from './relay/backoff.js';
export type { TokenTransport } from './relay/refresh-cookie.js';
export { isRefusal, isRetryable, RelayRefusal, RelayUnreachableError } from './relay/relay.errors.js';
export { type Exchange, type Operation, RelayClient, type RelayOptions } from './relay/relay-client.js';
export { RelaySocket, type RelaySocketOptions, type SocketListener } from './relay/relay-socket.js';
export type { SessionTokens } from './relay/session.js';
export {
  type AccountErrorCode,
  type AttachmentErrorCode,
  type GroupErrorCode,
  SdkError,
  type SdkErrorCode,
  type StoreErrorCode,
} from './sdk.errors.js';
/** What the SDK says in the words of the relay. */
export type { components } from '#api-client';
export type {
  AnnouncementSeverity,
  ErrorCode,
  FactorKind,
  GroupPlace,
  MfaChallenge,
  PasskeyRequest,
  RegistrationMode,
} from '#protocol';
export type { PeerState } from './peers/belief.js';
export type { Contact, Contacts } from './peers/contacts.js';
export type { LeafChanges } from './peers/leaf-changes.js';
export {
  type OwnIdentity,
  PeerDirectory,
  type PeerDirectoryOptions,
  type SafetyNumber,
} from './peers/peer-directory.js';
export type { PeerDevice } from './peers/peer-record.js';
export { PEER_LIMITS, type PeerSource, type ServedKey, type ServedList } from './peers/peer-source.js';
export type { Peer, PeerName, PeerNote, RefreshedPeer } from './peers/peer.js';
export { PeerError, type PeerErrorCode } from './peers/peers.errors.js';
export { relayPeers } from './peers/relay-peers.js';
export type { VerifiedContact } from './peers/verified-contacts.js';
export { type Codec, compactCodec } from './store/codec.js';
export { MemoryDisk, MemoryStore } from './store/memory-store.js';
export { RecordKind, type SealedBatch, type SealedPut, SealedStore, type StoredRecord } from './store/sealed-store.js';
export {
  StoreBoundsError,
  StoreClosedError,
  StoreConflictError,
  StoreError,
  StoreFailedError,
  StoreFullError,
  StoreInUseError,
  StoreLockedError,
} from './store/store.errors.js';
export {
  type Batch,
  everyRow,
  type Expectation,
  type Put,
  type Range,
  type Row,
  type RowPlace,
  sortableNumber,
  startingWith,
  type Store,
  STORE_LIMITS,
  STORE_TABLES,
  type StoreTable,
} from './store/store.js';
export type { Waiting } from './waiting.js';
export { Sealpost } from './sealpost.js';
export type {
  Credentials,
  LinkOptions,
  PasskeySignIn,
  Recovery,
  Registration,
  SealpostOptions,
  WaitingLink,
} from './sealpost-options.js';
export type { DeviceLink } from './linking/device-link.js';
export type { Conversation } from './conversations/conversation.js';
export type { Member, Trouble } from './conversations/conversation-record.js';
export type { Handover } from './conversations/heirs.js';
export type { Retention, RetentionInForce } from './conversations/retention.js';
export type { LogRange, NamedAccount, RosterChange } from './conversations/roster-changes.js';
export type { GroupCode } from './groups/group-code.js';
export { GroupError } from './groups/groups.errors.js';
export type { IncomingMessage, IncomingOptions } from './messages/incoming.js';
export type { Marks } from './messages/marks-record.js';
export type { MessageRecord, Reaction, Unreadable } from './messages/message-record.js';
export type { MessageReceipt, Messages, QueuedMessage } from './messages/messages.js';
export type { SdkEvent } from './sync/events.js';

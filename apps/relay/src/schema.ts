import { InitialSchema1795000000000 } from '../migrations/1795000000000-initial-schema.js';
import { AppendByPlaces1796000000000 } from '../migrations/1796000000000-append-by-places.js';
import { DeviceListsAndKeyPackages1797000000000 } from '../migrations/1797000000000-device-lists-and-key-packages.js';
import { MlsGroups1798000000000 } from '../migrations/1798000000000-mls-groups.js';
import { VaultRecoveryLinking1799000000000 } from '../migrations/1799000000000-vault-recovery-linking.js';
import { Attachments1800000000000 } from '../migrations/1800000000000-attachments.js';
import { AuditLog1804000000000 } from '../migrations/1804000000000-audit-log.js';
import { Retention1805500000000 } from '../migrations/1805500000000-retention.js';
import { MultiFactorSignIn1807000000000 } from '../migrations/1807000000000-multi-factor-sign-in.js';
import { PushRegistrations1808000000000 } from '../migrations/1808000000000-push-registrations.js';
import { Administration1809000000000 } from '../migrations/1809000000000-administration.js';
import { ServerAdministration1809100000000 } from '../migrations/1809100000000-server-administration.js';
import { AccountDeletionGrace1810000000000 } from '../migrations/1810000000000-account-deletion-grace.js';
import { Reports1811000000000 } from '../migrations/1811000000000-reports.js';
import { Nodes1816000000000 } from '../migrations/1816000000000-nodes.js';
import { AppendToConversation1817500000000 } from '../migrations/1817500000000-append-to-conversation.js';
import { AppendEntry1818000000000 } from '../migrations/1818000000000-append-entry.js';
import { AccountEntity } from './accounts/index.js';
import { MfaResetEntity } from './admin/index.js';
import { AllowanceEntity } from './allowances/index.js';
import { AnnouncementEntity } from './announcements/index.js';
import { AttachmentEntity } from './attachments/index.js';
import { AuditCheckpointEntity, AuditEventEntity } from './audit/index.js';
import { AccountChangeEntity } from './changes/index.js';
import { ConversationEntity, MemberEntity, MlsLeafEntity } from './conversations/index.js';
import { EntryEntity, GapEntity } from './entries/index.js';
import { DeviceEntity, DeviceListEntity, KeyPackageEntity, SpentKeyPackageEntity } from './devices/index.js';
import { IdentityKeyEntity } from './keys/index.js';
import { LinkingSlotEntity } from './linking/index.js';
import { ContactEntity } from './people/index.js';
import { RefreshTokenEntity, SessionEntity } from './sessions/index.js';
import { CursorEntity, ReceiptEntity, RelayEntity } from './messages/index.js';
import { MfaChallengeEntity, MfaFactorEntity, MfaRecoveryCodeEntity, TrustedDeviceEntity } from './mfa/index.js';
import { GroupInfoEntity, WelcomeEntity, WelcomeRecipientEntity } from './mls/index.js';
import { LimitBucketEntity } from './platform/limits/limit-bucket.entity.js';
import type { Schema } from './platform/database/schema.js';
import { PushRegistrationEntity } from './push/index.js';
import { ReportEntity, ReportMessageEntity } from './reports/index.js';
import { InvitationEntity } from './registration/index.js';
import { ServerSettingsEntity } from './settings/index.js';
import { VaultItemEntity } from './vault/index.js';

/** Every table and every migration of the relay, in order. */
export const RELAY_SCHEMA: Schema = {
  entities: [
    AccountEntity,
    IdentityKeyEntity,
    ContactEntity,
    AccountChangeEntity,
    ConversationEntity,
    MemberEntity,
    MlsLeafEntity,
    GroupInfoEntity,
    WelcomeEntity,
    WelcomeRecipientEntity,
    EntryEntity,
    GapEntity,
    ReceiptEntity,
    CursorEntity,
    DeviceEntity,
    DeviceListEntity,
    KeyPackageEntity,
    SpentKeyPackageEntity,
    SessionEntity,
    RefreshTokenEntity,
    MfaFactorEntity,
    MfaRecoveryCodeEntity,
    MfaChallengeEntity,
    TrustedDeviceEntity,
    RelayEntity,
    VaultItemEntity,
    LinkingSlotEntity,
    AttachmentEntity,
    AuditEventEntity,
    AuditCheckpointEntity,
    PushRegistrationEntity,
    ReportEntity,
    ReportMessageEntity,
    MfaResetEntity,
    ServerSettingsEntity,
    InvitationEntity,
    AnnouncementEntity,
    AllowanceEntity,
    LimitBucketEntity,
  ],
  migrations: [
    InitialSchema1795000000000,
    AppendByPlaces1796000000000,
    DeviceListsAndKeyPackages1797000000000,
    MlsGroups1798000000000,
    VaultRecoveryLinking1799000000000,
    Attachments1800000000000,
    AuditLog1804000000000,
    Retention1805500000000,
    MultiFactorSignIn1807000000000,
    PushRegistrations1808000000000,
    Administration1809000000000,
    ServerAdministration1809100000000,
    AccountDeletionGrace1810000000000,
    Reports1811000000000,
    Nodes1816000000000,
    AppendToConversation1817500000000,
    AppendEntry1818000000000,
  ],
  // Records come from `append_audit_event` only, and none is ever changed.
  guarded: { audit_events: 'SELECT', audit_checkpoints: 'SELECT, INSERT' },
};

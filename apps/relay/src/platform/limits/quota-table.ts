import { LIMITS } from '#protocol';

/** How much of a thing one account, address or conversation may have. Override one with `QUOTAS=id=number`. */
export const QUOTA_TABLE = {
  socketsPerAccount: LIMITS.socketsPerAccount,
  socketsPerAddress: LIMITS.socketsPerAddress,
  devicesPerAccount: LIMITS.devicesPerAccount,
  keyPackagesPerDevice: LIMITS.keyPackagesPerDevice,
  vaultNamesPerAccount: LIMITS.vaultNamesPerAccount,
  vaultBytesPerAccount: LIMITS.vaultBytesPerAccount,
  attachmentsPerAccount: LIMITS.attachmentsPerAccount,
  attachmentBytesPerAccount: LIMITS.attachmentBytesPerAccount,
  attachmentBytesPerAccountAndDay: LIMITS.attachmentBytesPerAccountAndDay,
  conversationsPerAccount: LIMITS.conversationsPerAccount,
  membersPerConversation: LIMITS.membersPerConversation,
} as const;

export type QuotaId = keyof typeof QUOTA_TABLE;

export function isQuotaId(text: string): text is QuotaId {
  return Object.hasOwn(QUOTA_TABLE, text);
}

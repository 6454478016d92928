declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** UUID of an account. */
export type AccountId = Branded<string, 'AccountId'>;
/** UUID of a device. */
export type DeviceId = Branded<string, 'DeviceId'>;
/** UUID of a session (a family of refresh tokens). */
export type SessionId = Branded<string, 'SessionId'>;
/** UUID of a second factor. */
export type FactorId = Branded<string, 'FactorId'>;
/** UUIDv7 chosen by the client; the idempotency key of a report. */
export type ReportId = Branded<string, 'ReportId'>;
/** UUID of a request to reset second factors. */
export type MfaResetId = Branded<string, 'MfaResetId'>;
/** UUID of a conversation. */
export type ConversationId = Branded<string, 'ConversationId'>;
/** UUIDv7 chosen by the client; the idempotency key of an entry within its conversation. */
export type EntryId = Branded<string, 'EntryId'>;
/** UUIDv4 that the relay draws for an attachment. */
export type AttachmentId = Branded<string, 'AttachmentId'>;
/** base64url of 128 random bits: names a linking slot to whoever is shown it. */
export type LinkingSlotId = Branded<string, 'LinkingSlotId'>;
/** UUIDv7 of an invitation to register. */
export type InvitationId = Branded<string, 'InvitationId'>;
/** UUIDv7 of what an administrator tells everybody. */
export type AnnouncementId = Branded<string, 'AnnouncementId'>;
/** Name of a blob in a vault. */
export type VaultName = Branded<string, 'VaultName'>;
/** Position in a conversation's log: 1, 2, 3 … */
export type Seq = number;

/** Lower-case 8-4-4-4-12 form, any UUID version. */
export const UUID_PATTERN = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
/** Lower-case UUID of version 7 (RFC 9562 §5.7). */
export const UUID_V7_PATTERN = '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';
/** One line of text for people to read: no control characters. */
export const LINE_PATTERN = '^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*$';
/** Some lines of text for people to read: no control characters but line feeds. */
export const LINES_PATTERN = '^[^\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\u2028\\u2029]*$';
/** What the name of a blob in a vault looks like. */
export const VAULT_NAME_PATTERN = '^[a-z0-9][a-z0-9._-]{0,63}$';
/** 16 bytes in base64url: the last character carries two bits. */
export const LINKING_SLOT_PATTERN = '^[A-Za-z0-9_-]{21}[AQgw]$';
/** What a username looks like; it is never given out twice. */
export const USERNAME_PATTERN = '^[a-z0-9._-]{3,32}$';

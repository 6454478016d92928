import { createHash } from 'node:crypto';
import type {
  AccountId,
  AnnouncementId,
  AuditActor,
  AuditEventKind,
  DeviceId,
  FactorId,
  InvitationId,
  SessionId,
} from '#protocol';
import type { Caller } from '../platform/http/caller.js';

/** What happened, for the log to keep. No address, no name, no content has a place in it. */
export interface AuditEvent {
  readonly kind: AuditEventKind;
  readonly at: Date;
  readonly actor: AuditActor;
  /** Whose security it is about. */
  readonly accountId?: AccountId;
  /** From where it was done. */
  readonly deviceId?: DeviceId;
  readonly sessionId?: SessionId;
  /** What it was done to. */
  readonly subjectId?: AccountId | AnnouncementId | DeviceId | FactorId | InvitationId | SessionId;
  /** How often, where several are one record. */
  readonly count?: number;
}

/** An event in its place in the chain. Its texts are as they are stored, which is what has been hashed. */
export interface AuditRecord {
  readonly seq: number;
  readonly at: Date;
  readonly kind: string;
  readonly actor: string;
  readonly accountId: string | null;
  readonly deviceId: string | null;
  readonly sessionId: string | null;
  readonly subjectId: string | null;
  readonly count: number | null;
  readonly previousHash: Buffer;
  readonly hash: Buffer;
}

/** A record with the names of the account that it is about, and of the one that an admin did something to. */
export interface NamedAuditRecord extends AuditRecord {
  readonly username: string | null;
  readonly subjectUsername: string | null;
}

/** What stands in place of the hash before the first record. */
export const NO_HASH = Buffer.alloc(32);

/** Something that the owner of an account did, signed in. */
export function byOwner(caller: Omit<Caller, 'username'>, kind: AuditEventKind, at: Date): AuditEvent {
  const { accountId, deviceId, sessionId } = caller;
  return { kind, at, actor: 'owner', accountId, deviceId, sessionId };
}

/** The hash that a record must have: of what it says, and of the hash before. As `append_audit_event` makes it. */
export function hashOf(record: Omit<AuditRecord, 'hash'>): Buffer {
  const fields = [
    ['seq', record.seq],
    ['at', record.at.getTime()],
    ['kind', record.kind],
    ['actor', record.actor],
    ['account', record.accountId],
    ['device', record.deviceId],
    ['session', record.sessionId],
    ['subject', record.subjectId],
    ['count', record.count],
    ['previous', record.previousHash.toString('hex')],
  ] as const;
  const lines = fields.flatMap(([name, value]) => (value === null ? [] : [`${name}:${String(value)}`]));
  return createHash('sha256')
    .update(['sealpost audit record 1', ...lines].join('\n'))
    .digest();
}

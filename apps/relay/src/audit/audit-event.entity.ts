import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A record of the audit log. The database makes it (`append_audit_event`), and lets nobody change it. */
@Entity('audit_events')
@Index('audit_events_account_idx', ['accountId', 'seq'])
@Check('audit_events_are_words', "kind ~ '^[a-z_]{1,40}$' AND actor ~ '^[a-z_]{1,40}$'")
export class AuditEventEntity {
  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'audit_events_pkey' })
  seq: string;

  @Column({ type: 'timestamptz', precision: 3 })
  at: Date;

  @Column({ type: 'text' })
  kind: string;

  @Column({ type: 'text' })
  actor: string;

  /** Whose security it is about; null for what is about nobody's, or about a name that nobody has. */
  @Column({ name: 'account_id', type: 'uuid', nullable: true })
  accountId: string | null;

  /** From where it was done. */
  @Column({ name: 'device_id', type: 'uuid', nullable: true })
  deviceId: string | null;

  @Column({ name: 'session_id', type: 'uuid', nullable: true })
  sessionId: string | null;

  /** The device, session, second factor or account that it was done to. */
  @Column({ name: 'subject_id', type: 'uuid', nullable: true })
  subjectId: string | null;

  /** How often it happened, where several are one record. */
  @Column({ type: 'bigint', nullable: true })
  count: string | null;

  @Column({ name: 'previous_hash', type: 'bytea' })
  previousHash: Buffer;

  @Column({ type: 'bytea' })
  hash: Buffer;
}

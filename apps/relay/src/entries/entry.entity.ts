import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** One position of a conversation's log, stored once however many devices read it. */
@Entity('entries')
@Unique('entries_id_key', ['id', 'conversationId'])
@Index('entries_due_idx', ['expiresAt'], { where: 'expires_at IS NOT NULL AND body IS NOT NULL' })
@Index('entries_erased_idx', ['expiresAt'], { where: 'expires_at IS NOT NULL AND body IS NULL' })
export class EntryEntity {
  @PrimaryColumn({ name: 'conversation_id', type: 'uuid', primaryKeyConstraintName: 'entries_pkey' })
  conversationId: string;

  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'entries_pkey' })
  seq: string;

  /** The client's idempotency key; of entries the relay writes itself, one it made up. */
  @Column({ type: 'uuid' })
  id: string;

  /** Index into ENTRY_KINDS. */
  @Column({ type: 'smallint' })
  kind: number;

  @Column({ name: 'sender_account', type: 'uuid', nullable: true })
  senderAccount: string | null;

  @Column({ name: 'sender_device', type: 'uuid', nullable: true })
  senderDevice: string | null;

  /** Null once the entry is erased. */
  @Column({ type: 'bytea', nullable: true })
  body: Buffer | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt: Date | null;
}

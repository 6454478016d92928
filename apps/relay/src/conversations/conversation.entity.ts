import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A conversation: the head of its log, and where its roster and metadata changed last. */
@Entity('conversations')
@Index('conversations_erase_delivered_idx', ['id'], { where: 'erase_delivered' })
export class ConversationEntity {
  /** Chosen by the client for groups, derived from both accounts for direct conversations. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'conversations_pkey' })
  id: string;

  @Column({ type: 'text' })
  kind: string;

  @Column({ type: 'text' })
  protocol: string;

  @Column({ name: 'last_seq', type: 'bigint', default: 0 })
  lastSeq: string;

  @Column({ name: 'roster_seq', type: 'bigint', default: 0 })
  rosterSeq: string;

  @Column({ name: 'metadata_seq', type: 'bigint', nullable: true })
  metadataSeq: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  /** Which MLS group it has by now: 0 before the first, and for `opaque`. */
  @Column({ name: 'mls_generation', type: 'integer', default: 0 })
  mlsGeneration: number;

  @Column({ type: 'bigint', default: 0 })
  epoch: string;

  /** Messages of earlier epochs are refused: a leaf was removed since. */
  @Column({ name: 'min_epoch', type: 'bigint', default: 0 })
  minEpoch: string;

  /** Whether a leaf has to be removed before the next message: its device was revoked, or its account is no member. */
  @Column({ name: 'removal_pending', type: 'boolean', default: false })
  removalPending: boolean;

  /** How long what is written in it is kept; null for good, as far as the relay goes along. */
  @Column({ name: 'expire_after_seconds', type: 'integer', nullable: true })
  expireAfterSeconds: number | null;

  /** Whether a message is erased once every device of every member has it. */
  @Column({ name: 'erase_delivered', type: 'boolean', default: false })
  eraseDelivered: boolean;
}

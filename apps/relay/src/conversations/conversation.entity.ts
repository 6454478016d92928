import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A conversation: the head of its log, and where its roster and metadata changed last. */
@Entity('conversations')
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
}

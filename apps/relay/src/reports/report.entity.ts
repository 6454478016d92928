import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A report of abuse. It goes with the account of whoever filed it: a trigger on the accounts sees to that. */
@Entity('reports')
@Index('reports_reporter_idx', ['reporterId', 'filedAt', 'id'])
@Index('reports_filed_idx', ['filedAt', 'id'])
export class ReportEntity {
  /** The client's idempotency key. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'reports_pkey' })
  id: string;

  @Column({ name: 'reporter_id', type: 'uuid' })
  reporterId: string;

  @Column({ name: 'reported_id', type: 'uuid' })
  reportedId: string;

  @Column({ name: 'conversation_id', type: 'uuid', nullable: true })
  conversationId: string | null;

  @Column({ type: 'text' })
  reason: string;

  /** What whoever reports says to it. */
  @Column({ type: 'text', nullable: true })
  words: string | null;

  @Column({ name: 'filed_at', type: 'timestamptz' })
  filedAt: Date;

  /** Null while it is open. */
  @Column({ name: 'resolved_at', type: 'timestamptz', nullable: true })
  resolvedAt: Date | null;
}

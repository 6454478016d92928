import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ReportEntity } from './report.entity.js';

/** A message as whoever reports has opened it: what was written, in the clear. Nothing else that the relay stores is. */
@Entity('report_messages')
export class ReportMessageEntity {
  @PrimaryColumn({ name: 'report_id', type: 'uuid', primaryKeyConstraintName: 'report_messages_pkey' })
  reportId: string;

  @PrimaryColumn({ type: 'smallint', primaryKeyConstraintName: 'report_messages_pkey' })
  place: number;

  @Column({ name: 'message_id', type: 'uuid' })
  messageId: string;

  /** When the relay had it; null if it has it no more. */
  @Column({ name: 'sent_at', type: 'timestamptz', nullable: true })
  sentAt: Date | null;

  @Column({ type: 'text' })
  verdict: string;

  @Column({ type: 'bytea' })
  content: Buffer;

  @ManyToOne(() => ReportEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'report_id', foreignKeyConstraintName: 'report_messages_report_fkey' })
  report: ReportEntity;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What an account may otherwise than all. */
@Entity('account_allowances')
@Index('account_allowances_limits_idx', ['limitUntil'], { where: 'limit_until IS NOT NULL' })
export class AllowanceEntity {
  @PrimaryColumn({ name: 'account_id', type: 'uuid', primaryKeyConstraintName: 'account_allowances_pkey' })
  accountId: string;

  @Column({ name: 'attachment_bytes', type: 'bigint', nullable: true })
  attachmentBytes: string | null;

  @Column({ name: 'attachment_bytes_per_day', type: 'bigint', nullable: true })
  attachmentBytesPerDay: string | null;

  @Column({ name: 'limit_percent', type: 'integer', nullable: true })
  limitPercent: number | null;

  @Column({ name: 'limit_until', type: 'timestamptz', nullable: true })
  limitUntil: Date | null;
}

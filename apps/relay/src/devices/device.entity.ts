import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One installation of a client. Revoked ones stay, so that an id is never anybody else's. */
@Entity('devices')
@Index('devices_account_idx', ['accountId'])
export class DeviceEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'devices_pkey' })
  id: string;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  /** A day is enough to tell a forgotten device; more would be a record of someone's habits. */
  @Column({ name: 'last_seen_day', type: 'date' })
  lastSeenDay: string;

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  revokedAt: Date | null;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One sign-in of a device: the family of refresh tokens that followed from it. */
@Entity('sessions')
@Index('sessions_account_idx', ['accountId'])
@Index('sessions_revoked_idx', ['revokedAt'], { where: 'revoked_at IS NOT NULL' })
export class SessionEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'sessions_pkey' })
  id: string;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @Column({ name: 'device_id', type: 'uuid' })
  deviceId: string;

  /** How the refresh token travels, for the whole life of the session. */
  @Column({ type: 'text' })
  transport: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  /** When a refresh token was last used; idleness counts from here. */
  @Column({ name: 'last_used_at', type: 'timestamptz' })
  lastUsedAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;

  /** When a second factor was last shown in it; null where none was. */
  @Column({ name: 'factor_at', type: 'timestamptz', nullable: true })
  factorAt: Date | null;

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  revokedAt: Date | null;
}

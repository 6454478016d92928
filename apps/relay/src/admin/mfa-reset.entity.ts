import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** Second factors of an account that one admin wants to reset, and another has not agreed to yet. */
@Entity('mfa_resets')
@Unique('mfa_resets_account_key', ['accountId'])
export class MfaResetEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'mfa_resets_pkey' })
  id: string;

  /** Whose second factors. */
  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;

  /** The admin who asked, and so cannot agree. */
  @Column({ name: 'asked_by', type: 'uuid' })
  askedBy: string;

  @Column({ name: 'asked_at', type: 'timestamptz' })
  askedAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;
}

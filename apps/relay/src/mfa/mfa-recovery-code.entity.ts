import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A code that stands in once for a second factor. It is gone when it was used. */
@Entity('mfa_recovery_codes')
export class MfaRecoveryCodeEntity {
  @PrimaryColumn({ name: 'account_id', type: 'uuid', primaryKeyConstraintName: 'mfa_recovery_codes_pkey' })
  accountId: string;

  /** Its place among the codes of the account, which stands in front of it: one hash is compared, not ten. */
  @PrimaryColumn({ type: 'smallint', primaryKeyConstraintName: 'mfa_recovery_codes_pkey' })
  slot: number;

  /** Argon2id. */
  @Column({ type: 'text' })
  hash: string;
}

import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** An authenticator app or a passkey. */
@Entity('mfa_factors')
@Index('mfa_factors_account_idx', ['accountId'])
@Unique('mfa_factors_credential_key', ['credentialId'])
@Check(
  'mfa_factors_are_whole',
  `CASE kind
     WHEN 'totp' THEN secret_sealed IS NOT NULL AND credential_id IS NULL
     WHEN 'passkey' THEN credential_id IS NOT NULL AND public_key IS NOT NULL AND sign_count IS NOT NULL
     ELSE false
   END`,
)
export class MfaFactorEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'mfa_factors_pkey' })
  id: string;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @Column({ type: 'text' })
  kind: string;

  /** What its owner calls it. */
  @Column({ type: 'text' })
  name: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  /** Null until its first code has come: before that it counts for nothing. */
  @Column({ name: 'confirmed_at', type: 'timestamptz', nullable: true })
  confirmedAt: Date | null;

  /** A day is enough to tell a forgotten one. */
  @Column({ name: 'last_used_day', type: 'date', nullable: true })
  lastUsedDay: string | null;

  /** Of an authenticator app: what its codes come of, encrypted under a key that is not in the database. */
  @Column({ name: 'secret_sealed', type: 'bytea', nullable: true })
  secretSealed: Buffer | null;

  /** The last time step whose code was taken: no earlier one is taken again. */
  @Column({ name: 'last_step', type: 'bigint', nullable: true })
  lastStep: string | null;

  /** Of a passkey: its id, its COSE key, and how often it says it has signed. */
  @Column({ name: 'credential_id', type: 'bytea', nullable: true })
  credentialId: Buffer | null;

  @Column({ name: 'public_key', type: 'bytea', nullable: true })
  publicKey: Buffer | null;

  @Column({ name: 'sign_count', type: 'bigint', nullable: true })
  signCount: string | null;
}

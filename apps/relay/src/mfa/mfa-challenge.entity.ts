import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A second factor that is being asked for. */
@Entity('mfa_challenges')
@Index('mfa_challenges_expiry_idx', ['expiresAt'])
export class MfaChallengeEntity {
  /** Of the challenge, what it is for, and whom it was given to: from elsewhere, there is no such challenge. */
  @PrimaryColumn({ type: 'bytea', primaryKeyConstraintName: 'mfa_challenges_pkey' })
  sha256: Buffer;

  /** Null where a passkey is to say who it is. */
  @Column({ name: 'account_id', type: 'uuid', nullable: true })
  accountId: string | null;

  /** Of the hash that the secret was found right by: after a change of the secret, the challenge is void. */
  @Column({ name: 'secret_sha256', type: 'bytea', nullable: true })
  secretSha256: Buffer | null;

  /** Answers that were tried. */
  @Column({ type: 'smallint' })
  attempts: number;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;

  /** Of an answer that was right, and is taken once more: its owner is asked whether to keep the account. */
  @Column({ name: 'answer_sha256', type: 'bytea', nullable: true })
  answerSha256: Buffer | null;
}

import type { Kdf } from '#protocol';
import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

@Entity('accounts')
@Unique('accounts_username_key', ['username'])
@Index('accounts_deletion_idx', ['deletionDueAt', 'id'], { where: 'deletion_due_at IS NOT NULL' })
@Index('accounts_by_name_idx', ['username'])
export class AccountEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'accounts_pkey' })
  id: string;

  /** Never given out again, so the row outlives the account. */
  @Column({ type: 'text' })
  username: string;

  @Column({ name: 'display_name', type: 'text' })
  displayName: string;

  /** Argon2id of the client's authKey; null once the account is deleted. */
  @Column({ name: 'auth_hash', type: 'text', nullable: true })
  authHash: string | null;

  /** SHA-256 of the key that a client derives from the recovery code; null without one. */
  @Column({ name: 'recovery_sha256', type: 'bytea', nullable: true })
  recoverySha256: Buffer | null;

  @Column({ type: 'jsonb', nullable: true })
  kdf: Kdf | null;

  @Column({ type: 'text', default: 'everyone' })
  privacy: string;

  @Column({ type: 'text', default: 'active' })
  status: string;

  /** Since when it administers the relay; null of those who do not. */
  @Column({ name: 'admin_since', type: 'timestamptz', nullable: true })
  adminSince: Date | null;

  /** Since when nobody signs in to it; null unless an admin suspended it. For others it is as it was. */
  @Column({ name: 'suspended_at', type: 'timestamptz', nullable: true })
  suspendedAt: Date | null;

  /** The admin who did. */
  @Column({ name: 'suspended_by', type: 'uuid', nullable: true })
  suspendedBy: string | null;

  /** What that admin wrote down about it, for admins. */
  @Column({ name: 'suspension_reason', type: 'text', nullable: true })
  suspensionReason: string | null;

  @Column({ type: 'bigint', default: 0 })
  revision: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  /** From when on it is deleted, where its owner has asked for that; null otherwise. */
  @Column({ name: 'deletion_due_at', type: 'timestamptz', nullable: true })
  deletionDueAt: Date | null;

  @Column({ name: 'deleted_at', type: 'timestamptz', nullable: true })
  deletedAt: Date | null;
}

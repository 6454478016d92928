import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One link of an account's identity-key history. Rows are only ever added. */
@Entity('identity_keys')
export class IdentityKeyEntity {
  @PrimaryColumn({ name: 'account_id', type: 'uuid', primaryKeyConstraintName: 'identity_keys_pkey' })
  accountId: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'identity_keys_pkey' })
  version: number;

  @Column({ type: 'text' })
  algorithm: string;

  @Column({ name: 'public_key', type: 'bytea' })
  publicKey: Buffer;

  @Column({ type: 'bytea' })
  fingerprint: Buffer;

  @Column({ name: 'prev_hash', type: 'bytea' })
  prevHash: Buffer;

  /** By the previous key; null for the first key and after a reset. */
  @Column({ type: 'bytea', nullable: true })
  signature: Buffer | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}

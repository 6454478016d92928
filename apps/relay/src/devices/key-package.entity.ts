import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A key package that waits to be handed out. */
@Entity('key_packages')
@Index('key_packages_stock_idx', ['deviceId', 'suite', 'notAfter'])
@Index('key_packages_account_idx', ['accountId'])
@Index('key_packages_last_resort_idx', ['deviceId', 'suite'], { unique: true, where: 'last_resort' })
@Index('key_packages_expiry_idx', ['notAfter'])
export class KeyPackageEntity {
  /** SHA-256 of the body. */
  @PrimaryColumn({ type: 'bytea', primaryKeyConstraintName: 'key_packages_pkey' })
  ref: Buffer;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @Column({ name: 'device_id', type: 'uuid' })
  deviceId: string;

  @Column({ type: 'integer' })
  suite: number;

  @Column({ type: 'bytea' })
  body: Buffer;

  @Column({ name: 'not_after', type: 'timestamptz' })
  notAfter: Date;

  @Column({ name: 'last_resort', type: 'boolean' })
  lastResort: boolean;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One signed list of an account's devices. Rows are only ever added. */
@Entity('device_lists')
export class DeviceListEntity {
  @PrimaryColumn({ name: 'account_id', type: 'uuid', primaryKeyConstraintName: 'device_lists_pkey' })
  accountId: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'device_lists_pkey' })
  version: number;

  @Column({ name: 'key_version', type: 'integer' })
  keyVersion: number;

  /** As it was signed, to the byte. */
  @Column({ type: 'bytea' })
  body: Buffer;

  @Column({ type: 'bytea' })
  signature: Buffer;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}

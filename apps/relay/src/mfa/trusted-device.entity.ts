import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A device that signs in without a second factor for a while, since its owner asked for that. */
@Entity('trusted_devices')
@Index('trusted_devices_account_idx', ['accountId'])
@Index('trusted_devices_expiry_idx', ['expiresAt'])
export class TrustedDeviceEntity {
  @PrimaryColumn({ name: 'device_id', type: 'uuid', primaryKeyConstraintName: 'trusted_devices_pkey' })
  deviceId: string;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;

  /** Of the token that the device keeps: its id is no secret. */
  @Column({ name: 'token_sha256', type: 'bytea' })
  tokenSha256: Buffer;

  @Column({ name: 'trusted_at', type: 'timestamptz' })
  trustedAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;
}

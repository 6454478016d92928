import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Where a new device and one of an account say a few words to each other. Gone after two minutes, or once it is read. */
@Entity('linking_slots')
@Index('linking_slots_expiry_idx', ['expiresAt'])
export class LinkingSlotEntity {
  @PrimaryColumn({ type: 'bytea', primaryKeyConstraintName: 'linking_slots_pkey' })
  id: Buffer;

  /** SHA-256 of the key by which whoever opened the slot reads it. */
  @Column({ name: 'read_sha256', type: 'bytea' })
  readSha256: Buffer;

  @Column({ type: 'bytea' })
  offer: Buffer;

  /** The device that answered: nobody else may hand over anything. */
  @Column({ name: 'device_id', type: 'uuid', nullable: true })
  deviceId: string | null;

  @Column({ type: 'bytea', nullable: true })
  answer: Buffer | null;

  @Column({ type: 'bytea', nullable: true })
  provisioning: Buffer | null;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** That a key package was handed out: an upload repeated after a lost reply must not bring it back. */
@Entity('spent_key_packages')
@Index('spent_key_packages_expiry_idx', ['notAfter'])
export class SpentKeyPackageEntity {
  @PrimaryColumn({ type: 'bytea', primaryKeyConstraintName: 'spent_key_packages_pkey' })
  ref: Buffer;

  @Column({ name: 'not_after', type: 'timestamptz' })
  notAfter: Date;
}

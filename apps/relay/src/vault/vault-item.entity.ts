import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A blob that only its owner can open. A deleted one keeps its row, so that its versions go on from there. */
@Entity('vault_items')
export class VaultItemEntity {
  @PrimaryColumn({ name: 'account_id', type: 'uuid', primaryKeyConstraintName: 'vault_items_pkey' })
  accountId: string;

  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName: 'vault_items_pkey' })
  name: string;

  @Column({ type: 'bigint' })
  version: string;

  /** As the client encrypted it; null once deleted. */
  @Column({ type: 'bytea', nullable: true })
  body: Buffer | null;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The newest change of one kind and subject that an account should hear of. */
@Entity('account_changes')
@Index('account_changes_revision_idx', ['accountId', 'revision'], { unique: true })
export class AccountChangeEntity {
  @PrimaryColumn({ name: 'account_id', type: 'uuid', primaryKeyConstraintName: 'account_changes_pkey' })
  accountId: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'account_changes_pkey' })
  what: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'account_changes_pkey' })
  subject: string;

  @Column({ type: 'bigint' })
  revision: string;
}

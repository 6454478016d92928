import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What one account decided about another. */
@Entity('contacts')
@Index('contacts_peer_idx', ['peerId'])
export class ContactEntity {
  @PrimaryColumn({ name: 'account_id', type: 'uuid', primaryKeyConstraintName: 'contacts_pkey' })
  accountId: string;

  @PrimaryColumn({ name: 'peer_id', type: 'uuid', primaryKeyConstraintName: 'contacts_pkey' })
  peerId: string;

  @Column({ type: 'text' })
  state: string;

  @Column({ name: 'changed_at', type: 'timestamptz' })
  changedAt: Date;
}

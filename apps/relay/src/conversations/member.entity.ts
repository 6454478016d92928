import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One stay of an account in a conversation; who returns gets a new row. */
@Entity('members')
@Index('members_open_idx', ['conversationId', 'accountId'], { unique: true, where: 'left_seq IS NULL' })
@Index('members_account_idx', ['accountId', 'conversationId'])
export class MemberEntity {
  @PrimaryColumn({ name: 'conversation_id', type: 'uuid', primaryKeyConstraintName: 'members_pkey' })
  conversationId: string;

  @PrimaryColumn({ name: 'account_id', type: 'uuid', primaryKeyConstraintName: 'members_pkey' })
  accountId: string;

  @PrimaryColumn({ name: 'joined_seq', type: 'bigint', primaryKeyConstraintName: 'members_pkey' })
  joinedSeq: string;

  /** The entry that ended the stay, which the member may still read; null while it lasts. */
  @Column({ name: 'left_seq', type: 'bigint', nullable: true })
  leftSeq: string | null;

  @Column({ type: 'text' })
  state: string;

  @Column({ type: 'text' })
  role: string;
}

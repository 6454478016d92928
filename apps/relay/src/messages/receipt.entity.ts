import { Column, Entity, PrimaryColumn } from 'typeorm';

/** "Everything up to here", append-only: a message's mark is the earliest one that covers it. */
@Entity('receipts')
export class ReceiptEntity {
  @PrimaryColumn({ name: 'conversation_id', type: 'uuid', primaryKeyConstraintName: 'receipts_pkey' })
  conversationId: string;

  @PrimaryColumn({ name: 'account_id', type: 'uuid', primaryKeyConstraintName: 'receipts_pkey' })
  accountId: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'receipts_pkey' })
  kind: string;

  @PrimaryColumn({ name: 'up_to_seq', type: 'bigint', primaryKeyConstraintName: 'receipts_pkey' })
  upToSeq: string;

  @Column({ type: 'timestamptz' })
  at: Date;
}

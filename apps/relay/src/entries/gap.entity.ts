import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A range of a log whose entries were erased, so that readers can tell "gone" from "not yet". */
@Entity('gaps')
export class GapEntity {
  @PrimaryColumn({ name: 'conversation_id', type: 'uuid', primaryKeyConstraintName: 'gaps_pkey' })
  conversationId: string;

  @PrimaryColumn({ name: 'from_seq', type: 'bigint', primaryKeyConstraintName: 'gaps_pkey' })
  fromSeq: string;

  @Column({ name: 'to_seq', type: 'bigint' })
  toSeq: string;

  @Column({ type: 'text' })
  reason: string;
}

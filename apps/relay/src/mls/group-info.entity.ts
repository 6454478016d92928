import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a device needs to come into a conversation's group by itself: its newest GroupInfo, signed by a member. */
@Entity('group_infos')
export class GroupInfoEntity {
  @PrimaryColumn({ name: 'conversation_id', type: 'uuid', primaryKeyConstraintName: 'group_infos_pkey' })
  conversationId: string;

  @Column({ type: 'integer' })
  generation: number;

  @Column({ type: 'bigint' })
  epoch: string;

  @Column({ type: 'bytea' })
  body: Buffer;
}

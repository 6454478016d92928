import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A device in a conversation's MLS group, by the index of its leaf. */
@Entity('mls_leaves')
@Index('mls_leaves_device_idx', ['deviceId', 'conversationId'], { unique: true })
export class MlsLeafEntity {
  @PrimaryColumn({ name: 'conversation_id', type: 'uuid', primaryKeyConstraintName: 'mls_leaves_pkey' })
  conversationId: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'mls_leaves_pkey' })
  leaf: number;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @Column({ name: 'device_id', type: 'uuid' })
  deviceId: string;
}

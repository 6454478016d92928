import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far a device has durably stored a log. */
@Entity('cursors')
export class CursorEntity {
  @PrimaryColumn({ name: 'device_id', type: 'uuid', primaryKeyConstraintName: 'cursors_pkey' })
  deviceId: string;

  @PrimaryColumn({ name: 'conversation_id', type: 'uuid', primaryKeyConstraintName: 'cursors_pkey' })
  conversationId: string;

  @Column({ type: 'bigint' })
  seq: string;
}

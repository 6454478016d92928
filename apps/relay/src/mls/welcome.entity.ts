import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A Welcome, stored once for all devices that one commit added. */
@Entity('welcomes')
export class WelcomeEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'welcomes_pkey' })
  id: string;

  @Column({ name: 'conversation_id', type: 'uuid' })
  conversationId: string;

  /** Where its commit stands. */
  @Column({ type: 'bigint' })
  seq: string;

  @Column({ type: 'integer' })
  generation: number;

  /** The epoch that it lets in. */
  @Column({ type: 'bigint' })
  epoch: string;

  @Column({ type: 'bytea' })
  body: Buffer;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}

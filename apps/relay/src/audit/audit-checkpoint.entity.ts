import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** What the audit log was on a day, signed by the relay. */
@Entity('audit_checkpoints')
@Unique('audit_checkpoints_day_key', ['day'])
export class AuditCheckpointEntity {
  /** 1, 2, 3 …, so that one that is gone is missed. */
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'audit_checkpoints_pkey' })
  number: number;

  @Column({ type: 'date' })
  day: string;

  /** The newest record then, and its hash, which all records before it went into. */
  @Column({ type: 'bigint' })
  seq: string;

  @Column({ type: 'bytea' })
  hash: Buffer;

  @Column({ type: 'timestamptz', precision: 3 })
  at: Date;

  @Column({ name: 'public_key', type: 'bytea' })
  publicKey: Buffer;

  @Column({ type: 'bytea' })
  signature: Buffer;
}

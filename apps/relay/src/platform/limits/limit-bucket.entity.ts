import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A bucket that several relays share where there is no Redis. Unlogged: after a crash all buckets are full again. */
@Entity('limit_buckets')
@Index('limit_buckets_forget_idx', ['forgetAtMs'])
export class LimitBucketEntity {
  /** A keyed hash of what is limited and of whom, who may be an address. */
  @PrimaryColumn({ type: 'bytea', primaryKeyConstraintName: 'limit_buckets_pkey' })
  key: Buffer;

  /** Milliseconds since the epoch at which it is full again. */
  @Column({ name: 'full_at_ms', type: 'double precision' })
  fullAtMs: number;

  @Column({ name: 'forget_at_ms', type: 'double precision' })
  forgetAtMs: number;
}

import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** What all relays of an installation share: in one row. */
@Entity('relay')
@Check('relay_is_one', 'id = 1')
export class RelayEntity {
  @PrimaryColumn({ type: 'smallint', primaryKeyConstraintName: 'relay_pkey' })
  id: number;

  /** Which life of the database this is: it changes when a backup is restored. */
  @Column({ type: 'uuid' })
  incarnation: string;

  /** When a relay said last that the others cannot hear it. */
  @Column({ name: 'bus_lost_at', type: 'timestamptz', nullable: true })
  busLostAt: Date | null;
}

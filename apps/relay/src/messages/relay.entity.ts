import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** Which life of the database this is: the one row changes when a backup is restored. */
@Entity('relay')
@Check('relay_is_one', 'id = 1')
export class RelayEntity {
  @PrimaryColumn({ type: 'smallint', primaryKeyConstraintName: 'relay_pkey' })
  id: number;

  @Column({ type: 'uuid' })
  incarnation: string;
}

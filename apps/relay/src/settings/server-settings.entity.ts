import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** The one row of what administrators have set; null is what the environment says. */
@Entity('server_settings')
@Check('server_settings_are_one', 'id = 1')
export class ServerSettingsEntity {
  @PrimaryColumn({ type: 'smallint', primaryKeyConstraintName: 'server_settings_pkey' })
  id: number;

  @Column({ type: 'text', nullable: true })
  registration: string | null;

  /** 0 is no bound. */
  @Column({ name: 'retention_max_days', type: 'integer', nullable: true })
  retentionMaxDays: number | null;
}

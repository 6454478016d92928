import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A device that has not dealt with a Welcome yet. */
@Entity('welcome_recipients')
@Index('welcome_recipients_welcome_idx', ['welcomeId'])
export class WelcomeRecipientEntity {
  @PrimaryColumn({ name: 'device_id', type: 'uuid', primaryKeyConstraintName: 'welcome_recipients_pkey' })
  deviceId: string;

  @PrimaryColumn({ name: 'welcome_id', type: 'uuid', primaryKeyConstraintName: 'welcome_recipients_pkey' })
  welcomeId: string;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;
}

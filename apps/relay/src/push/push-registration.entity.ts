import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How one device is woken. Gone with the session it was made in: a trigger on the sessions sees to that. */
@Entity('push_registrations')
@Index('push_registrations_account_idx', ['accountId'])
export class PushRegistrationEntity {
  @PrimaryColumn({ name: 'device_id', type: 'uuid', primaryKeyConstraintName: 'push_registrations_pkey' })
  deviceId: string;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @Column({ name: 'session_id', type: 'uuid' })
  sessionId: string;

  @Column({ type: 'text' })
  kind: string;

  /** The endpoint of a Web Push subscription, or the token of an app. */
  @Column({ type: 'text' })
  address: string;

  /** Keys of a Web Push subscription. */
  @Column({ type: 'bytea', nullable: true })
  p256dh: Buffer | null;

  @Column({ type: 'bytea', nullable: true })
  auth: Buffer | null;

  /** Which app it is, at APNs. */
  @Column({ type: 'text', nullable: true })
  topic: string | null;

  /** `infinity` for good. */
  @Column({ name: 'muted_until', type: 'timestamptz', nullable: true })
  mutedUntil: Date | number | null;

  @Column({ name: 'registered_at', type: 'timestamptz' })
  registeredAt: Date;
}

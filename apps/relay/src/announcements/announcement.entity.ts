import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an administrator tells everybody, in the clear. */
@Entity('announcements')
export class AnnouncementEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'announcements_pkey' })
  id: string;

  @Column({ type: 'text' })
  severity: string;

  @Column({ type: 'text' })
  text: string;

  @Column({ name: 'text_en', type: 'text', nullable: true })
  textEn: string | null;

  @Column({ name: 'text_de', type: 'text', nullable: true })
  textDe: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;
}

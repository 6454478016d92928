import { Injectable } from '@nestjs/common';
import { type AnnouncementId, LIMITS } from '#protocol';
import { AuditLog, byOwner } from '../audit/index.js';
import { Database } from '../platform/database/database.js';
import type { Caller } from '../platform/http/caller.js';
import type { Announcement } from './announcement.js';
import { TooManyAnnouncements } from './announcements.errors.js';

interface AnnouncementRow {
  readonly id: AnnouncementId;
  readonly severity: string;
  readonly text: string;
  readonly text_en: string | null;
  readonly text_de: string | null;
  readonly created_at: Date;
  readonly expires_at: Date;
}

/** Of the pair kind, whose keys no other lock of ours has but those of the audit log, the janitor and invitations, beside this one. */
const ANNOUNCEMENTS_LOCK = [7_325_641, 4] as const;

@Injectable()
export class AnnouncementsStore {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {}

  /** What is in force, newest first. */
  async list(at: Date): Promise<Announcement[]> {
    const rows = await this.database.query<AnnouncementRow>(
      'SELECT * FROM announcements WHERE expires_at > $1 ORDER BY id DESC LIMIT $2',
      [at, LIMITS.announcements],
    );
    return rows.map(toAnnouncement);
  }

  /** Adds one, and forgets those whose time is over. @throws {TooManyAnnouncements} */
  async add(admin: Caller, announcement: Announcement): Promise<void> {
    const { id, severity, text, textEn, textDe, createdAt, expiresAt } = announcement;
    await this.database.transaction(async (manager) => {
      // One at a time, so that those who count see each other.
      await manager.query('SELECT pg_advisory_xact_lock($1, $2)', [...ANNOUNCEMENTS_LOCK]);
      await manager.query('DELETE FROM announcements WHERE expires_at <= $1', [createdAt]);
      const added = await manager.query<unknown[]>(
        `INSERT INTO announcements (id, severity, text, text_en, text_de, created_at, expires_at)
         SELECT $1::uuid, $2::text, $3::text, $4::text, $5::text, $6::timestamptz, $7::timestamptz
         WHERE (SELECT count(*) FROM announcements) < $8 RETURNING id`,
        [id, severity, text, textEn, textDe, createdAt, expiresAt, LIMITS.announcements],
      );
      if (added.length === 0) throw new TooManyAnnouncements(LIMITS.announcements);
      await this.audit.append(manager, { ...byOwner(admin, 'admin_announced', createdAt), subjectId: id });
    });
  }

  /** Whether there was such a one. */
  async remove(admin: Caller, id: AnnouncementId, at: Date): Promise<boolean> {
    return this.database.transaction(async (manager) => {
      const removed = await manager.query<unknown[]>(
        'WITH removed AS (DELETE FROM announcements WHERE id = $1 AND expires_at > $2 RETURNING id) SELECT id FROM removed',
        [id, at],
      );
      if (removed.length === 0) return false;
      await this.audit.append(manager, { ...byOwner(admin, 'admin_withdrew_announcement', at), subjectId: id });
      return true;
    });
  }
}

function toAnnouncement(row: AnnouncementRow): Announcement {
  const { id, severity, text, text_en: textEn, text_de: textDe, created_at: createdAt, expires_at: expiresAt } = row;
  return { id, severity, text, textEn, textDe, createdAt, expiresAt };
}

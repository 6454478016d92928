import type { AnnouncementId, AnnouncementSeverity } from '#protocol';

/** What an administrator wants everybody to read. */
export interface NewAnnouncement {
  readonly severity: AnnouncementSeverity;
  /** For whoever reads neither of the languages below, or where there is none of them. */
  readonly text: string;
  readonly textEn: string | null;
  readonly textDe: string | null;
  readonly expiresInSeconds: number;
}

export interface Announcement extends Omit<NewAnnouncement, 'severity' | 'expiresInSeconds'> {
  readonly id: AnnouncementId;
  /** One of ours, or of a newer relay with the same database. */
  readonly severity: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

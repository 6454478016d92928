import {
  ANNOUNCEMENT_SEVERITIES,
  type AnnouncementId,
  type AnnouncementSeverity,
  LIMITS,
  LINES_PATTERN,
} from '#protocol';
import { Int, ListOf, OneOf, OpenEnum, Text, Time, Uuid } from '../platform/http/fields.js';
import type { Announcement, NewAnnouncement } from './announcement.js';

const DEFAULT_SECONDS = 7 * 86_400;
const text = { max: LIMITS.announcementChars, pattern: LINES_PATTERN };
const EXAMPLE = 'On Sunday from 8 to 9 this server is being updated.';
const given = { ...text, min: 1 };

export class AnnouncementParams {
  @Uuid({ about: 'Id of the announcement.' })
  id: AnnouncementId;
}

export class AnnounceDto {
  @OneOf(ANNOUNCEMENT_SEVERITIES, { about: 'How much it matters.' })
  severity: AnnouncementSeverity;

  @Text({ about: 'Plain text, for whoever has none of the languages below.', ...given, example: EXAMPLE })
  text: string;

  @Text({ about: 'The same in English.', ...given, optional: true, example: EXAMPLE })
  textEn?: string;

  @Text({
    about: 'The same in German.',
    ...given,
    optional: true,
    example: 'Am Sonntag von 8 bis 9 Uhr wird dieser Server aktualisiert.',
  })
  textDe?: string;

  @Int({
    about: `Seconds for which it is shown; ${String(DEFAULT_SECONDS)} (a week) when absent.`,
    min: 60,
    max: LIMITS.announcementSeconds,
    optional: true,
    example: DEFAULT_SECONDS,
  })
  expiresIn?: number;
}

export class AnnouncementDto {
  @Uuid({ about: 'Its id: a client remembers by it what its user has seen.' })
  id: AnnouncementId;

  @OpenEnum(ANNOUNCEMENT_SEVERITIES, { about: 'How much it matters.' })
  severity: string;

  @Text({ about: 'Plain text, to be shown as it is: no markup, no links.', ...text, example: EXAMPLE })
  text: string;

  @Text({ about: 'The same in English, if somebody wrote that.', ...text, nullable: true, example: EXAMPLE })
  textEn: string | null;

  @Text({ about: 'The same in German, if somebody wrote that.', ...text, nullable: true, example: null })
  textDe: string | null;

  @Time({ about: 'When it was announced.' })
  createdAt: string;

  @Time({ about: 'Until when it is to be shown.' })
  expiresAt: string;
}

export class AnnouncementListDto {
  @ListOf(() => AnnouncementDto, { about: 'Those in force, newest first.', max: LIMITS.announcements })
  items: AnnouncementDto[];
}

export function toNewAnnouncement({ severity, text, textEn, textDe, expiresIn }: AnnounceDto): NewAnnouncement {
  return {
    ...{ severity, text },
    textEn: textEn ?? null,
    textDe: textDe ?? null,
    expiresInSeconds: expiresIn ?? DEFAULT_SECONDS,
  };
}

export function toAnnouncementDto({ createdAt, expiresAt, ...announcement }: Announcement): AnnouncementDto {
  const { id, severity, text, textEn, textDe } = announcement;
  return {
    ...{ id, severity, text, textEn, textDe },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}

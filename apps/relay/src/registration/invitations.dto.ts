import { type InvitationId, LIMITS, LINE_PATTERN } from '#protocol';
import { Base64Url, Int, ListOf, Text, Time, Uuid } from '../platform/http/fields.js';
import { PageDto } from '../platform/http/page.js';
import type { Invitation, NewInvitation } from './invitation.js';

const DEFAULT_SECONDS = 7 * 86_400;

export class InvitationParams {
  @Uuid({ about: 'Id of the invitation.' })
  id: InvitationId;
}

export class MakeInvitationDto {
  @Text({
    about: 'For admins to know it by; none when absent. Whoever is invited does not see it.',
    min: 1,
    max: LIMITS.invitationNoteChars,
    pattern: LINE_PATTERN,
    optional: true,
    example: 'The new ones of the choir',
  })
  note?: string;

  @Int({ about: 'How many may register by it.', min: 1, max: LIMITS.invitationUses, example: 1 })
  uses: number;

  @Int({
    about: `Seconds for which it is good; ${String(DEFAULT_SECONDS)} (a week) when absent.`,
    min: 60,
    max: LIMITS.invitationSeconds,
    optional: true,
    example: DEFAULT_SECONDS,
  })
  expiresIn?: number;
}

export class InvitationDto {
  @Uuid({ about: 'Its id, which is not its code.' })
  id: InvitationId;

  @Text({ about: 'What the admin noted who made it.', max: LIMITS.invitationNoteChars, example: 'The choir' })
  note: string;

  @Int({ about: 'How many may register by it in all.', min: 1, max: LIMITS.invitationUses, example: 1 })
  uses: number;

  @Int({ about: 'How many still may. Who has, is noted nowhere.', min: 0, max: LIMITS.invitationUses, example: 1 })
  usesLeft: number;

  @Time({ about: 'When it was made.' })
  createdAt: string;

  @Time({ about: 'Until when it is good.' })
  expiresAt: string;
}

export class NewInvitationDto extends InvitationDto {
  @Base64Url({
    about: 'What whoever is invited registers with. The relay has a hash of it, and cannot show it again.',
    minBytes: LIMITS.invitationCodeBytes,
    maxBytes: LIMITS.invitationCodeBytes,
  })
  code: string;
}

export class InvitationListDto extends PageDto {
  @ListOf(() => InvitationDto, {
    about: 'Newest first; also those that are used up, and those that expired within 30 days.',
    max: LIMITS.pageItems,
  })
  items: InvitationDto[];
}

export function toNewInvitation({ note, uses, expiresIn }: MakeInvitationDto): NewInvitation {
  return { note: note ?? '', uses, expiresInSeconds: expiresIn ?? DEFAULT_SECONDS };
}

export function toInvitationDto(invitation: Invitation): InvitationDto {
  return fieldsOf(invitation);
}

export function toNewInvitationDto({ code, ...invitation }: Invitation & { code: Buffer }): NewInvitationDto {
  return { ...fieldsOf(invitation), code: code.toString('base64url') };
}

function fieldsOf({ id, note, uses, usesLeft, createdAt, expiresAt }: Invitation) {
  return { id, note, uses, usesLeft, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}

import { LIMITS } from '#protocol';
import { ListOf, OneOf, OpenEnum, Text, Time, Username, Uuid } from '../platform/http/fields.js';
import { PageDto } from '../platform/http/page.js';
import { type Contact, CONTACT_STATES, type ContactState } from './contact.js';

export class DecideContactDto {
  @OneOf(CONTACT_STATES, {
    about: '`accepted` lets them start conversations with me; `blocked` keeps them from it, and ends ours.',
  })
  state: ContactState;
}

export class ContactDto {
  @Uuid({ about: 'Their account, the `subject` of `contacts` changes.' })
  accountId: string;

  @Username({ about: 'Their name.' })
  username: string;

  @Text({ about: 'What they call themselves.', max: LIMITS.displayNameChars, example: 'Ada Lovelace' })
  displayName: string;

  @OpenEnum(CONTACT_STATES, { about: 'What I decided.' })
  state: ContactState;

  @Time({ about: 'When I decided.' })
  changedAt: string;
}

export class ContactListDto extends PageDto {
  @ListOf(() => ContactDto, { about: 'By username.', max: LIMITS.pageItems })
  items: ContactDto[];
}

export function toContactDto({ accountId, username, displayName, state, changedAt }: Contact): ContactDto {
  return { accountId, username, displayName, state, changedAt: changedAt.toISOString() };
}

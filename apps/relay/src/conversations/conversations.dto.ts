import { CONVERSATION_KINDS, CONVERSATION_PROTOCOLS, LIMITS, MEMBER_ROLES, MEMBER_STATES } from '#protocol';
import { Examples } from '../platform/http/examples.js';
import { Base64Url, Int, ListOf, Nested, OpenEnum, Text, Time, Username, Uuid } from '../platform/http/fields.js';
import { RetentionDto } from '../entries/index.js';
import { PageDto } from '../platform/http/page.js';
import type { ConversationDetails, ConversationView, Member, Person } from './conversation.js';
import { groupDto, GroupDto } from './group.dto.js';

const MOST_STAYS = 10_000;

export class EntrySeqDto {
  @Int({
    about: 'Position of the entry that says what changed; null when nothing did.',
    min: 1,
    nullable: true,
    example: 7,
  })
  seq: number | null;
}

export class PersonDto {
  @Uuid({ about: 'Their account.' })
  accountId: string;

  @Username({ about: 'Their name.' })
  username: string;

  @Text({ about: 'What they call themselves.', max: LIMITS.displayNameChars, example: 'Ada Lovelace' })
  displayName: string;
}

export class MemberDto extends PersonDto {
  @OpenEnum(MEMBER_ROLES, { about: 'What they may do.' })
  role: string;

  @OpenEnum(MEMBER_STATES, { about: '`invited` until they accept.' })
  state: string;
}

export class StayDto {
  @Int({ about: 'The first entry I may read.', min: 1, example: 1 })
  from: number;

  @Int({ about: 'The last one, which ended the stay; null while it lasts.', min: 1, nullable: true, example: 12 })
  to: number | null;
}

/** Of examples. */
const GRACE = { accountId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11', username: 'grace', displayName: 'Grace Hopper' };
const ADA = { accountId: '0198c5a0-2b11-7c1e-9a44-6d1b0f9e7c02', username: 'ada', displayName: 'Ada Lovelace' };
const DIRECT = {
  id: '0198c5a1-77aa-8d3a-8b58-1f7f2a6c0d11',
  kind: 'direct',
  protocol: 'opaque',
  createdAt: '2026-11-22T09:30:00.000Z',
  state: 'joined',
  role: 'member',
  headSeq: 12,
  stays: [{ from: 1, to: null }],
  peer: GRACE,
  invitedBy: null,
};

@Examples<typeof ConversationDto>({ direct: DIRECT })
export class ConversationDto {
  @Uuid({ about: 'The conversation.' })
  id: string;

  @OpenEnum(CONVERSATION_KINDS, { about: 'Between two, or of a group.' })
  kind: string;

  @OpenEnum(CONVERSATION_PROTOCOLS, { about: 'How its content is encrypted, as far as the relay knows.' })
  protocol: string;

  @Time({ about: 'When it was started.' })
  createdAt: string;

  @OpenEnum(['joined', 'invited', 'left'], { about: 'Whether I am in it, am asked to join, or left (or was removed).' })
  state: string;

  @OpenEnum(MEMBER_ROLES, { about: 'What I may do; null unless I am in it.', nullable: true })
  role: string | null;

  @Int({ about: 'The last entry I may read; 0 when there is none.', min: 0, example: 12 })
  headSeq: number;

  @ListOf(() => StayDto, {
    about: 'From when to when I was in it: exactly these entries are mine to read.',
    max: MOST_STAYS,
  })
  stays: StayDto[];

  @Nested(() => PersonDto, { about: 'direct: the other one.', nullable: true })
  peer: PersonDto | null;

  @Nested(() => PersonDto, { about: 'Who asks me to join, while I have not answered.', nullable: true })
  invitedBy: PersonDto | null;
}

@Examples<typeof ConversationDetailsDto>({
  direct: {
    ...DIRECT,
    rosterSeq: 0,
    members: [ADA, GRACE].map((person) => ({ ...person, role: 'member', state: 'joined' })),
    metadata: null,
    group: null,
    retention: { expireAfter: null, afterDelivery: false },
  },
  invitation: {
    ...DIRECT,
    kind: 'group',
    state: 'invited',
    role: null,
    headSeq: 0,
    stays: [],
    peer: null,
    invitedBy: GRACE,
    rosterSeq: null,
    members: [],
    metadata: null,
    group: null,
    retention: null,
  },
})
export class ConversationDetailsDto extends ConversationDto {
  @Int({
    about: 'The entry that changed the members last; 0 if none did. Null unless I am in it.',
    min: 0,
    nullable: true,
    example: 1,
  })
  rosterSeq: number | null;

  @ListOf(() => MemberDto, { about: 'Who is in it now; empty unless I am.', max: LIMITS.membersPerConversation })
  members: MemberDto[];

  @Base64Url({
    about: 'The newest metadata; null if there is none, or I am not in it.',
    maxBytes: LIMITS.metadataBytes,
    nullable: true,
  })
  metadata: string | null;

  @Nested(() => GroupDto, { about: 'Of protocol `mls`, for whoever is in it.', nullable: true })
  group: GroupDto | null;

  @Nested(() => RetentionDto, { about: 'How long messages are kept, for whoever is in it.', nullable: true })
  retention: RetentionDto | null;
}

export class ConversationListDto extends PageDto {
  @ListOf(() => ConversationDto, { about: 'Newest first.', max: LIMITS.pageItems })
  items: ConversationDto[];
}

export function conversationDto(view: ConversationView): Pick<ConversationDto, keyof ConversationDto> {
  return {
    id: view.id,
    kind: view.kind,
    protocol: view.protocol,
    createdAt: view.createdAt.toISOString(),
    state: view.standing,
    role: view.role,
    headSeq: view.headSeq,
    stays: view.stays.map(({ from, to }) => ({ from, to })),
    peer: view.peer === null ? null : personDto(view.peer),
    invitedBy: view.invitedBy === null ? null : personDto(view.invitedBy),
  };
}

export function conversationDetailsDto(details: ConversationDetails): ConversationDetailsDto {
  return {
    ...conversationDto(details),
    rosterSeq: details.rosterSeq,
    members: details.members.map(memberDto),
    metadata: details.metadata?.toString('base64url') ?? null,
    group: details.group === null ? null : groupDto(details.group),
    retention: details.retention,
  };
}

function memberDto({ accountId, username, displayName, role, state }: Member): MemberDto {
  return { accountId, username, displayName, role, state };
}

function personDto({ accountId, username, displayName }: Person): PersonDto {
  return { accountId, username, displayName };
}

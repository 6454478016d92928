import {
  CONVERSATION_KINDS,
  CONVERSATION_PROTOCOLS,
  type ConversationId,
  type ConversationProtocol,
  type EntryId,
  LIMITS,
  MEMBER_ROLES,
  type MemberRole,
} from '#protocol';
import { InvalidRequest } from '../platform/errors/refusal.js';
import { Examples } from '../platform/http/examples.js';
import { Base64Url, bytesOf, OneOf, Username, UsernameList, Uuid, UuidV7 } from '../platform/http/fields.js';
import type { Named, NewDirect, NewGroup, NewMetadata } from './conversation.js';

@Examples<typeof CreateConversationDto>({
  direct: { kind: 'direct', with: 'grace' },
  group: {
    kind: 'group',
    id: '01a0c450-6c00-7000-8000-07be8fa9adc7',
    members: ['grace', 'hedy'],
    metadata: 'c2VhbGVkIHRpdGxl',
  },
})
export class CreateConversationDto {
  @OneOf(CONVERSATION_KINDS, {
    about: '`direct` needs `with`; `group` needs `members` and may have `id` and `metadata`.',
  })
  kind: string;

  @OneOf(CONVERSATION_PROTOCOLS, {
    about:
      'How its content is encrypted: any ciphertext, which is meant when absent, or an MLS group. Two people have one direct conversation of each.',
    optional: true,
  })
  protocol?: ConversationProtocol;

  @Username({ about: 'direct: the other one.', optional: true, example: 'grace' })
  with?: string;

  @UsernameList({
    about: 'group: the other members. With `mls` there are none yet: they come in by commits.',
    max: LIMITS.membersPerRequest,
    optional: true,
  })
  members?: string[];

  @UuidV7({ about: 'group: the id it shall have. The same id again finds the group made before.', optional: true })
  id?: string;

  @Base64Url({
    about: 'group: its title and picture, encrypted by the client.',
    maxBytes: LIMITS.metadataBytes,
    minBytes: 1,
    optional: true,
  })
  metadata?: string;
}

export class ConversationParams {
  @Uuid({ about: 'The conversation.' })
  id: string;
}

export class MemberParams extends ConversationParams {
  @Username({ about: 'The member.' })
  username: string;
}

export class AddMembersDto {
  @UuidV7({ about: 'The id of the entry that says so. The same id again is the same request.', optional: true })
  id?: string;

  @UsernameList({ about: 'Whom to add.', min: 1, max: LIMITS.membersPerRequest })
  members: string[];

  @OneOf(['member', 'admin'], {
    about: 'What they may do; `member` when absent. Only the owner adds admins.',
    optional: true,
  })
  role?: 'member' | 'admin';
}

export class RemoveMembersDto {
  @UuidV7({ about: 'The id of the entry that says so. The same id again is the same request.', optional: true })
  id?: string;

  @UsernameList({ about: 'Whom to remove; who is no member is passed over.', min: 1, max: LIMITS.membersPerRequest })
  members: string[];
}

export class ChangeRoleDto {
  @OneOf(MEMBER_ROLES, { about: 'Their new role. Giving `owner` makes the caller an admin.' })
  role: MemberRole;
}

export class SetMetadataDto {
  @UuidV7({ about: 'The id of the entry. The same id again is the same change.' })
  id: string;

  @Base64Url({ about: 'Title and picture, encrypted by the client.', maxBytes: LIMITS.metadataBytes, minBytes: 1 })
  metadata: string;
}

/** What a request starts. */
export type Draft = ({ readonly kind: 'direct' } & NewDirect) | ({ readonly kind: 'group' } & NewGroup);

/** @throws {InvalidRequest} when fields of one kind stand with the other. */
export function toDraft(dto: CreateConversationDto): Draft {
  const { kind, protocol = 'opaque', with: peer, members, id, metadata } = dto;
  if (kind === 'direct') {
    if (peer === undefined)
      throw new InvalidRequest([{ path: '/with', message: 'is needed for a direct conversation' }]);
    if (members !== undefined || id !== undefined || metadata !== undefined)
      throw new InvalidRequest([{ path: '', message: 'a direct conversation has only `with` and `protocol`' }]);
    return { kind, protocol, with: peer };
  }
  if (members === undefined) throw new InvalidRequest([{ path: '/members', message: 'is needed for a group' }]);
  if (protocol === 'mls' && members.length > 0)
    throw new InvalidRequest([{ path: '/members', message: 'come into an MLS group by commits' }]);
  if (peer !== undefined) throw new InvalidRequest([{ path: '/with', message: 'is for direct conversations' }]);
  return {
    kind: 'group',
    protocol,
    id: id as ConversationId | undefined,
    members,
    metadata: metadata === undefined ? undefined : bytesOf(metadata),
  };
}

export function toNamed({ id, members }: RemoveMembersDto): Named {
  return { id: id as EntryId | undefined, usernames: members };
}

export function toMetadata({ id, metadata }: SetMetadataDto): NewMetadata {
  return { id: id as EntryId, metadata: bytesOf(metadata) };
}

export function conversationId({ id }: ConversationParams): ConversationId {
  return id as ConversationId;
}

import { LIMITS, MEMBER_ROLES, MEMBER_STATES } from '#protocol';
import { ListOf, OpenEnum, Username, Uuid, UuidList } from '../platform/http/fields.js';

const max = LIMITS.membersPerConversation;

class AddedMemberDto {
  @Uuid({ about: 'Their account.' })
  readonly accountId: string;

  @Username({ about: 'Their name.', example: 'grace' })
  readonly username: string;

  @OpenEnum(MEMBER_ROLES, { about: 'What they may do.', example: 'member' })
  readonly role: string;

  @OpenEnum(MEMBER_STATES, { about: '`invited` until they accept.', example: 'joined' })
  readonly state: string;
}

class RemovedMemberDto {
  @Uuid({ about: 'Their account.' })
  readonly accountId: string;

  @Username({ about: 'Their name.', example: 'grace' })
  readonly username: string;
}

class GivenRoleDto {
  @Uuid({ about: 'Whose role it is.' })
  readonly accountId: string;

  @OpenEnum(MEMBER_ROLES, { about: 'What they may do from now on.', example: 'admin' })
  readonly role: string;
}

/** What an entry of kind `members` says: at least one of these. */
export class MembersChangeDto {
  @ListOf(() => AddedMemberDto, { about: 'Who was added, or invited.', max, optional: true })
  readonly added?: readonly AddedMemberDto[];

  @ListOf(() => RemovedMemberDto, { about: 'Who left or was removed, or is invited no more.', max, optional: true })
  readonly removed?: readonly RemovedMemberDto[];

  @ListOf(() => GivenRoleDto, { about: 'Who was given another role.', max, optional: true })
  readonly roles?: readonly GivenRoleDto[];

  @UuidList({ about: 'Accounts that accepted their invitation.', max, optional: true })
  readonly accepted?: readonly string[];
}

import { Body, Controller, Delete, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Authenticated,
  type Caller,
  CurrentAsker,
  CurrentCaller,
  type LocatedCaller,
} from '../platform/http/caller.js';
import { Refuses } from '../platform/http/refuses.js';
import {
  AddMembersDto,
  ChangeRoleDto,
  conversationId,
  ConversationParams,
  MemberParams,
  RemoveMembersDto,
  SetMetadataDto,
  toMetadata,
  toNamed,
} from './conversation-requests.dto.js';
import { EntrySeqDto } from './conversations.dto.js';
import { MembershipService } from './membership.service.js';

/** Every change is an entry of the conversation's log, so that all devices see it at the same place. */
@ApiTags('conversations')
@Controller('conversations/:id')
@Authenticated()
export class MembersController {
  constructor(private readonly memberships: MembershipService) {}

  @Post('members')
  @HttpCode(200)
  @Refuses(
    'not_found',
    'forbidden',
    'commit_required',
    'already_member',
    'conversation_full',
    'id_reused',
    'account_quota_exceeded',
  )
  @ApiOperation({
    operationId: 'addMembers',
    summary: 'Add people to a group',
    description:
      'For its owner and admins. All of them are added, or none: `already_member` if one is in it, `not_found` if one does not exist or ' +
      'does not want to hear from me. Strangers count on the budget for looking people up.',
  })
  @ApiOkResponse({ type: EntrySeqDto })
  async add(
    @CurrentAsker() asker: LocatedCaller,
    @Param() params: ConversationParams,
    @Body() body: AddMembersDto,
  ): Promise<EntrySeqDto> {
    const added = { ...toNamed(body), role: body.role ?? 'member' } as const;
    return { seq: await this.memberships.add(asker, conversationId(params), added) };
  }

  @Delete('members')
  @Refuses('not_found', 'forbidden', 'commit_required', 'id_reused')
  @ApiOperation({
    operationId: 'removeMembers',
    summary: 'Remove members from a group, or take invitations back',
    description:
      'The owner removes anyone, admins only those without a role. Who is removed may still read the entry that says so.',
  })
  @ApiOkResponse({ type: EntrySeqDto })
  async remove(
    @CurrentCaller() caller: Caller,
    @Param() params: ConversationParams,
    @Body() body: RemoveMembersDto,
  ): Promise<EntrySeqDto> {
    return { seq: await this.memberships.remove(caller, conversationId(params), toNamed(body)) };
  }

  @Put('members/:username/role')
  @Refuses('not_found', 'forbidden', 'commit_required', 'last_owner')
  @ApiOperation({
    operationId: 'changeRole',
    summary: 'Give a member another role',
    description:
      'For the owner. Giving `owner` hands the group over and makes the giver an admin: there is always exactly one owner.',
  })
  @ApiOkResponse({ type: EntrySeqDto })
  async changeRole(
    @CurrentCaller() caller: Caller,
    @Param() params: MemberParams,
    @Body() { role }: ChangeRoleDto,
  ): Promise<EntrySeqDto> {
    return {
      seq: await this.memberships.changeRole(caller, conversationId(params), { username: params.username, role }),
    };
  }

  @Put('metadata')
  @Refuses('not_found', 'forbidden', 'id_reused')
  @ApiOperation({
    operationId: 'setMetadata',
    summary: 'Set the encrypted title and picture of a group',
    description: 'For its owner and admins. The relay cannot read it; the newest one counts.',
  })
  @ApiOkResponse({ type: EntrySeqDto })
  async setMetadata(
    @CurrentCaller() caller: Caller,
    @Param() params: ConversationParams,
    @Body() body: SetMetadataDto,
  ): Promise<EntrySeqDto> {
    return { seq: await this.memberships.setMetadata(caller, conversationId(params), toMetadata(body)) };
  }
}

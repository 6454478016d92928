import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { LIMITS } from '#protocol';
import { conversationId, ConversationParams } from '../conversations/index.js';
import { Authenticated, type Caller, CurrentCaller } from '../platform/http/caller.js';
import { bytesOf } from '../platform/http/fields.js';
import { Refuses } from '../platform/http/refuses.js';
import {
  CommitDto,
  committedDto,
  CommittedDto,
  groupInfoDto,
  GroupInfoDto,
  NewGroupInfoDto,
  toUpload,
} from './mls.dto.js';
import { MlsService } from './mls.service.js';

@ApiTags('mls')
@Controller('conversations/:id')
@Authenticated()
export class MlsController {
  constructor(private readonly mls: MlsService) {}

  @Post('commits')
  @HttpCode(201)
  @RouteConfig({ bodyLimit: LIMITS.commitBodyBytes })
  @Refuses(
    'not_found',
    'forbidden',
    'invalid_commit',
    'stale_epoch',
    'removal_pending',
    'id_reused',
    'already_member',
    'conversation_full',
    'account_quota_exceeded',
  )
  @ApiOperation({
    operationId: 'sendCommit',
    summary: 'Begin the next epoch of an MLS group',
    description:
      'Exactly one commit begins each epoch: whoever comes second is told `stale_epoch`, and where the group stands. What it makes of ' +
      'the roster is what its sender signed, and a change of members stands behind it in the log. A commit at epoch 0 of the next ' +
      'generation begins a new group: the first, or one that repairs what is broken. Nobody is let into a group from which a device ' +
      'has to go, except by a commit that takes it out as well. Repeating an id returns the first result.',
  })
  @ApiCreatedResponse({ type: CommittedDto })
  async commit(
    @CurrentCaller() caller: Caller,
    @Param() params: ConversationParams,
    @Body() body: CommitDto,
  ): Promise<CommittedDto> {
    return committedDto(body.id, await this.mls.commit(caller, conversationId(params), toUpload(body)));
  }

  @Get('group-info')
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'getGroupInfo',
    summary: 'What a device needs to come into the group by itself',
    description:
      'For members of the conversation: the GroupInfo of the newest epoch. With it, a device that has lost its state ' +
      'takes its place in the group again, by an external commit.',
  })
  @ApiOkResponse({ type: GroupInfoDto })
  async groupInfo(@CurrentCaller() caller: Caller, @Param() params: ConversationParams): Promise<GroupInfoDto> {
    return groupInfoDto(await this.mls.groupInfo(caller, conversationId(params)));
  }

  @Put('group-info')
  @HttpCode(204)
  @RouteConfig({ bodyLimit: LIMITS.commitBodyBytes })
  @Refuses('not_found', 'forbidden', 'invalid_commit', 'stale_epoch')
  @ApiOperation({
    operationId: 'repairGroupInfo',
    summary: 'Replace a GroupInfo that does not work',
    description: 'For devices in the group. It must be of the current epoch.',
  })
  @ApiNoContentResponse({ description: 'It is replaced.' })
  async repairGroupInfo(
    @CurrentCaller() caller: Caller,
    @Param() params: ConversationParams,
    @Body() { groupInfo }: NewGroupInfoDto,
  ): Promise<void> {
    await this.mls.repairGroupInfo(caller, conversationId(params), bytesOf(groupInfo));
  }
}

import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ConversationId } from '#protocol';
import type { FastifyReply } from 'fastify';
import {
  Authenticated,
  type Caller,
  CurrentAsker,
  CurrentCaller,
  type LocatedCaller,
} from '../platform/http/caller.js';
import { decodeCursor, limitOf, PageQuery } from '../platform/http/page.js';
import { Refuses } from '../platform/http/refuses.js';
import type { ViewPosition } from './conversation.js';
import { conversationId, ConversationParams, CreateConversationDto, toDraft } from './conversation-requests.dto.js';
import {
  conversationDetailsDto,
  ConversationDetailsDto,
  conversationDto,
  ConversationListDto,
} from './conversations.dto.js';
import { ConversationsService } from './conversations.service.js';
import { MembershipService } from './membership.service.js';

@ApiTags('conversations')
@Controller('conversations')
@Authenticated()
export class ConversationsController {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly memberships: MembershipService,
  ) {}

  @Post()
  @Refuses('not_found', 'forbidden', 'conversation_full', 'id_reused', 'account_quota_exceeded')
  @ApiOperation({
    operationId: 'createConversation',
    summary: 'Start a conversation',
    description:
      'A direct conversation exists once for each two people: it is found, created, or opened again for whoever left it, and the ' +
      'other one becomes my contact. People whose privacy is `contacts` are invited unless I am one of theirs: they see that I ask, ' +
      'and nothing else until they accept. A person who does not exist and one who does not want to hear from me are alike `not_found`; ' +
      'one whom I blocked is `forbidden`.',
  })
  @ApiCreatedResponse({ type: ConversationDetailsDto, description: 'It is new.' })
  @ApiOkResponse({ type: ConversationDetailsDto, description: 'It was there before.' })
  async create(
    @CurrentAsker() asker: LocatedCaller,
    @Body() body: CreateConversationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConversationDetailsDto> {
    const draft = toDraft(body);
    const found =
      draft.kind === 'direct'
        ? await this.conversations.openDirect(asker, draft)
        : await this.conversations.createGroup(asker, draft);
    void reply.status(found.created ? 201 : 200);
    return conversationDetailsDto(await this.conversations.get(asker.caller, found.conversationId));
  }

  @Get()
  @ApiOperation({
    operationId: 'listConversations',
    summary: 'My conversations',
    description: 'Newest first, with those I left and those I am asked to join. For browsing; to catch up, use `sync`.',
  })
  @ApiOkResponse({ type: ConversationListDto })
  async list(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<ConversationListDto> {
    const page = await this.conversations.list(caller, { after: positionOf(query), limit: limitOf(query) });
    return { ...page, items: page.items.map(conversationDto) };
  }

  @Get(':id')
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'getConversation',
    summary: 'One conversation',
    description:
      'Members and metadata are shown to whoever is in it. To others than its members, past and invited, it is `not_found`.',
  })
  @ApiOkResponse({ type: ConversationDetailsDto })
  async get(@CurrentCaller() caller: Caller, @Param() params: ConversationParams): Promise<ConversationDetailsDto> {
    return conversationDetailsDto(await this.conversations.get(caller, conversationId(params)));
  }

  @Post(':id/leave')
  @HttpCode(204)
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'leaveConversation',
    summary: 'Leave, or decline an invitation',
    description:
      'What I could read until now stays readable, for me and for the others. An owner’s group goes to the longest-standing admin, ' +
      'or else member. Leaving again changes nothing.',
  })
  @ApiNoContentResponse({ description: 'I am not in it any more.' })
  async leave(@CurrentCaller() caller: Caller, @Param() params: ConversationParams): Promise<void> {
    await this.memberships.leave(caller, conversationId(params));
  }

  @Post(':id/accept')
  @HttpCode(204)
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'acceptConversation',
    summary: 'Accept an invitation',
    description:
      'From then on I can read the conversation since I was invited. Accepting a direct one makes the other person my contact.',
  })
  @ApiNoContentResponse({ description: 'I am in it.' })
  async accept(@CurrentCaller() caller: Caller, @Param() params: ConversationParams): Promise<void> {
    await this.memberships.accept(caller, conversationId(params));
  }
}

function positionOf({ cursor }: PageQuery): ViewPosition | undefined {
  const key = decodeCursor(cursor, ['time', 'uuid']);
  return key === undefined ? undefined : { createdAt: new Date(key[0]), id: key[1] as ConversationId };
}

import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ConversationId, EntryId } from '#protocol';
import { EntryDto, GapItemDto } from '../entries/index.js';
import { Authenticated, type Caller, ClientAddress, CurrentCaller } from '../platform/http/caller.js';
import { decodeCursor, limitOf } from '../platform/http/page.js';
import { Refuses } from '../platform/http/refuses.js';
import { LogService } from './log.service.js';
import {
  ConversationParams,
  ListQuery,
  LogPageDto,
  LogQuery,
  MessageDto,
  MessagePageDto,
  MessageParams,
  SendDirectMessageDto,
  SendMessageDto,
  SentMessageDto,
} from './messages.dto.js';
import { logPageDto, messageDto, outgoingMessage, sentMessageDto } from './messages.mapping.js';
import { MAILBOX_CURSOR, MessagesService } from './messages.service.js';

@ApiTags('messages')
@ApiExtraModels(EntryDto, GapItemDto)
@Controller()
@Authenticated()
export class MessagesController {
  constructor(
    private readonly messages: MessagesService,
    private readonly logs: LogService,
  ) {}

  @Post('messages')
  @HttpCode(201)
  @Refuses('not_found', 'forbidden', 'id_reused', 'account_quota_exceeded')
  @ApiOperation({
    operationId: 'sendDirectMessage',
    summary: 'Send a message to a person',
    description:
      'Finds or creates the direct conversation with the recipient, then stores the message in it. Repeating an id returns the first result.',
  })
  @ApiCreatedResponse({ type: SentMessageDto })
  async sendDirect(
    @CurrentCaller() caller: Caller,
    @ClientAddress() address: string,
    @Body() body: SendDirectMessageDto,
  ): Promise<SentMessageDto> {
    return sentMessageDto(await this.messages.sendTo(caller, { username: body.to, address }, outgoingMessage(body)));
  }

  @Post('conversations/:conversationId/messages')
  @HttpCode(201)
  @Refuses('not_found', 'id_reused', 'forbidden', 'stale_epoch', 'removal_pending')
  @ApiOperation({
    operationId: 'sendMessage',
    summary: 'Send a message to a conversation',
    description:
      'Stores the ciphertext at the next position of the log and pushes it to every connected device of the members. Repeating an id returns the first result.',
  })
  @ApiCreatedResponse({ type: SentMessageDto })
  async send(
    @CurrentCaller() caller: Caller,
    @Param() { conversationId }: ConversationParams,
    @Body() body: SendMessageDto,
  ): Promise<SentMessageDto> {
    return sentMessageDto(await this.messages.send(caller, conversationId as ConversationId, outgoingMessage(body)));
  }

  @Get('conversations/:conversationId/messages')
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'readLog',
    summary: 'Read a conversation’s log',
    description:
      'Entries after a position, oldest first. Every position appears once, as an entry or within a gap, so a client knows when something is missing.',
  })
  @ApiOkResponse({ type: LogPageDto })
  async page(
    @CurrentCaller() caller: Caller,
    @Param() { conversationId }: ConversationParams,
    @Query() query: LogQuery,
  ): Promise<LogPageDto> {
    const from = { after: query.after ?? 0, limit: query.limit ?? 50 };
    return logPageDto(await this.logs.page(caller, conversationId as ConversationId, from));
  }

  @Get('conversations/:conversationId/messages/:messageId')
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'getMessage',
    summary: 'Read one message',
    description: 'With the time at which each recipient had stored and read it.',
  })
  @ApiOkResponse({ type: MessageDto })
  async one(
    @CurrentCaller() caller: Caller,
    @Param() { conversationId, messageId }: MessageParams,
  ): Promise<MessageDto> {
    return messageDto(await this.messages.one(caller, conversationId as ConversationId, messageId as EntryId));
  }

  @Get('messages/inbox')
  @ApiOperation({
    operationId: 'listInbox',
    summary: 'Browse received messages',
    description:
      'Newest first, over all conversations. For browsing only: to catch up without missing anything, use sync.',
  })
  @ApiOkResponse({ type: MessagePageDto })
  async inbox(@CurrentCaller() caller: Caller, @Query() query: ListQuery): Promise<MessagePageDto> {
    return this.mailbox(caller, 'inbox', query);
  }

  @Get('messages/sent')
  @ApiOperation({
    operationId: 'listSent',
    summary: 'Browse sent messages',
    description: 'Newest first, over all conversations, with the marks of their recipients.',
  })
  @ApiOkResponse({ type: MessagePageDto })
  async sent(@CurrentCaller() caller: Caller, @Query() query: ListQuery): Promise<MessagePageDto> {
    return this.mailbox(caller, 'sent', query);
  }

  private async mailbox(caller: Caller, mailbox: 'inbox' | 'sent', query: ListQuery): Promise<MessagePageDto> {
    const cursor = decodeCursor(query.cursor, MAILBOX_CURSOR);
    const { items, nextCursor } = await this.messages.browse(caller, { mailbox, cursor, limit: limitOf(query) });
    return { items: items.map(messageDto), nextCursor };
  }
}

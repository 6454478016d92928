import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ConversationId, EntryId } from '#protocol';
import { Authenticated, type Caller, CurrentCaller } from '../platform/http/caller.js';
import { Refuses } from '../platform/http/refuses.js';
import { ConversationParams, MessageParams, ReceiptsDto, WatermarksDto } from './messages.dto.js';
import { watermarkDto } from './messages.mapping.js';
import { ReceiptsService } from './receipts.service.js';

@ApiTags('receipts')
@Controller('conversations/:conversationId')
@Authenticated()
export class ReceiptsController {
  constructor(private readonly receipts: ReceiptsService) {}

  @Put('receipts')
  @HttpCode(204)
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'updateReceipts',
    summary: 'Say how far you have stored and read a log',
    description:
      'A mark covers everything up to its position; a lower one than before changes nothing. Positions beyond what you can read are refused.',
  })
  @ApiNoContentResponse()
  async update(
    @CurrentCaller() caller: Caller,
    @Param() { conversationId }: ConversationParams,
    @Body() body: ReceiptsDto,
  ): Promise<void> {
    await this.receipts.mark(caller, conversationId as ConversationId, body);
  }

  @Get('receipts')
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'listReceipts',
    summary: 'The newest marks of every member',
    description: 'Kept in conversations of at most 32 members.',
  })
  @ApiOkResponse({ type: WatermarksDto })
  async list(@CurrentCaller() caller: Caller, @Param() { conversationId }: ConversationParams): Promise<WatermarksDto> {
    const marks = await this.receipts.newest(caller, conversationId as ConversationId);
    return { items: marks.map(watermarkDto) };
  }

  @Post('messages/:messageId/delivered')
  @HttpCode(204)
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'markDelivered',
    summary: 'Say that a message is stored',
    description: 'Covers everything before it, too.',
  })
  @ApiNoContentResponse()
  async delivered(
    @CurrentCaller() caller: Caller,
    @Param() { conversationId, messageId }: MessageParams,
  ): Promise<void> {
    await this.receipts.markMessage(caller, conversationId as ConversationId, {
      id: messageId as EntryId,
      kind: 'delivered',
    });
  }

  @Post('messages/:messageId/read')
  @HttpCode(204)
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'markRead',
    summary: 'Say that a message is read',
    description: 'Covers everything before it, too.',
  })
  @ApiNoContentResponse()
  async read(@CurrentCaller() caller: Caller, @Param() { conversationId, messageId }: MessageParams): Promise<void> {
    await this.receipts.markMessage(caller, conversationId as ConversationId, {
      id: messageId as EntryId,
      kind: 'read',
    });
  }
}

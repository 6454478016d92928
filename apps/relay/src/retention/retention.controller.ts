import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { conversationId, ConversationParams, EntrySeqDto } from '../conversations/index.js';
import { Authenticated, type Caller, CurrentCaller } from '../platform/http/caller.js';
import { Refuses } from '../platform/http/refuses.js';
import { RetentionInForceDto, retentionInForceDto, SetRetentionDto, toNewRetention } from './retention.dto.js';
import { RetentionService } from './retention.service.js';

/** How long the relay keeps what is written in a conversation. */
@ApiTags('conversations')
@Controller('conversations/:id/retention')
@Authenticated()
export class RetentionController {
  constructor(private readonly retention: RetentionService) {}

  @Get()
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'getRetention',
    summary: 'How long messages are kept',
    description:
      'What the members have agreed, and what the operator has set: whichever erases a message sooner. For its members.',
  })
  @ApiOkResponse({ type: RetentionInForceDto })
  async get(@CurrentCaller() caller: Caller, @Param() params: ConversationParams): Promise<RetentionInForceDto> {
    return retentionInForceDto(await this.retention.of(caller, conversationId(params)));
  }

  @Put()
  @Refuses('not_found', 'forbidden', 'id_reused')
  @ApiOperation({
    operationId: 'setRetention',
    summary: 'Say how long messages are kept',
    description:
      'For the owner and admins of a group, and for both in a direct conversation. An entry of the log says so. `expireAfter` is for ' +
      'messages that are written from then on, `afterDelivery` for those that are there as well. What is erased leaves a gap.',
  })
  @ApiOkResponse({ type: EntrySeqDto })
  async set(
    @CurrentCaller() caller: Caller,
    @Param() params: ConversationParams,
    @Body() body: SetRetentionDto,
  ): Promise<EntrySeqDto> {
    return { seq: await this.retention.set(caller, conversationId(params), toNewRetention(body)) };
  }
}

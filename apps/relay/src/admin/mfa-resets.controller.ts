import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly, type Caller, CurrentCaller } from '../platform/http/caller.js';
import { decodeCursor, limitOf, pageOf, PageQuery } from '../platform/http/page.js';
import { Refuses } from '../platform/http/refuses.js';
import { ACTS_RULE } from './admin.contract.js';
import { AskMfaResetDto, MfaResetDto, MfaResetListDto, MfaResetParams, toMfaResetDto } from './mfa-resets.dto.js';
import { MfaResetsService } from './mfa-resets.service.js';

@ApiTags('admin')
@Controller('admin/mfa-resets')
@AdminOnly()
export class MfaResetsController {
  constructor(private readonly resets: MfaResetsService) {}

  @Get()
  @ApiOperation({
    operationId: 'adminListMfaResets',
    summary: 'Resets of second factors that wait for another admin',
    description: 'For admins.',
  })
  @ApiOkResponse({ type: MfaResetListDto })
  async list(@Query() query: PageQuery): Promise<MfaResetListDto> {
    const [after] = decodeCursor(query.cursor, ['uuid']) ?? [];
    const limit = limitOf(query);
    const { items, nextCursor } = pageOf(await this.resets.list({ after, limit: limit + 1 }), limit, ({ id }) => [id]);
    return { items: items.map(toMfaResetDto), nextCursor };
  }

  @Post()
  @Refuses('not_found', 'conflict')
  @ApiOperation({
    operationId: 'adminAskMfaReset',
    summary: 'Ask for a reset of somebody’s second factors',
    description:
      'Nothing is reset before another admin has agreed, within 24 hours. The account hears of it (`mfa`). `conflict` when one waits ' +
      `already, or there is nothing to reset. ${ACTS_RULE}`,
  })
  @ApiCreatedResponse({ type: MfaResetDto })
  async ask(@CurrentCaller() caller: Caller, @Body() { username }: AskMfaResetDto): Promise<MfaResetDto> {
    return toMfaResetDto(await this.resets.ask(caller, username));
  }

  @Post(':id/approve')
  @HttpCode(204)
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'adminApproveMfaReset',
    summary: 'Agree to a reset of second factors',
    description:
      'Takes the second factors of the account away, its recovery codes of them, and the trust in its devices. Its password and ' +
      'what lies under it stay as they are. `forbidden` for whoever asked, and for the account’s owner, too. `not_found` alike ' +
      `for no such request and one whose time is over. ${ACTS_RULE}`,
  })
  @ApiNoContentResponse()
  async approve(@CurrentCaller() caller: Caller, @Param() { id }: MfaResetParams): Promise<void> {
    await this.resets.approve(caller, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'adminDeclineMfaReset',
    summary: 'Decline a reset of second factors, or take it back',
    description: `The account hears of it. ${ACTS_RULE}`,
  })
  @ApiNoContentResponse()
  async decline(@CurrentCaller() caller: Caller, @Param() { id }: MfaResetParams): Promise<void> {
    await this.resets.decline(caller, id);
  }
}

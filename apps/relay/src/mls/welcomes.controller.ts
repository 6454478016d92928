import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { EntryId } from '#protocol';
import { Authenticated, type Caller, CurrentCaller } from '../platform/http/caller.js';
import { decodeCursor, PageQuery } from '../platform/http/page.js';
import { Refuses } from '../platform/http/refuses.js';
import { welcomeDto, WelcomeListDto, WelcomeParams, welcomesPerPage } from './mls.dto.js';
import { MlsService } from './mls.service.js';

@ApiTags('mls')
@Controller('welcomes')
@Authenticated()
export class WelcomesController {
  constructor(private readonly mls: MlsService) {}

  @Get()
  @ApiOperation({
    operationId: 'listWelcomes',
    summary: 'Welcomes that wait for this device',
    description: 'Oldest first. Those of conversations one is only invited to wait until the invitation is accepted.',
  })
  @ApiOkResponse({ type: WelcomeListDto })
  async list(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<WelcomeListDto> {
    const after = decodeCursor(query.cursor, ['uuid'])?.[0] as EntryId | undefined;
    const page = await this.mls.waiting(caller, { after, limit: welcomesPerPage(query) });
    return { ...page, items: page.items.map(welcomeDto) };
  }

  @Delete(':id')
  @HttpCode(204)
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'deleteWelcome',
    summary: 'Say that a welcome has been dealt with',
    description: 'Once the device has joined and stored the group, or cannot join. Other devices keep theirs.',
  })
  @ApiNoContentResponse({ description: 'It waits for this device no more.' })
  async remove(@CurrentCaller() caller: Caller, @Param() { id }: WelcomeParams): Promise<void> {
    await this.mls.dealtWith(caller, id as EntryId);
  }
}

import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { EntryDto, GapItemDto } from '../entries/index.js';
import { Authenticated, type Caller, CurrentCaller } from '../platform/http/caller.js';
import { syncReplyDto } from './messages.mapping.js';
import { SyncReplyDto, SyncRequestDto } from './sync.dto.js';
import { SyncService } from './sync.service.js';

@ApiTags('sync')
@ApiExtraModels(EntryDto, GapItemDto)
@Controller('sync')
@Authenticated()
export class SyncController {
  constructor(private readonly sync: SyncService) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'sync',
    summary: 'Catch up on everything',
    description:
      'Answers, from one snapshot, with all that moved since the cursors: changes outside the logs, and for each conversation its head and a first page. While `more` is true, store the page and sync again.',
  })
  @ApiOkResponse({ type: SyncReplyDto })
  async catchUp(
    @CurrentCaller() caller: Caller,
    @Body() { incarnation, revision, cursors }: SyncRequestDto,
  ): Promise<SyncReplyDto> {
    return syncReplyDto(await this.sync.sync(caller, { incarnation, revision, cursors }));
  }
}

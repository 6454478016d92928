import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated, type Caller, CurrentCaller } from '../platform/http/caller.js';
import { decodeCursor, limitOf, pageOf, PageQuery } from '../platform/http/page.js';
import { Refuses } from '../platform/http/refuses.js';
import { SessionsService } from '../sessions/index.js';
import { SessionListDto, SessionParams, toSessionDto } from './sessions.dto.js';

@ApiTags('auth')
@Controller('auth/sessions')
@Authenticated()
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @Get()
  @ApiOperation({
    operationId: 'listSessions',
    summary: 'My live sessions, newest first',
    description: 'On all of my devices.',
  })
  @ApiOkResponse({ type: SessionListDto })
  async list(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<SessionListDto> {
    const [before] = decodeCursor(query.cursor, ['uuid']) ?? [];
    const limit = limitOf(query);
    const { items, nextCursor } = pageOf(
      await this.sessions.list(caller, { before, limit: limit + 1 }),
      limit,
      ({ id }) => [id],
    );
    return { items: items.map((session) => toSessionDto(session, caller.sessionId)), nextCursor };
  }

  @Delete(':id')
  @HttpCode(204)
  @Refuses('not_found', 'mfa_required')
  @ApiOperation({
    operationId: 'endSession',
    summary: 'End a session of mine',
    description:
      'Its sockets are closed within a second. Another than this one takes a second factor, if there is one. `not_found` alike for no such session, an ended one and somebody else’s.',
  })
  @ApiNoContentResponse()
  async end(@CurrentCaller() caller: Caller, @Param() { id }: SessionParams): Promise<void> {
    await this.sessions.end(caller, id);
  }
}

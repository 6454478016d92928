import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly, type Caller, CurrentCaller } from '../platform/http/caller.js';
import { decodeCursor, limitOf, pageOf } from '../platform/http/page.js';
import { UsernameParams } from '../platform/http/params.js';
import { Refuses } from '../platform/http/refuses.js';
import { AdminUserDto, AdminUserListDto, SuspendDto, toAdminUserDto, UserSearchQuery } from './admin-users.dto.js';
import { AdminUsersService } from './admin-users.service.js';
import { ACTS_RULE } from './admin.contract.js';

@ApiTags('admin')
@Controller('admin/users')
@AdminOnly()
export class AdminUsersController {
  constructor(private readonly users: AdminUsersService) {}

  @Get()
  @ApiOperation({
    operationId: 'adminListUsers',
    summary: 'Accounts, by name',
    description:
      'For admins. What an account is in, whom it knows and what it says is not shown to anybody: docs/administration.md.',
  })
  @ApiOkResponse({ type: AdminUserListDto })
  async list(@Query() query: UserSearchQuery): Promise<AdminUserListDto> {
    const [after = ''] = decodeCursor(query.cursor, ['username']) ?? [];
    const limit = limitOf(query);
    const found = await this.users.search({ beginning: query.search ?? '', after, limit: limit + 1 });
    const { items, nextCursor } = pageOf(found, limit, ({ username }) => [username]);
    return { items: items.map(toAdminUserDto), nextCursor };
  }

  @Get(':username')
  @Refuses('not_found')
  @ApiOperation({ operationId: 'adminGetUser', summary: 'An account', description: 'For admins.' })
  @ApiOkResponse({ type: AdminUserDto })
  async get(@Param() { username }: UsernameParams): Promise<AdminUserDto> {
    return toAdminUserDto(await this.users.find(username));
  }

  @Put(':username/suspension')
  @HttpCode(204)
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'adminSuspendUser',
    summary: 'Suspend an account',
    description:
      'Ends its sessions, and closes its sockets within a second. Whoever signs in to it with the right secret is answered ' +
      '`account_suspended`; for others it is as it was. Once more, it changes the reason. `forbidden` for one’s own account, too, ' +
      `so that an admin always remains. ${ACTS_RULE}`,
  })
  @ApiNoContentResponse()
  async suspend(
    @CurrentCaller() caller: Caller,
    @Param() { username }: UsernameParams,
    @Body() { reason }: SuspendDto,
  ): Promise<void> {
    await this.users.suspend(caller, username, reason);
  }

  @Delete(':username/suspension')
  @HttpCode(204)
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'adminUnsuspendUser',
    summary: 'Lift the suspension of an account',
    description: `Its owner signs in as before. ${ACTS_RULE}`,
  })
  @ApiNoContentResponse()
  async unsuspend(@CurrentCaller() caller: Caller, @Param() { username }: UsernameParams): Promise<void> {
    await this.users.unsuspend(caller, username);
  }

  @Delete(':username/sessions')
  @HttpCode(204)
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'adminEndSessions',
    summary: 'End all sessions of an account',
    description: `Its devices have to sign in again. Their sockets are closed within a second. ${ACTS_RULE}`,
  })
  @ApiNoContentResponse()
  async endSessions(@CurrentCaller() caller: Caller, @Param() { username }: UsernameParams): Promise<void> {
    await this.users.endSessions(caller, username);
  }
}

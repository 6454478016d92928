import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated, type Caller, CurrentCaller } from '../platform/http/caller.js';
import { Refuses } from '../platform/http/refuses.js';
import { AccountDto, ChangeAccountDto, toAccountDto } from './auth.dto.js';
import { ChangePasswordDto, DeleteAccountDto, toDeletion, toNewSecret } from './own-account.dto.js';
import { OwnAccountService } from './own-account.service.js';
import { SETS_COOKIE } from './refresh-cookie.contract.js';
import { CurrentExchange, type Exchange, RefreshCookie } from './refresh-cookie.js';

@ApiTags('auth')
@Controller('auth')
@Authenticated()
export class OwnAccountController {
  constructor(
    private readonly account: OwnAccountService,
    private readonly cookie: RefreshCookie,
  ) {}

  @Get('me')
  @ApiOperation({ operationId: 'getMe', summary: 'My account', description: 'As its owner sees it.' })
  @ApiOkResponse({ type: AccountDto })
  async get(@CurrentCaller() caller: Caller): Promise<AccountDto> {
    return toAccountDto(await this.account.get(caller));
  }

  @Patch('me')
  @ApiOperation({
    operationId: 'changeMe',
    summary: 'Change my display name or privacy',
    description: 'What is absent stays. Contacts and co-members hear of a new display name.',
  })
  @ApiOkResponse({ type: AccountDto })
  async update(@CurrentCaller() caller: Caller, @Body() body: ChangeAccountDto): Promise<AccountDto> {
    return toAccountDto(await this.account.update(caller, body));
  }

  @Delete('me')
  @HttpCode(204)
  @Refuses('invalid_credentials', 'mfa_required')
  @ApiOperation({
    operationId: 'deleteMe',
    summary: 'Delete my account',
    description:
      'Takes the current secret, and a second factor if there is one. All sessions end. When the days are over that `GET /v1/server` ' +
      'tells as `deletionGraceDays`, or at once with `now`, devices, contacts and memberships end for good. Until then nobody ' +
      'begins anything with the account, and its owner keeps it by signing in with `cancelDeletion`. The username is never given ' +
      'out again.',
  })
  @ApiNoContentResponse({ headers: SETS_COOKIE })
  async remove(
    @CurrentCaller() caller: Caller,
    @Body() body: DeleteAccountDto,
    @CurrentExchange() exchange: Exchange,
  ): Promise<void> {
    await this.account.remove(caller, toDeletion(body));
    this.cookie.clear(exchange);
  }

  @Post('password')
  @HttpCode(204)
  @Refuses('invalid_credentials', 'mfa_required', 'kdf_too_weak', 'conflict', 'stale_version')
  @ApiOperation({
    operationId: 'changePassword',
    summary: 'Change the secret I sign in with',
    description:
      'Takes the current secret, and a second factor if there is one. Other sessions end, unless `keepOtherSessions`. An account whose vault has a `root` names it ' +
      'in `vaultRoot`, wrapped under the new password: both change, or neither. `conflict` when somebody else changed the ' +
      'secret at the same time, `stale_version` when the root has another version.',
  })
  @ApiNoContentResponse()
  async changePassword(@CurrentCaller() caller: Caller, @Body() body: ChangePasswordDto): Promise<void> {
    await this.account.changeSecret(caller, toNewSecret(body));
  }
}

import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccountsService } from '../accounts/index.js';
import { Authenticated, CurrentAsker, type LocatedCaller } from '../platform/http/caller.js';
import { UsernameParams } from '../platform/http/params.js';
import { Refuses } from '../platform/http/refuses.js';
import { ProfileDto } from './profile.dto.js';

@ApiTags('people')
@Controller('users')
@Authenticated()
export class UsersController {
  constructor(private readonly accounts: AccountsService) {}

  @Get(':username')
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'getUser',
    summary: "Somebody's profile",
    description: 'Strangers count on the budget for looking people up, whether they exist or not.',
  })
  @ApiOkResponse({ type: ProfileDto })
  async find(@CurrentAsker() asker: LocatedCaller, @Param() params: UsernameParams): Promise<ProfileDto> {
    const { id, username, displayName } = await this.accounts.find(asker, params.username);
    return { accountId: id, username, displayName };
  }
}

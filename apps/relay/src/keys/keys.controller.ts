import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Authenticated,
  type Caller,
  CurrentAsker,
  CurrentCaller,
  type LocatedCaller,
} from '../platform/http/caller.js';
import { decodeCursor, limitOf, PageQuery } from '../platform/http/page.js';
import { UsernameParams } from '../platform/http/params.js';
import { Refuses } from '../platform/http/refuses.js';
import { IdentityKeyDto, KeyHistoryDto, toIdentityKeyDto, toKeyDraft, UploadKeyDto } from './keys.dto.js';
import { KeysService } from './keys.service.js';

@ApiTags('keys')
@Controller('keys')
@Authenticated()
export class KeysController {
  constructor(private readonly keys: KeysService) {}

  @Put('me')
  @Refuses('stale_version', 'invalid_signature', 'invalid_credentials', 'mfa_required')
  @ApiOperation({
    operationId: 'uploadIdentityKey',
    summary: 'Upload or replace my identity key',
    description:
      'The first key needs no version. Each later one names the version it replaces and is signed by the current key; ' +
      'without that signature it takes an explicit `reset` with the authKey, and a second factor if there is one; everyone who knows the account is told. ' +
      'The current key again changes nothing and returns it. Nothing is ever removed from the history.',
  })
  @ApiOkResponse({ type: IdentityKeyDto })
  async upload(@CurrentCaller() caller: Caller, @Body() body: UploadKeyDto): Promise<IdentityKeyDto> {
    return toIdentityKeyDto(await this.keys.upload(caller, toKeyDraft(body)));
  }

  @Get('me')
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'getMyIdentityKey',
    summary: 'My current identity key',
    description: '`not_found` before the first upload.',
  })
  @ApiOkResponse({ type: IdentityKeyDto })
  async own(@CurrentCaller() caller: Caller): Promise<IdentityKeyDto> {
    return toIdentityKeyDto(await this.keys.own(caller));
  }

  @Get(':username')
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'getIdentityKey',
    summary: "Somebody's current identity key",
    description:
      '`not_found` alike for no such user and for a user without a key. Strangers count on the budget for looking people up.',
  })
  @ApiOkResponse({ type: IdentityKeyDto })
  async find(@CurrentAsker() asker: LocatedCaller, @Param() { username }: UsernameParams): Promise<IdentityKeyDto> {
    return toIdentityKeyDto(await this.keys.find(asker, username));
  }

  @Get(':username/history')
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'listIdentityKeys',
    summary: "Somebody's identity keys, oldest first",
    description:
      'Each link holds the hash of the one before, and a signature by it unless the key was reset: a reader checks the ' +
      'chain from the last link it knows. Refused and counted as the current key is.',
  })
  @ApiOkResponse({ type: KeyHistoryDto })
  async history(
    @CurrentAsker() asker: LocatedCaller,
    @Param() { username }: UsernameParams,
    @Query() query: PageQuery,
  ): Promise<KeyHistoryDto> {
    const [after = 0] = decodeCursor(query.cursor, ['version']) ?? [];
    const page = await this.keys.history(asker, username, { after, limit: limitOf(query) });
    return { ...page, items: page.items.map(toIdentityKeyDto) };
  }
}

import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
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
import { ContactDto, ContactListDto, DecideContactDto, toContactDto } from './contacts.dto.js';
import { ContactsService } from './contacts.service.js';

@ApiTags('people')
@Controller('contacts')
@Authenticated()
export class ContactsController {
  constructor(private readonly contacts: ContactsService) {}

  @Get()
  @ApiOperation({
    operationId: 'listContacts',
    summary: 'People I accepted or blocked',
    description: 'By username. People who deleted their account are left out.',
  })
  @ApiOkResponse({ type: ContactListDto })
  async list(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<ContactListDto> {
    const [after = ''] = decodeCursor(query.cursor, ['username']) ?? [];
    const page = await this.contacts.list(caller, { after, limit: limitOf(query) });
    return { ...page, items: page.items.map(toContactDto) };
  }

  @Get(':username')
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'getContact',
    summary: 'What I decided about a person',
    description: '`not_found` alike for people I decided nothing about and for people who do not exist.',
  })
  @ApiOkResponse({ type: ContactDto })
  async get(@CurrentCaller() caller: Caller, @Param() { username }: UsernameParams): Promise<ContactDto> {
    return toContactDto(await this.contacts.get(caller, username));
  }

  @Put(':username')
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'decideContact',
    summary: 'Accept or block a person',
    description:
      'Blocking also ends the direct conversation of the two, on both sides. The other person is not told why. ' +
      'Strangers count on the budget for looking people up. The same decision again changes nothing.',
  })
  @ApiOkResponse({ type: ContactDto })
  async decide(
    @CurrentAsker() asker: LocatedCaller,
    @Param() { username }: UsernameParams,
    @Body() body: DecideContactDto,
  ): Promise<ContactDto> {
    return toContactDto(await this.contacts.decide(asker, username, body.state));
  }

  @Delete(':username')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'removeContact',
    summary: 'Forget what I decided about a person',
    description: 'Unblocks, too. Succeeds alike when there was nothing to forget.',
  })
  @ApiNoContentResponse({ description: 'Nothing is decided about them any more.' })
  async remove(@CurrentCaller() caller: Caller, @Param() { username }: UsernameParams): Promise<void> {
    await this.contacts.forget(caller, username);
  }
}

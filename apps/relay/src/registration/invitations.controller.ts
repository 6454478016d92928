import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ACTS_RULE } from '../admin/index.js';
import { AdminOnly, type Caller, CurrentCaller } from '../platform/http/caller.js';
import { decodeCursor, limitOf, pageOf, PageQuery } from '../platform/http/page.js';
import { Refuses } from '../platform/http/refuses.js';
import {
  InvitationListDto,
  InvitationParams,
  MakeInvitationDto,
  NewInvitationDto,
  toInvitationDto,
  toNewInvitation,
  toNewInvitationDto,
} from './invitations.dto.js';
import { InvitationsService } from './invitations.service.js';

@ApiTags('admin')
@Controller('admin/invitations')
@AdminOnly()
export class InvitationsController {
  constructor(private readonly invitations: InvitationsService) {}

  @Get()
  @ApiOperation({
    operationId: 'adminListInvitations',
    summary: 'Invitations to register',
    description: 'For admins. Without their codes, which only those know who were given them.',
  })
  @ApiOkResponse({ type: InvitationListDto })
  async list(@Query() query: PageQuery): Promise<InvitationListDto> {
    const [before] = decodeCursor(query.cursor, ['uuid']) ?? [];
    const limit = limitOf(query);
    const found = await this.invitations.list({ before, limit: limit + 1 });
    const { items, nextCursor } = pageOf(found, limit, ({ id }) => [id]);
    return { items: items.map(toInvitationDto), nextCursor };
  }

  @Post()
  @Refuses('conflict')
  @ApiOperation({
    operationId: 'adminMakeInvitation',
    summary: 'Invite somebody to register',
    description:
      'The answer has the code, once. It is needed where the mode of registration is `invite`. `conflict` when there are as ' +
      `many invitations as there may be. ${ACTS_RULE}`,
  })
  @ApiCreatedResponse({ type: NewInvitationDto })
  async make(@CurrentCaller() admin: Caller, @Body() body: MakeInvitationDto): Promise<NewInvitationDto> {
    return toNewInvitationDto(await this.invitations.make(admin, toNewInvitation(body)));
  }

  @Delete(':id')
  @HttpCode(204)
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'adminRevokeInvitation',
    summary: 'Let nobody register by an invitation any more',
    description: `Whoever has registered by it stays. ${ACTS_RULE}`,
  })
  @ApiNoContentResponse()
  async revoke(@CurrentCaller() admin: Caller, @Param() { id }: InvitationParams): Promise<void> {
    await this.invitations.revoke(admin, id);
  }
}

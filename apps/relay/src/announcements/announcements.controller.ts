import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ACTS_RULE } from '../admin/index.js';
import { AdminOnly, Authenticated, type Caller, CurrentCaller } from '../platform/http/caller.js';
import { Refuses } from '../platform/http/refuses.js';
import {
  AnnounceDto,
  AnnouncementDto,
  AnnouncementListDto,
  AnnouncementParams,
  toAnnouncementDto,
  toNewAnnouncement,
} from './announcements.dto.js';
import { AnnouncementsService } from './announcements.service.js';

@ApiTags('announcements')
@Controller('announcements')
@Authenticated()
export class AnnouncementsController {
  constructor(private readonly announcements: AnnouncementsService) {}

  @Get()
  @ApiOperation({
    operationId: 'listAnnouncements',
    summary: 'What the admins of the relay tell everybody',
    description:
      'Everybody connected hears `announcements` when there are others. It is not encrypted, and from whoever runs the relay: clients show it as that, and never as a message of somebody.',
  })
  @ApiOkResponse({ type: AnnouncementListDto })
  async list(): Promise<AnnouncementListDto> {
    return { items: (await this.announcements.list()).map(toAnnouncementDto) };
  }
}

@ApiTags('admin')
@Controller('admin/announcements')
@AdminOnly()
export class AdminAnnouncementsController {
  constructor(private readonly announcements: AnnouncementsService) {}

  @Post()
  @Refuses('conflict')
  @ApiOperation({
    operationId: 'adminAnnounce',
    summary: 'Tell everybody something',
    description:
      'Everybody connected hears of it within seconds. `conflict` when there are as many as there may be. ' + ACTS_RULE,
  })
  @ApiCreatedResponse({ type: AnnouncementDto })
  async announce(@CurrentCaller() admin: Caller, @Body() body: AnnounceDto): Promise<AnnouncementDto> {
    return toAnnouncementDto(await this.announcements.announce(admin, toNewAnnouncement(body)));
  }

  @Delete(':id')
  @HttpCode(204)
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'adminWithdrawAnnouncement',
    summary: 'Tell it no longer',
    description: `\`not_found\` also for one that has expired. Whoever has read it has read it. ${ACTS_RULE}`,
  })
  @ApiNoContentResponse()
  async withdraw(@CurrentCaller() admin: Caller, @Param() { id }: AnnouncementParams): Promise<void> {
    await this.announcements.withdraw(admin, id);
  }
}

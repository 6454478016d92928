import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ACTS_RULE } from '../admin/index.js';
import { AdminOnly, type Caller, CurrentCaller } from '../platform/http/caller.js';
import { ServerSettingsDto, SetMaximumRetentionDto, SetRegistrationDto, toServerSettingsDto } from './settings.dto.js';
import { SettingsService } from './settings.service.js';

@ApiTags('admin')
@Controller('admin/settings')
@AdminOnly()
export class SettingsController {
  constructor(private readonly settings: SettingsService) {}

  @Get()
  @ApiOperation({
    operationId: 'adminGetSettings',
    summary: 'What admins change while the relay runs',
    description: 'For admins. What nobody has changed yet is as its environment says.',
  })
  @ApiOkResponse({ type: ServerSettingsDto })
  async get(): Promise<ServerSettingsDto> {
    return toServerSettingsDto(await this.settings.read());
  }

  @Put('registration')
  @ApiOperation({
    operationId: 'adminSetRegistration',
    summary: 'Say who may make an account',
    description:
      'From now on, and also after a restart: the setting of the environment is what it was at the beginning. Accounts that there are ' +
      `stay. ${ACTS_RULE}`,
  })
  @ApiOkResponse({ type: ServerSettingsDto })
  async setRegistration(@CurrentCaller() admin: Caller, @Body() body: SetRegistrationDto): Promise<ServerSettingsDto> {
    return toServerSettingsDto(await this.settings.setRegistration(admin, body.registration));
  }

  @Put('retention')
  @ApiOperation({
    operationId: 'adminSetRetention',
    summary: 'Say how long anything is kept at most',
    description:
      'Whatever its sender or its conversation says. What is older is erased within minutes, in all conversations, and does not ' +
      `come back. ${ACTS_RULE}`,
  })
  @ApiOkResponse({ type: ServerSettingsDto })
  async setRetention(@CurrentCaller() admin: Caller, @Body() body: SetMaximumRetentionDto): Promise<ServerSettingsDto> {
    return toServerSettingsDto(await this.settings.setRetention(admin, body.maxDays));
  }
}

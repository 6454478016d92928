import { Body, Controller, Delete, Get, HttpCode, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '../platform/clock/clock.js';
import { Authenticated, type Caller, CurrentCaller } from '../platform/http/caller.js';
import { Refuses } from '../platform/http/refuses.js';
import {
  MutePushDto,
  PushRegistrationDto,
  RegisterPushDto,
  toMutedUntil,
  toPushRegistrationDto,
  toTarget,
} from './push.dto.js';
import { PushService } from './push.service.js';
import type { PushRegistration } from './push-registration.js';

@ApiTags('push')
@Controller('push')
@Authenticated()
export class PushController {
  constructor(
    private readonly push: PushService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'getPush',
    summary: 'How this device is woken',
    description: '`not_found` if it is not. Where it is woken is told to nobody, not even to itself.',
  })
  @ApiOkResponse({ type: PushRegistrationDto })
  async status(@CurrentCaller() caller: Caller): Promise<PushRegistrationDto> {
    return this.toDto(await this.push.status(caller));
  }

  @Put()
  @Refuses('push_unsupported')
  @ApiOperation({
    operationId: 'registerPush',
    summary: 'Have this device woken when it is not connected',
    description:
      'In place of what was registered before; whether it is muted stays. It ends with the session, so a client says it ' +
      'again at every start. A wake-up carries the same bytes whatever it is about (docs/push.md).',
  })
  @ApiOkResponse({ type: PushRegistrationDto })
  async register(@CurrentCaller() caller: Caller, @Body() body: RegisterPushDto): Promise<PushRegistrationDto> {
    return this.toDto(await this.push.register(caller, toTarget(body)));
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({
    operationId: 'unregisterPush',
    summary: 'Have this device woken no longer',
    description: 'May be repeated.',
  })
  @ApiNoContentResponse()
  async unregister(@CurrentCaller() caller: Caller): Promise<void> {
    await this.push.unregister(caller);
  }

  @Put('mute')
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'mutePush',
    summary: 'Do not wake this device, for a while or for good',
    description:
      'Conversations are muted by the client alone: the relay need not know which. `not_found` if the device is not woken.',
  })
  @ApiOkResponse({ type: PushRegistrationDto })
  async mute(@CurrentCaller() caller: Caller, @Body() body: MutePushDto): Promise<PushRegistrationDto> {
    return this.toDto(await this.push.mute(caller, toMutedUntil(body)));
  }

  @Delete('mute')
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'unmutePush',
    summary: 'Wake this device again',
    description: 'What came while it was muted wakes nobody.',
  })
  @ApiOkResponse({ type: PushRegistrationDto })
  async unmute(@CurrentCaller() caller: Caller): Promise<PushRegistrationDto> {
    return this.toDto(await this.push.mute(caller, null));
  }

  private toDto(registration: PushRegistration): PushRegistrationDto {
    return toPushRegistrationDto(registration, this.clock.now());
  }
}

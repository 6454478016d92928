import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CheckpointsService } from '../audit/index.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Anonymous } from '../platform/http/caller.js';
import { Quotas } from '../platform/limits/quotas.js';
import { PushSenders } from '../push/index.js';
import { RunningSettings } from '../settings/index.js';
import { ServerDto, toServerDto } from './server.dto.js';

@ApiTags('server')
@Controller('server')
@Anonymous()
export class ServerController {
  constructor(
    private readonly quotas: Quotas,
    @Inject(CONFIG) private readonly config: Config,
    private readonly checkpoints: CheckpointsService,
    private readonly settings: RunningSettings,
    private readonly push: PushSenders,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'getServer',
    summary: 'What a client needs to know before it signs in',
    description:
      'The versions of the protocol, how much of a thing the relay takes, the key of its audit log, who may register, and how it wakes devices. Also while the database is down.',
  })
  @ApiOkResponse({ type: ServerDto })
  get(): ServerDto {
    return toServerDto({
      quotas: this.quotas,
      config: this.config,
      auditKey: this.checkpoints.publicKey,
      registration: this.settings.current.registration,
      push: this.push.offers,
    });
  }
}

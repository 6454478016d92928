import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Anonymous } from '../platform/http/caller.js';
import { Quotas } from '../platform/limits/quotas.js';
import { ServerDto, toServerDto } from './server.dto.js';

@ApiTags('server')
@Controller('server')
@Anonymous()
export class ServerController {
  constructor(
    private readonly quotas: Quotas,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'getServer',
    summary: 'What a client needs to know before it signs in',
    description:
      'The versions of the protocol, and how much of a thing the relay takes. Also while the database is down.',
  })
  @ApiOkResponse({ type: ServerDto })
  get(): ServerDto {
    return toServerDto(this.quotas, this.config);
  }
}

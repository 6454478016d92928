import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HealthCheck, HealthCheckService } from '@nestjs/terminus';
import { Anonymous } from '../platform/http/caller.js';
import { DatabaseHealth } from './database.health.js';
import { HealthDto } from './health.dto.js';

@ApiTags('health')
@Controller('health')
@Anonymous()
export class HealthController {
  constructor(
    private readonly checks: HealthCheckService,
    private readonly database: DatabaseHealth,
  ) {}

  @Get('live')
  @ApiOperation({
    operationId: 'healthLive',
    summary: 'Whether the process runs',
    description: 'Also while the database is down: restarting the relay would not bring that back.',
  })
  @ApiOkResponse({ type: HealthDto })
  live(): HealthDto {
    return { status: 'ok' };
  }

  /** Everyone may ask, so it says no more than yes or no. */
  @Get('ready')
  // No reply is to be kept by a cache, and every one says so already, in the same words.
  @HealthCheck({ noCache: false, swaggerDocumentation: false })
  @ApiOperation({
    operationId: 'healthReady',
    summary: 'Whether requests can be served',
    description: 'The database is reachable and its schema up to date. If not, `unavailable`.',
  })
  @ApiOkResponse({ type: HealthDto })
  async ready(): Promise<HealthDto> {
    await this.checks.check([() => this.database.isReachable(), () => this.database.isMigrated()]);
    return { status: 'ok' };
  }
}

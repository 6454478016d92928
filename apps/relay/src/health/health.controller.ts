import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { HealthCheck, type HealthCheckResult, HealthCheckService } from '@nestjs/terminus';
import { Anonymous } from '../platform/http/caller.js';
import { DatabaseHealth } from './database.health.js';

@ApiTags('health')
@Controller('health')
@Anonymous()
export class HealthController {
  constructor(
    private readonly checks: HealthCheckService,
    private readonly database: DatabaseHealth,
  ) {}

  @Get('live')
  @ApiOperation({ operationId: 'healthLive', summary: 'Whether the process runs' })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @HealthCheck({ noCache: true, swaggerDocumentation: false })
  @ApiOperation({ operationId: 'healthReady', summary: 'Whether requests can be served: database reachable, schema up to date' })
  ready(): Promise<HealthCheckResult> {
    return this.checks.check([() => this.database.isReachable(), () => this.database.isMigrated()]);
  }
}

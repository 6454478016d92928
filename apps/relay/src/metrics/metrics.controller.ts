import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ScrapersOnly } from '../platform/http/caller.js';
import { EXPOSITION_TYPE } from '../platform/metrics/exposition.js';
import { Metrics } from '../platform/metrics/metrics.js';

@ApiTags('health')
@Controller('metrics')
@ScrapersOnly()
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Header('content-type', EXPOSITION_TYPE)
  @ApiOperation({
    operationId: 'getMetrics',
    summary: 'What this process has counted, for Prometheus',
    description:
      'In the text format of Prometheus. For who shows the token that the operator has set as `METRICS_TOKEN`; without one, for ' +
      'nobody. There is no label that tells a person, a device, an address or a conversation from another (docs/monitoring.md).',
  })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  read(): Promise<string> {
    return this.metrics.expose();
  }
}

import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../platform/http/caller.js';
import { StatisticsDto, toStatisticsDto } from './statistics.dto.js';
import { StatisticsService } from './statistics.service.js';

@ApiTags('admin')
@Controller('admin/statistics')
@AdminOnly()
export class StatisticsController {
  constructor(private readonly statistics: StatisticsService) {}

  @Get()
  @ApiOperation({
    operationId: 'adminGetStatistics',
    summary: 'How much there is of everything',
    description:
      'For admins. Numbers of the whole relay, none of which is about somebody. Counted once a minute at the most.',
  })
  @ApiOkResponse({ type: StatisticsDto })
  async get(): Promise<StatisticsDto> {
    return toStatisticsDto(await this.statistics.read());
  }
}

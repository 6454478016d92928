import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ReportId } from '#protocol';
import { CONFIG, type Config } from '../platform/config/config.js';
import {
  Authenticated,
  type Caller,
  CurrentAsker,
  CurrentCaller,
  type LocatedCaller,
} from '../platform/http/caller.js';
import { decodeCursor, limitOf, pageOf, PageQuery } from '../platform/http/page.js';
import { Refuses } from '../platform/http/refuses.js';
import { FileReportDto, ReportDto, ReportListDto, toNewReport, toReportDto } from './reports.dto.js';
import { ReportsService } from './reports.service.js';

@ApiTags('reports')
@Controller('reports')
@Authenticated()
export class ReportsController {
  constructor(
    private readonly reports: ReportsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @HttpCode(201)
  @Refuses('not_found', 'invalid_report', 'id_reused')
  @ApiOperation({
    operationId: 'fileReport',
    summary: 'Report somebody to the operator of this relay',
    description:
      'Messages that are attached are opened for the operator to read: it is the only content in the clear that the relay ever has. ' +
      'It checks each against what its sender has committed to (docs/reports.md), and refuses with `invalid_report` what was not said, or ' +
      'not by who is reported. `not_found` alike for nobody of that name, a conversation that not both were in, and a message that ' +
      'could not be seen. Who is reported is told nothing. Strangers count on the budget for looking people up.',
  })
  @ApiCreatedResponse({ type: ReportDto })
  async file(@CurrentAsker() asker: LocatedCaller, @Body() body: FileReportDto): Promise<ReportDto> {
    return toReportDto(await this.reports.file(asker, toNewReport(body)), this.config.REPORT_RETENTION_DAYS);
  }

  @Get()
  @ApiOperation({
    operationId: 'listReports',
    summary: 'What I reported, newest first',
    description: 'And whether the operator has dealt with it. What was written or shown in a report is not told again.',
  })
  @ApiOkResponse({ type: ReportListDto })
  async list(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<ReportListDto> {
    const cursor = decodeCursor(query.cursor, ['time', 'uuid']);
    const before = cursor && { at: new Date(cursor[0]), id: cursor[1] as ReportId };
    const limit = limitOf(query);
    const found = await this.reports.list(caller, before, limit + 1);
    const { items, nextCursor } = pageOf(found, limit, ({ filedAt, id }) => [filedAt.getTime(), id]);
    return { items: items.map((report) => toReportDto(report, this.config.REPORT_RETENTION_DAYS)), nextCursor };
  }
}

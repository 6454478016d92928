import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated, type Caller, CurrentCaller } from '../platform/http/caller.js';
import { decodeCursor, limitOf, pageOf, PageQuery } from '../platform/http/page.js';
import { AuditCheckpointListDto, AuditEventListDto, toAuditCheckpointDto, toAuditEventDto } from './audit.dto.js';
import type { AuditRecord } from './audit-event.js';
import { AuditService } from './audit.service.js';
import { CheckpointsService } from './checkpoints.service.js';

const NDJSON = 'application/x-ndjson';

@ApiTags('audit')
@Controller('audit')
@Authenticated()
export class AuditController {
  constructor(
    private readonly audit: AuditService,
    private readonly checkpoints: CheckpointsService,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listSecurityEvents',
    summary: 'What concerned the security of my account, newest first',
    description:
      'Sign-ins and failed ones, changes of the password, of keys, devices and sessions. Nobody can change a record or take ' +
      'one away unnoticed (docs/audit.md). There is no address in it, no name, and no content.',
  })
  @ApiOkResponse({ type: AuditEventListDto })
  async list(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<AuditEventListDto> {
    const [before] = decodeCursor(query.cursor, ['seq']) ?? [];
    const limit = limitOf(query);
    const found = await this.audit.list(caller, { before, limit: limit + 1 });
    const { items, nextCursor } = pageOf(found, limit, ({ seq }) => [seq]);
    return { items: items.map(toAuditEventDto), nextCursor };
  }

  @Get('export')
  @ApiOperation({
    operationId: 'exportSecurityEvents',
    summary: 'All security events of my account, oldest first, a line each',
    description: 'Each line is an object as `listSecurityEvents` has them, in JSON, and ends with a line feed.',
  })
  @ApiOkResponse({ content: { [NDJSON]: { schema: { type: 'string' } } } })
  async export(@CurrentCaller() caller: Caller): Promise<StreamableFile> {
    const records = await this.audit.export(caller);
    return new StreamableFile(Readable.from(linesOf(records)), { type: NDJSON });
  }

  @Get('checkpoints')
  @ApiOperation({
    operationId: 'listAuditCheckpoints',
    summary: 'What the audit log of this relay was, day by day, signed; newest first',
    description:
      'Whoever keeps one can show later whether what was in the log then has been rewritten since. The key that signs them ' +
      'is in `GET /v1/server`.',
  })
  @ApiOkResponse({ type: AuditCheckpointListDto })
  async listCheckpoints(@Query() query: PageQuery): Promise<AuditCheckpointListDto> {
    const [before] = decodeCursor(query.cursor, ['version']) ?? [];
    const limit = limitOf(query);
    const found = await this.checkpoints.list({ before, limit: limit + 1 });
    const { items, nextCursor } = pageOf(found, limit, ({ number }) => [number]);
    return { items: items.map(toAuditCheckpointDto), nextCursor };
  }
}

async function* linesOf(records: AsyncIterable<AuditRecord>): AsyncGenerator<string> {
  for await (const record of records) yield `${JSON.stringify(toAuditEventDto(record))}\n`;
}

import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../platform/http/caller.js';
import { decodeCursor, limitOf, pageOf } from '../platform/http/page.js';
import { AdminAuditEventListDto, AuditSearchQuery, toAdminAuditEventDto } from './admin-audit.dto.js';
import { AuditService } from './audit.service.js';

@ApiTags('admin')
@Controller('admin/audit')
@AdminOnly()
export class AdminAuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  @ApiOperation({
    operationId: 'adminListSecurityEvents',
    summary: 'What concerned the security of all accounts, newest first',
    description:
      'For admins. Without the ids of devices and sessions, so that nobody can be followed by them: the operator’s export has ' +
      'all that the hashes are over (docs/audit.md).',
  })
  @ApiOkResponse({ type: AdminAuditEventListDto })
  async list(@Query() query: AuditSearchQuery): Promise<AdminAuditEventListDto> {
    const [before] = decodeCursor(query.cursor, ['seq']) ?? [];
    const limit = limitOf(query);
    const found = await this.audit.listAll({ username: query.username, before, limit: limit + 1 });
    const { items, nextCursor } = pageOf(found, limit, ({ seq }) => [seq]);
    return { items: items.map(toAdminAuditEventDto), nextCursor };
  }
}

import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Authenticated, type Caller, CurrentCaller } from '../platform/http/caller.js';
import { decodeCursor, limitOf, pageOf, PageQuery } from '../platform/http/page.js';
import { Refuses } from '../platform/http/refuses.js';
import { CurrentPrecondition, type Precondition, tagOf, versionToDelete, versionToReplace } from './precondition.js';
import {
  PutVaultItemDto,
  toVaultEntryDto,
  toVaultItemDto,
  toVaultVersionDto,
  VaultItemDto,
  VaultListDto,
  VaultParams,
  VaultVersionDto,
} from './vault.dto.js';
import { VaultService } from './vault.service.js';

const TAG_PATTERN = '^"[1-9][0-9]{0,14}"$';
const ETAG = {
  ETag: { description: 'The version, in quotes.', required: true, schema: { type: 'string', pattern: TAG_PATTERN } },
} as const;
const IF_MATCH = {
  name: 'If-Match',
  required: false,
  description: 'The version to replace, in quotes.',
  schema: { type: 'string', pattern: TAG_PATTERN },
};
const IF_NONE_MATCH = {
  name: 'If-None-Match',
  required: false,
  description: 'For a name that was never used, in place of If-Match.',
  schema: { type: 'string', enum: ['*'] },
};

@ApiTags('vault')
@Controller('vault')
@Authenticated()
export class VaultController {
  constructor(private readonly vault: VaultService) {}

  @Get()
  @ApiOperation({
    operationId: 'listVault',
    summary: 'What is in my vault',
    description: 'Names, versions and sizes, by name. Every device hears of changes by `account:changed`.',
  })
  @ApiOkResponse({ type: VaultListDto })
  async list(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<VaultListDto> {
    const [after = ''] = decodeCursor(query.cursor, ['vaultName']) ?? [];
    const limit = limitOf(query);
    const found = await this.vault.list(caller, { after, limit: limit + 1 });
    const { items, nextCursor } = pageOf(found, limit, ({ name }) => [name]);
    return { items: items.map(toVaultEntryDto), nextCursor };
  }

  @Get(':name')
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'getVaultItem',
    summary: 'A blob of my vault',
    description: '`not_found` alike for a name that was never used and for a deleted blob.',
  })
  @ApiOkResponse({ type: VaultItemDto, headers: ETAG })
  async find(
    @CurrentCaller() caller: Caller,
    @Param() { name }: VaultParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VaultItemDto> {
    const item = await this.vault.find(caller, name);
    void reply.header('etag', tagOf(item.version));
    return toVaultItemDto(item);
  }

  @Put(':name')
  @Refuses('precondition_failed', 'precondition_required', 'vault_full', 'forbidden')
  @ApiOperation({
    operationId: 'putVaultItem',
    summary: 'Put a blob into my vault',
    description:
      'With the version it replaces in `If-Match`, or `If-None-Match: *` for a name that was never used; ' +
      '`precondition_failed` names the current one in `currentVersion`, also of a deleted blob. The same again, after a ' +
      'lost reply, is answered as the first. `root` may only be made here, and `root.recovery` not at all (`forbidden`): ' +
      'they change with the secret that opens them.',
  })
  @ApiHeader(IF_MATCH)
  @ApiHeader(IF_NONE_MATCH)
  @ApiOkResponse({ type: VaultVersionDto, headers: ETAG })
  async put(
    @CurrentCaller() caller: Caller,
    @Param() { name }: VaultParams,
    @CurrentPrecondition() precondition: Precondition,
    @Body() { body }: PutVaultItemDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VaultVersionDto> {
    const content = { body: Buffer.from(body, 'base64url'), replaces: versionToReplace(precondition) };
    const written = await this.vault.put(caller, name, content);
    void reply.header('etag', tagOf(written.version));
    return toVaultVersionDto(written);
  }

  @Delete(':name')
  @HttpCode(204)
  @Refuses('precondition_failed', 'precondition_required', 'forbidden')
  @ApiOperation({
    operationId: 'deleteVaultItem',
    summary: 'Delete a blob of my vault',
    description:
      'With its version in `If-Match`. Deleting counts as a version: putting the name again replaces the one after it. ' +
      '`root` and `root.recovery` are not deleted here (`forbidden`).',
  })
  @ApiHeader(IF_MATCH)
  @ApiNoContentResponse()
  async remove(
    @CurrentCaller() caller: Caller,
    @Param() { name }: VaultParams,
    @CurrentPrecondition() precondition: Precondition,
  ): Promise<void> {
    await this.vault.remove(caller, name, versionToDelete(precondition));
  }
}

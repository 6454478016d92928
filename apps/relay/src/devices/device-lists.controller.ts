import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated, type Caller, CurrentCaller } from '../platform/http/caller.js';
import { Refuses } from '../platform/http/refuses.js';
import { PutDeviceListDto, SignedDeviceListDto, toDeviceListDraft, toSignedDeviceListDto } from './device-lists.dto.js';
import { DeviceListsService } from './device-lists.service.js';

@ApiTags('devices')
@Controller('devices/list')
@Authenticated()
export class DeviceListsController {
  constructor(private readonly lists: DeviceListsService) {}

  @Get()
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'getMyDeviceList',
    summary: 'My signed list of devices',
    description: 'The current one, to the byte as it was uploaded. `not_found` before the first.',
  })
  @ApiOkResponse({ type: SignedDeviceListDto })
  async own(@CurrentCaller() caller: Caller): Promise<SignedDeviceListDto> {
    return toSignedDeviceListDto(await this.lists.own(caller));
  }

  @Put()
  @Refuses('stale_version', 'invalid_signature')
  @ApiOperation({
    operationId: 'putDeviceList',
    summary: 'Replace my signed list of devices',
    description:
      'By the next version, signed by the current identity key. It follows on the current list by its hash, and names live ' +
      'devices of mine only (`invalid_request`). `stale_version` when another list or key is current: read both, and sign ' +
      'again. The current list again changes nothing. Everyone who knows the account is told.',
  })
  @ApiOkResponse({ type: SignedDeviceListDto })
  async put(@CurrentCaller() caller: Caller, @Body() body: PutDeviceListDto): Promise<SignedDeviceListDto> {
    return toSignedDeviceListDto(await this.lists.replace(caller, toDeviceListDraft(body)));
  }
}

import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated, type Caller, ClientAddress, CurrentCaller } from '../platform/http/caller.js';
import { UsernameParams } from '../platform/http/params.js';
import { Refuses } from '../platform/http/refuses.js';
import {
  DeviceDto,
  DeviceListDto,
  DeviceNameDto,
  DeviceParams,
  PeerDeviceListDto,
  PeerDevicesQuery,
  toDeviceDto,
  toPeerDeviceListDto,
} from './devices.dto.js';
import { DevicesService } from './devices.service.js';

@ApiTags('devices')
@Controller()
@Authenticated()
export class DevicesController {
  constructor(private readonly devices: DevicesService) {}

  @Get('devices')
  @ApiOperation({
    operationId: 'listMyDevices',
    summary: 'My devices',
    description: 'The live ones, all at once: there are few.',
  })
  @ApiOkResponse({ type: DeviceListDto })
  async own(@CurrentCaller() caller: Caller): Promise<DeviceListDto> {
    const devices = await this.devices.own(caller);
    return { items: devices.map((device) => toDeviceDto(device, caller.deviceId)), nextCursor: null };
  }

  @Post('devices')
  @Refuses('device_limit_reached')
  @ApiOperation({
    operationId: 'addDevice',
    summary: 'Register a further device',
    description: 'It gets a session by signing in with its `deviceId`.',
  })
  @ApiCreatedResponse({ type: DeviceDto })
  async add(@CurrentCaller() caller: Caller, @Body() body: DeviceNameDto): Promise<DeviceDto> {
    return toDeviceDto(await this.devices.add(caller, body.name), caller.deviceId);
  }

  @Patch('devices/:id')
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'renameDevice',
    summary: 'Rename a device of mine',
    description: '`not_found` alike for no such device, a revoked one and somebody else’s.',
  })
  @ApiOkResponse({ type: DeviceDto })
  async rename(
    @CurrentCaller() caller: Caller,
    @Param() { id }: DeviceParams,
    @Body() body: DeviceNameDto,
  ): Promise<DeviceDto> {
    return toDeviceDto(await this.devices.rename(caller, id, body.name), caller.deviceId);
  }

  @Delete('devices/:id')
  @HttpCode(204)
  @Refuses('not_found', 'mfa_required')
  @ApiOperation({
    operationId: 'revokeDevice',
    summary: 'Revoke a device of mine',
    description:
      'Its sessions end with it and its sockets are closed within a second; it can never sign in again. `not_found` alike ' +
      'for no such device, a revoked one and somebody else’s.',
  })
  @ApiNoContentResponse()
  async revoke(@CurrentCaller() caller: Caller, @Param() { id }: DeviceParams): Promise<void> {
    await this.devices.revoke(caller, id);
  }

  @Get('users/:username/devices')
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'listDevices',
    summary: "Somebody's devices",
    description:
      'Without their names, and with the signed list that says which of them are the account’s. Whoever knows an older one ' +
      'asks for those in between with `listsAfter`: a device that came and went meanwhile stands in them. Strangers count ' +
      'on the budget for looking people up.',
  })
  @ApiOkResponse({ type: PeerDeviceListDto })
  async of(
    @CurrentCaller() caller: Caller,
    @ClientAddress() address: string,
    @Param() { username }: UsernameParams,
    @Query() { listsAfter }: PeerDevicesQuery,
  ): Promise<PeerDeviceListDto> {
    return toPeerDeviceListDto(await this.devices.of({ caller, address }, username, listsAfter));
  }
}

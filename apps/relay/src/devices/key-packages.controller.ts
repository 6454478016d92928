import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Authenticated,
  type Caller,
  CurrentAsker,
  CurrentCaller,
  type LocatedCaller,
} from '../platform/http/caller.js';
import { UsernameParams } from '../platform/http/params.js';
import { Refuses } from '../platform/http/refuses.js';
import {
  ClaimDto,
  ClaimKeyPackagesDto,
  KeyPackageCountsDto,
  toClaimDto,
  toClaimRequest,
  toKeyPackageCountsDto,
  toKeyPackageDrafts,
  UploadKeyPackagesDto,
} from './key-packages.dto.js';
import { KeyPackagesService } from './key-packages.service.js';

@ApiTags('devices')
@Controller()
@Authenticated()
export class KeyPackagesController {
  constructor(private readonly keyPackages: KeyPackagesService) {}

  @Post('devices/me/key-packages')
  @HttpCode(200)
  @Refuses('device_not_listed', 'account_quota_exceeded')
  @ApiOperation({
    operationId: 'uploadKeyPackages',
    summary: 'Upload key packages of this device',
    description:
      'All of them or none. Each is of this device, lives for 90 days at most, and is signed with the key that the ' +
      'current list of devices gives for it (`device_not_listed`). One that is here already, or was handed out, changes ' +
      'nothing, so a retry is safe. Answers what is there now.',
  })
  @ApiOkResponse({ type: KeyPackageCountsDto })
  async upload(@CurrentCaller() caller: Caller, @Body() body: UploadKeyPackagesDto): Promise<KeyPackageCountsDto> {
    return toKeyPackageCountsDto(await this.keyPackages.upload(caller, toKeyPackageDrafts(body)));
  }

  @Get('devices/me/key-packages/count')
  @ApiOperation({
    operationId: 'countKeyPackages',
    summary: 'How many key packages of this device wait',
    description: 'Of each suite, without those that have expired.',
  })
  @ApiOkResponse({ type: KeyPackageCountsDto })
  async count(@CurrentCaller() caller: Caller): Promise<KeyPackageCountsDto> {
    return toKeyPackageCountsDto(await this.keyPackages.stock(caller));
  }

  @Post('users/:username/key-packages/claim')
  @HttpCode(200)
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'claimKeyPackages',
    summary: "Take one key package of each of somebody's devices",
    description:
      'Also of my own other devices. Each is handed out once; when none is left, or after more than six claims by me of ' +
      'the same person (one more every ten minutes), it is the last resort. Nothing is handed out under a list of devices ' +
      'whose identity key was reset since. Strangers count on the budget for looking people up.',
  })
  @ApiOkResponse({ type: ClaimDto })
  async claim(
    @CurrentAsker() asker: LocatedCaller,
    @Param() { username }: UsernameParams,
    @Body() body: ClaimKeyPackagesDto,
  ): Promise<ClaimDto> {
    return toClaimDto(await this.keyPackages.claim(asker, username, toClaimRequest(body)));
  }
}

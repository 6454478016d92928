import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ACTS_RULE } from '../admin/index.js';
import { AdminOnly, type Caller, CurrentCaller } from '../platform/http/caller.js';
import { UsernameParams } from '../platform/http/params.js';
import { Refuses } from '../platform/http/refuses.js';
import {
  AllowanceDto,
  SetLimitsDto,
  SetQuotasDto,
  toAllowanceDto,
  toOwnLimits,
  toQuotaAllowance,
} from './allowances.dto.js';
import { AllowancesService } from './allowances.service.js';

@ApiTags('admin')
@Controller('admin/users/:username')
@AdminOnly()
export class AllowancesController {
  constructor(private readonly allowances: AllowancesService) {}

  @Get('allowance')
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'adminGetAllowance',
    summary: 'What an account may otherwise than all',
    description: 'For admins. What it has used is not told.',
  })
  @ApiOkResponse({ type: AllowanceDto })
  async get(@Param() { username }: UsernameParams): Promise<AllowanceDto> {
    return toAllowanceDto(await this.allowances.find(username));
  }

  @Put('quotas')
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'adminSetQuotas',
    summary: 'Let an account keep more files, or fewer',
    description: `What it has already stays. ${ACTS_RULE}`,
  })
  @ApiOkResponse({ type: AllowanceDto })
  async setQuotas(
    @CurrentCaller() caller: Caller,
    @Param() { username }: UsernameParams,
    @Body() body: SetQuotasDto,
  ): Promise<AllowanceDto> {
    return toAllowanceDto(await this.allowances.setQuotas(caller, username, toQuotaAllowance(body)));
  }

  @Put('limits')
  @Refuses('not_found', 'conflict')
  @ApiOperation({
    operationId: 'adminSetLimits',
    summary: 'Let an account do more in a time, or less',
    description:
      'Of what counts by account or device: not of what keeps secrets from being guessed, nor of looking up strangers. Through ' +
      `other relays of the same database, and for new devices, it counts within seconds. \`conflict\` when as many accounts have limits of their own as may. ${ACTS_RULE}`,
  })
  @ApiOkResponse({ type: AllowanceDto })
  async setLimits(
    @CurrentCaller() caller: Caller,
    @Param() { username }: UsernameParams,
    @Body() body: SetLimitsDto,
  ): Promise<AllowanceDto> {
    return toAllowanceDto(await this.allowances.setLimits(caller, username, toOwnLimits(body)));
  }

  @Delete('limits')
  @HttpCode(204)
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'adminLiftLimits',
    summary: 'Give an account the limits of all',
    description: `May be repeated. ${ACTS_RULE}`,
  })
  @ApiNoContentResponse()
  async liftLimits(@CurrentCaller() caller: Caller, @Param() { username }: UsernameParams): Promise<void> {
    await this.allowances.liftLimits(caller, username);
  }
}

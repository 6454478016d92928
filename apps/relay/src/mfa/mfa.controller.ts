import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated, type Caller, CurrentCaller } from '../platform/http/caller.js';
import { bytesOf } from '../platform/http/fields.js';
import { Refuses } from '../platform/http/refuses.js';
import { FactorsService } from './factors.service.js';
import {
  AddedFactorDto,
  BeginTotpDto,
  BegunTotpDto,
  ConfirmMfaDto,
  FactorParams,
  MfaStateDto,
  RecoveryCodesDto,
  toAddedFactorDto,
  toBegunTotpDto,
  TotpCodeDto,
  toMfaStateDto,
  TrustedDeviceParams,
} from './mfa.dto.js';
import { AddPasskeyDto, PasskeyCreationDto, toAttestation, toPasskeyCreationDto } from './passkey.dto.js';
import { MfaAnswerDto, toAnswer } from './proof.dto.js';
import { StepUp } from './step-up.service.js';

const ASKS_AGAIN =
  'Takes the current secret, and a second factor shown in this session within the last five minutes (`mfa_required`) if there is one.';

@ApiTags('mfa')
@Controller('auth/mfa')
@Authenticated()
export class MfaController {
  constructor(
    private readonly factors: FactorsService,
    private readonly stepUp: StepUp,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'getMfa',
    summary: 'My second factors',
    description: 'With how many recovery codes are left, and the devices that are not asked.',
  })
  @ApiOkResponse({ type: MfaStateDto })
  async state(@CurrentCaller() caller: Caller): Promise<MfaStateDto> {
    return toMfaStateDto(await this.factors.state(caller));
  }

  @Post('totp')
  @Refuses('invalid_credentials', 'mfa_required')
  @ApiOperation({
    operationId: 'beginTotp',
    summary: 'Begin to add an authenticator app',
    description: `It counts once \`confirmTotp\` has had a code of it, within 15 minutes. Another that was begun is dropped. ${ASKS_AGAIN}`,
  })
  @ApiCreatedResponse({ type: BegunTotpDto })
  async beginTotp(@CurrentCaller() caller: Caller, @Body() { authKey, name }: BeginTotpDto): Promise<BegunTotpDto> {
    return toBegunTotpDto(await this.factors.beginTotp(caller, bytesOf(authKey), name));
  }

  @Post('totp/:id/confirm')
  @HttpCode(200)
  @Refuses('not_found', 'invalid_mfa_code', 'factor_limit_reached')
  @ApiOperation({
    operationId: 'confirmTotp',
    summary: 'Add an authenticator app, by a code of it',
    description:
      'From now on signing in takes a second factor. The first factor of an account brings its recovery codes. `not_found` ' +
      'alike for none that was begun, one that took too long and somebody else’s.',
  })
  @ApiOkResponse({ type: AddedFactorDto })
  async confirmTotp(
    @CurrentCaller() caller: Caller,
    @Param() { id }: FactorParams,
    @Body() { code }: TotpCodeDto,
  ): Promise<AddedFactorDto> {
    return toAddedFactorDto(await this.factors.confirmTotp(caller, id, code));
  }

  @Post('passkeys/options')
  @HttpCode(200)
  @Refuses('invalid_credentials', 'mfa_required')
  @ApiOperation({
    operationId: 'beginPasskey',
    summary: 'Begin to add a passkey',
    description: `Answers what \`navigator.credentials.create\` takes. ${ASKS_AGAIN}`,
  })
  @ApiOkResponse({ type: PasskeyCreationDto })
  async beginPasskey(@CurrentCaller() caller: Caller, @Body() { authKey }: ConfirmMfaDto): Promise<PasskeyCreationDto> {
    return toPasskeyCreationDto(await this.factors.beginPasskey(caller, bytesOf(authKey)));
  }

  @Post('passkeys')
  @Refuses('invalid_mfa_challenge', 'invalid_mfa_code', 'factor_limit_reached', 'conflict')
  @ApiOperation({
    operationId: 'addPasskey',
    summary: 'Add a passkey that was made',
    description:
      'It is a second factor from now on, and signs in by itself where the authenticator knows its user. The first factor of ' +
      'an account brings its recovery codes. `conflict` for a passkey that is registered already.',
  })
  @ApiCreatedResponse({ type: AddedFactorDto })
  async addPasskey(@CurrentCaller() caller: Caller, @Body() body: AddPasskeyDto): Promise<AddedFactorDto> {
    const { challenge, name } = body;
    return toAddedFactorDto(
      await this.factors.addPasskey(caller, { challenge, name, attestation: toAttestation(body) }),
    );
  }

  @Delete('factors/:id')
  @HttpCode(204)
  @Refuses('invalid_credentials', 'mfa_required', 'not_found')
  @ApiOperation({
    operationId: 'removeFactor',
    summary: 'Remove a second factor',
    description: `With the last one go the recovery codes, and the trust in devices. ${ASKS_AGAIN}`,
  })
  @ApiNoContentResponse()
  async remove(
    @CurrentCaller() caller: Caller,
    @Param() { id }: FactorParams,
    @Body() { authKey }: ConfirmMfaDto,
  ): Promise<void> {
    await this.factors.remove(caller, bytesOf(authKey), id);
  }

  @Post('recovery-codes')
  @HttpCode(200)
  @Refuses('invalid_credentials', 'mfa_required', 'not_found')
  @ApiOperation({
    operationId: 'renewRecoveryCodes',
    summary: 'Make fresh recovery codes',
    description: `Earlier ones are void. \`not_found\` for an account without a second factor. ${ASKS_AGAIN}`,
  })
  @ApiOkResponse({ type: RecoveryCodesDto })
  async renewCodes(@CurrentCaller() caller: Caller, @Body() { authKey }: ConfirmMfaDto): Promise<RecoveryCodesDto> {
    return { codes: await this.factors.renewCodes(caller, bytesOf(authKey)) };
  }

  @Post('step-up')
  @HttpCode(204)
  @Refuses('invalid_mfa_challenge', 'invalid_mfa_code')
  @ApiOperation({
    operationId: 'stepUp',
    summary: 'Show a second factor in this session',
    description:
      'Answers the challenge of `mfa_required`. For five minutes this session may do what had been refused; ask for it again.',
  })
  @ApiNoContentResponse()
  async show(@CurrentCaller() caller: Caller, @Body() body: MfaAnswerDto): Promise<void> {
    await this.stepUp.show(caller, toAnswer(body));
  }

  @Delete('trusted-devices/:deviceId')
  @HttpCode(204)
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'untrustDevice',
    summary: 'Have a device be asked for a second factor again',
    description: '`not_found` alike for a device that is not trusted and somebody else’s.',
  })
  @ApiNoContentResponse()
  async untrust(@CurrentCaller() caller: Caller, @Param() { deviceId }: TrustedDeviceParams): Promise<void> {
    await this.factors.untrust(caller, deviceId);
  }
}

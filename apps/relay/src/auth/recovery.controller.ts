import { Body, Controller, Delete, HttpCode, Post, Put } from '@nestjs/common';
import { ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Anonymous, Authenticated, type Caller, ClientAddress, CurrentCaller } from '../platform/http/caller.js';
import { Refuses } from '../platform/http/refuses.js';
import { ConfirmDto, SignedInDto, toSignedInDto } from './auth.dto.js';
import {
  CompleteRecoveryDto,
  OpenedRecoveryDto,
  OpenRecoveryDto,
  SetRecoveryDto,
  toOpenedRecoveryDto,
  toRecovery,
  toRecoverySetup,
} from './recovery.dto.js';
import { RecoveryService } from './recovery.service.js';
import { COOKIE_RULE, CSRF, SETS_COOKIE } from './refresh-cookie.contract.js';
import { CurrentExchange, type Exchange, RefreshCookie } from './refresh-cookie.js';

@ApiTags('auth')
@Controller('auth/recovery')
export class RecoveryController {
  constructor(
    private readonly recovery: RecoveryService,
    private readonly cookie: RefreshCookie,
  ) {}

  @Put()
  @Authenticated()
  @HttpCode(204)
  @Refuses('invalid_credentials', 'mfa_required', 'conflict')
  @ApiOperation({
    operationId: 'setRecovery',
    summary: 'Set the recovery code of my account, or replace it',
    description:
      'Takes the current secret, and a second factor if there is one. The relay keeps a hash of the key, and the root of the vault under the code as ' +
      '`root.recovery`. `conflict` when the secret was changed at the same time.',
  })
  @ApiNoContentResponse()
  async set(@CurrentCaller() caller: Caller, @Body() body: SetRecoveryDto): Promise<void> {
    await this.recovery.set(caller, Buffer.from(body.authKey, 'base64url'), toRecoverySetup(body));
  }

  @Delete()
  @Authenticated()
  @HttpCode(204)
  @Refuses('invalid_credentials', 'mfa_required', 'conflict')
  @ApiOperation({
    operationId: 'removeRecovery',
    summary: 'Take away the recovery code of my account',
    description:
      'Takes the current secret, and a second factor if there is one. `conflict` when it was changed at the same time.',
  })
  @ApiNoContentResponse()
  async remove(@CurrentCaller() caller: Caller, @Body() body: ConfirmDto): Promise<void> {
    await this.recovery.remove(caller, Buffer.from(body.authKey, 'base64url'));
  }

  @Post('open')
  @Anonymous()
  @HttpCode(200)
  @Refuses('invalid_credentials')
  @ApiOperation({
    operationId: 'openRecovery',
    summary: 'Fetch what a recovery code opens',
    description:
      'Nothing changes by it. `invalid_credentials` alike for an unknown name, an account without a code, and a wrong one.',
  })
  @ApiOkResponse({ type: OpenedRecoveryDto })
  async open(@Body() body: OpenRecoveryDto, @ClientAddress() address: string): Promise<OpenedRecoveryDto> {
    const claim = { username: body.username, recoveryKey: Buffer.from(body.recoveryKey, 'base64url') };
    return toOpenedRecoveryDto(await this.recovery.open(claim, address));
  }

  @Post('complete')
  @Anonymous()
  @HttpCode(200)
  @Refuses(
    'invalid_credentials',
    'account_suspended',
    'mfa_required',
    'invalid_mfa_challenge',
    'invalid_mfa_code',
    'kdf_too_weak',
    'device_limit_reached',
    'account_deletion_pending',
    'forbidden',
  )
  @ApiOperation({
    operationId: 'completeRecovery',
    summary: 'Recover an account with its code, and sign in',
    description:
      'Sets a new secret and a fresh code, with the root of the vault under each, ends all sessions, and signs in: all of ' +
      'it, or nothing. The code is spent. An account with second factors is asked for one (`mfa_required`): the same again, with ' +
      '`mfa`, goes on. `invalid_credentials` as for `openRecovery`, and for a device that is revoked or ' +
      `not the account’s. ${COOKIE_RULE}`,
  })
  @ApiHeader(CSRF)
  @ApiOkResponse({ type: SignedInDto, headers: SETS_COOKIE })
  async complete(
    @Body() body: CompleteRecoveryDto,
    @ClientAddress() address: string,
    @CurrentExchange() exchange: Exchange,
  ): Promise<SignedInDto> {
    const recovery = toRecovery(body);
    this.cookie.admit(exchange, recovery.transport);
    const signedIn = await this.recovery.complete(recovery, address);
    this.cookie.deliver(exchange, signedIn.tokens);
    return toSignedInDto(signedIn);
  }
}

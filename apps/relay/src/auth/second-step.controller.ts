import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Anonymous, ClientAddress } from '../platform/http/caller.js';
import { MfaChallengeDto } from '../platform/http/mfa-challenge.dto.js';
import { Refuses } from '../platform/http/refuses.js';
import { SignedInDto, toSignedInDto } from './auth.dto.js';
import { PasskeySignInService } from './passkey-sign-in.service.js';
import { COOKIE_RULE, CSRF, SETS_COOKIE } from './refresh-cookie.contract.js';
import { CurrentExchange, type Exchange, RefreshCookie } from './refresh-cookie.js';
import { FinishSignInDto, PasskeySignInDto, toPasskeySignIn, toSecondSignIn } from './second-step.dto.js';
import type { SignedIn } from './sign-in.js';
import { SignInService } from './sign-in.service.js';

@ApiTags('mfa')
@Controller('auth/mfa')
@Anonymous()
export class SecondStepController {
  constructor(
    private readonly signIns: SignInService,
    private readonly passkeySignIns: PasskeySignInService,
    private readonly cookie: RefreshCookie,
  ) {}

  @Post('sign-in')
  @HttpCode(200)
  @Refuses(
    'invalid_mfa_challenge',
    'invalid_mfa_code',
    'invalid_credentials',
    'account_suspended',
    'device_limit_reached',
    'account_deletion_pending',
    'forbidden',
  )
  @ApiOperation({
    operationId: 'finishSignIn',
    summary: 'Finish a sign-in with a second factor',
    description:
      'After `mfa_required` of `login`, with the same device and transport, from the same address. A challenge takes five ' +
      'answers, of which one may be right; a code is taken once. `invalid_mfa_challenge` alike for one that is unknown, over, ' +
      `answered or somebody else’s. ${COOKIE_RULE}`,
  })
  @ApiHeader(CSRF)
  @ApiOkResponse({ type: SignedInDto, headers: SETS_COOKIE })
  async finish(
    @Body() body: FinishSignInDto,
    @ClientAddress() address: string,
    @CurrentExchange() exchange: Exchange,
  ): Promise<SignedInDto> {
    const second = toSecondSignIn(body);
    this.cookie.admit(exchange, second.transport);
    return this.delivered(exchange, await this.signIns.finish(second, address));
  }

  @Post('passkey-sign-in/options')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'beginPasskeySignIn',
    summary: 'Ask to sign in by a passkey alone',
    description:
      'Answers what `navigator.credentials.get` takes, in `passkey`. Nobody is named: the passkey says who it is.',
  })
  @ApiOkResponse({ type: MfaChallengeDto })
  async ask(@ClientAddress() address: string): Promise<MfaChallengeDto> {
    return this.passkeySignIns.ask(address);
  }

  @Post('passkey-sign-in')
  @HttpCode(200)
  @Refuses(
    'invalid_mfa_challenge',
    'invalid_mfa_code',
    'invalid_credentials',
    'account_suspended',
    'device_limit_reached',
    'account_deletion_pending',
    'forbidden',
  )
  @ApiOperation({
    operationId: 'signInByPasskey',
    summary: 'Sign in by a passkey alone',
    description:
      'The authenticator must have verified its user. The session is all there is to get: what the vault holds opens by the ' +
      'password, on the client. `invalid_mfa_code` alike for a passkey that is nobody’s and a signature that is wrong; ' +
      `\`invalid_credentials\` for a device that is revoked or not the account’s. ${COOKIE_RULE}`,
  })
  @ApiHeader(CSRF)
  @ApiOkResponse({ type: SignedInDto, headers: SETS_COOKIE })
  async signIn(
    @Body() body: PasskeySignInDto,
    @ClientAddress() address: string,
    @CurrentExchange() exchange: Exchange,
  ): Promise<SignedInDto> {
    const signIn = toPasskeySignIn(body);
    this.cookie.admit(exchange, signIn.transport);
    return this.delivered(exchange, await this.passkeySignIns.signIn(signIn, address));
  }

  private delivered(exchange: Exchange, signedIn: SignedIn): SignedInDto {
    this.cookie.deliver(exchange, signedIn.tokens);
    return toSignedInDto(signedIn);
  }
}

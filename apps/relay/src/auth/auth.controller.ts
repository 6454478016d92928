import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiExtraModels,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Anonymous, Authenticated, type Caller, ClientAddress, CurrentCaller } from '../platform/http/caller.js';
import { oneOfShapes } from '../platform/http/fields.js';
import { Refuses } from '../platform/http/refuses.js';
import { Limited } from '../platform/limits/limits.guard.js';
import { SessionsService } from '../sessions/index.js';
import {
  LoginDto,
  RefreshDto,
  RegisterDto,
  SignedInDto,
  TokensDto,
  toRegistration,
  toSignedInDto,
  toSignIn,
  toTokensDto,
} from './auth.dto.js';
import { KDF_SHAPES, type KdfDto, KdfQuery, toKdf } from './kdf.dto.js';
import { KdfService } from './kdf.service.js';
import { COOKIE_RULE, CSRF, SETS_COOKIE } from './refresh-cookie.contract.js';
import { CurrentExchange, type Exchange, RefreshCookie } from './refresh-cookie.js';
import { SignInService } from './sign-in.service.js';

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly signIns: SignInService,
    private readonly kdfs: KdfService,
    private readonly sessions: SessionsService,
    private readonly cookie: RefreshCookie,
  ) {}

  @Get('kdf')
  @Anonymous()
  @ApiOperation({
    operationId: 'getKdf',
    summary: 'How a username derives its keys',
    description:
      'Answered for every name alike: a name nobody has gets parameters of its own too, whose salt registering it must use. ' +
      'Counts on the budget for looking people up. Clients refuse anything weaker than they registered with.',
  })
  @ApiExtraModels(...KDF_SHAPES)
  @ApiOkResponse({ schema: oneOfShapes('algorithm', KDF_SHAPES) })
  async kdf(@ClientAddress() address: string, @Query() { username }: KdfQuery): Promise<KdfDto> {
    return toKdf(await this.kdfs.show(username, address));
  }

  @Post('register')
  @Anonymous()
  @Limited('register')
  @Refuses(
    'username_taken',
    'kdf_too_weak',
    'forbidden',
    'registration_closed',
    'invitation_required',
    'invitation_invalid',
  )
  @ApiOperation({
    operationId: 'register',
    summary: 'Make an account, with its first device and session',
    description:
      'With the salt that `GET /auth/kdf` answers for the name (`invalid_request` otherwise). The name counts on the budget ' +
      'for looking people up, whether somebody has it or not. Who may register is the server’s `registration`: an invitation ' +
      'is used up in the same moment as the account is made. ' +
      COOKIE_RULE,
  })
  @ApiHeader(CSRF)
  @ApiCreatedResponse({ type: SignedInDto, headers: SETS_COOKIE })
  async register(
    @Body() body: RegisterDto,
    @ClientAddress() address: string,
    @CurrentExchange() exchange: Exchange,
  ): Promise<SignedInDto> {
    const registration = toRegistration(body);
    this.cookie.admit(exchange, registration.transport);
    const signedIn = await this.signIns.register(registration, address);
    this.cookie.deliver(exchange, signedIn.tokens);
    return toSignedInDto(signedIn);
  }

  @Post('login')
  @Anonymous()
  @HttpCode(200)
  @Refuses(
    'invalid_credentials',
    'account_suspended',
    'mfa_required',
    'device_limit_reached',
    'account_deletion_pending',
    'forbidden',
  )
  @ApiOperation({
    operationId: 'login',
    summary: 'Sign in, as a known device or as a new one',
    description:
      '`invalid_credentials` alike for an unknown name, a wrong secret, and a device that is revoked or not the account’s. ' +
      'With the right secret, an account that has second factors is asked for one (`mfa_required`), unless a device that it ' +
      'trusts signs in: `finishSignIn` goes on. Last of all, an account that is to be deleted is let in with `cancelDeletion` ' +
      'only (`account_deletion_pending` tells when that is, in `deletionDueAt`). ' +
      COOKIE_RULE,
  })
  @ApiHeader(CSRF)
  @ApiOkResponse({ type: SignedInDto, headers: SETS_COOKIE })
  async login(
    @Body() body: LoginDto,
    @ClientAddress() address: string,
    @CurrentExchange() exchange: Exchange,
  ): Promise<SignedInDto> {
    const signIn = toSignIn(body);
    this.cookie.admit(exchange, signIn.transport);
    const signedIn = await this.signIns.signIn(signIn, address);
    this.cookie.deliver(exchange, signedIn.tokens);
    return toSignedInDto(signedIn);
  }

  @Post('refresh')
  @Anonymous()
  @Limited('refresh')
  @HttpCode(200)
  @Refuses('invalid_refresh_token', 'refresh_token_reused', 'forbidden')
  @ApiOperation({
    operationId: 'refresh',
    summary: 'Exchange the refresh token for new tokens',
    description:
      'A refresh token works once. When the reply is lost, the same one gives the same answer again for 10 seconds; used ' +
      'later, or after its successor, it ends the session (`refresh_token_reused`). ' +
      COOKIE_RULE,
  })
  @ApiHeader(CSRF)
  @ApiOkResponse({ type: TokensDto, headers: SETS_COOKIE })
  async refresh(@Body() body: RefreshDto, @CurrentExchange() exchange: Exchange): Promise<TokensDto> {
    const { token, transport } = this.cookie.presented(exchange, body.refreshToken);
    const tokens = await this.signIns.refresh(token, transport);
    this.cookie.deliver(exchange, tokens);
    return toTokensDto(tokens);
  }

  @Post('logout')
  @Authenticated()
  @HttpCode(204)
  @ApiOperation({
    operationId: 'logout',
    summary: 'End this session',
    description: 'Its tokens are void and its sockets closed within a second. The device stays known.',
  })
  @ApiNoContentResponse({ headers: SETS_COOKIE })
  async logout(@CurrentCaller() caller: Caller, @CurrentExchange() exchange: Exchange): Promise<void> {
    await this.sessions.signOut(caller);
    this.cookie.clear(exchange);
  }
}

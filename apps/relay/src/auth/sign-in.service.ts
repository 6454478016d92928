import { Injectable } from '@nestjs/common';
import type { DeviceId } from '#protocol';
import { AccountsService, type Credentials, CredentialsService, InvalidCredentials } from '../accounts/index.js';
import { AuditTally } from '../audit/index.js';
import { ChangesService } from '../changes/index.js';
import { DevicesStore } from '../devices/index.js';
import { TrustedDevicesStore } from '../mfa/index.js';
import { Clock } from '../platform/clock/clock.js';
import { Limiter } from '../platform/limits/limiter.js';
import { Log } from '../platform/logging/log.js';
import { AdmissionsStore } from '../registration/index.js';
import { type RefreshedSession, SessionsService, type TokenTransport } from '../sessions/index.js';
import { AccessTokens } from './access-tokens.service.js';
import { KdfService } from './kdf.service.js';
import { SecondStep } from './second-step.service.js';
import type { DeviceChoice, Entered, Entry, Registration, SecondSignIn } from './sign-in.js';
import type { SignedIn, SignIn, SignInRecord, Tokens } from './sign-in.js';
import { SignInStore } from './sign-in.store.js';

/** Registration, sign-in, and the refreshing of a session. */
@Injectable()
export class SignInService {
  constructor(
    private readonly store: SignInStore,
    private readonly admissions: AdmissionsStore,
    private readonly kdfs: KdfService,
    private readonly credentials: CredentialsService,
    private readonly accounts: AccountsService,
    private readonly devices: DevicesStore,
    private readonly sessions: SessionsService,
    private readonly tokens: AccessTokens,
    private readonly secondStep: SecondStep,
    private readonly trusted: TrustedDevicesStore,
    private readonly changes: ChangesService,
    private readonly limiter: Limiter,
    private readonly tally: AuditTally,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** @throws {KdfTooWeak} @throws {SaltNotOurs} @throws {RateLimited} @throws as {@link SignInStore.register} does. */
  async register(registration: Registration, address: string): Promise<SignedIn> {
    await this.admissions.demandOpen(registration.invitation);
    this.kdfs.demandStrong(registration.kdf);
    // The answer tells whether the name is taken, so it counts as asking after a stranger, whichever it is.
    await this.accounts.countStrangers({ address }, 1);
    await this.kdfs.demandShownSalt(registration.username, registration.kdf);
    const authHash = await this.credentials.hash(registration.authKey);
    const record = await this.store.register(registration, authHash, this.clock.now());
    this.log.info('account registered');
    return this.signedIn(record);
  }

  /**
   * An unknown name, a wrong secret, and a device that is not the account's own are refused alike and after the same work.
   * @throws {InvalidCredentials} @throws {AccountSuspended} @throws {MfaRequired} @throws {DeviceLimitReached} @throws {RateLimited}
   * @throws {AccountDeletionPending} after all of that.
   */
  async signIn({ username, authKey, trustToken, ...way }: SignIn, address: string): Promise<SignedIn> {
    const { device, transport } = way;
    const isKnown = device.kind === 'known' && (await this.devices.isKnown(username, device.id));
    await this.countAttempt({ username, address, known: isKnown ? device.id : undefined });
    const credentials = await this.credentials.verify(username, authKey);
    await this.secondStep.demand(credentials, { address, device, transport, trustToken });
    return this.enter(credentials, { ...way, at: this.clock.now() });
  }

  /** @throws {InvalidMfaChallenge} @throws {InvalidMfaCode} @throws as {@link signIn} does. */
  async finish({ answer, trustDevice, ...way }: SecondSignIn, address: string): Promise<SignedIn> {
    const { device, transport } = way;
    const { credentials, ...spent } = await this.secondStep.proven(answer, { address, device, transport });
    const at = this.clock.now();
    const signedIn = await this.secondStep.spending(spent, () => this.enter(credentials, { ...way, at, factorAt: at }));
    if (!trustDevice) return signedIn;
    const { account, device: own, tokens } = signedIn;
    const entrant = { accountId: account.id, deviceId: own.id, sessionId: tokens.sessionId };
    const { token, changes } = await this.trusted.trust(entrant, at);
    this.changes.announce(changes);
    return { ...signedIn, trustToken: token };
  }

  /** Tells of a session that is open, whichever way it was opened, and issues its tokens. */
  async admit({ changes, ...record }: Entered, device: DeviceChoice): Promise<SignedIn> {
    this.changes.announce(changes);
    if (device.kind === 'known') await this.devices.seen(record.device, this.clock.now());
    return this.signedIn(record);
  }

  /** @throws {InvalidRefreshToken} @throws {RefreshTokenReused} */
  async refresh(refreshToken: string, transport: TokenTransport): Promise<Tokens> {
    const refreshed = await this.sessions.refresh(refreshToken, transport);
    await this.devices.seen({ id: refreshed.session.deviceId }, this.clock.now());
    return this.tokensFor(refreshed.session, refreshed.refreshToken, transport);
  }

  private async enter(credentials: Credentials, entry: Entry): Promise<SignedIn> {
    const record = await this.store.signIn(credentials, entry).catch((error: unknown) => {
      // The secret was right, the device was not.
      if (error instanceof InvalidCredentials) this.tally.count('sign_in_failed', credentials.account.id);
      throw error;
    });
    this.log.info('signed in');
    return this.admit(record, entry.device);
  }

  /**
   * A known device draws on a bucket of its own, so that nobody's failed attempts lock it out. Device ids are no secret:
   * the address is part of its key, or a stranger could empty the bucket from anywhere.
   */
  private async countAttempt(attempt: {
    username: string;
    address: string;
    known: DeviceId | undefined;
  }): Promise<void> {
    const { username, address, known } = attempt;
    if (known !== undefined) {
      await this.limiter.take('loginDevice', `${known}|${address}`);
      return;
    }
    await this.limiter.take('loginAddress', address);
    await this.limiter.take('loginPair', `${username}|${address}`);
  }

  private signedIn({ account, device, opened }: SignInRecord): SignedIn {
    const { session, refreshToken } = opened;
    return { account, device, tokens: this.tokensFor(session, refreshToken, session.transport) };
  }

  private tokensFor(session: RefreshedSession, refreshToken: string, transport: TokenTransport): Tokens {
    return { ...this.tokens.issue(session), sessionId: session.id, refreshToken, transport };
  }
}

import { Injectable } from '@nestjs/common';
import { AccountsStore, InvalidCredentials } from '../accounts/index.js';
import { AuditTally } from '../audit/index.js';
import { ChallengesService, ProofsService, type Purpose } from '../mfa/index.js';
import { Clock } from '../platform/clock/clock.js';
import { Limiter } from '../platform/limits/limiter.js';
import { Log } from '../platform/logging/log.js';
import type { PasskeySignIn, SignedIn } from './sign-in.js';
import { SignInService } from './sign-in.service.js';
import { SignInStore } from './sign-in.store.js';

/**
 * Sign-in by a passkey alone, whose authenticator has verified its user: two factors by itself. It opens a session and nothing
 * else: what the account keeps stays under the password, which the relay never learns.
 */
@Injectable()
export class PasskeySignInService {
  constructor(
    private readonly store: SignInStore,
    private readonly signIns: SignInService,
    private readonly accounts: AccountsStore,
    private readonly challenges: ChallengesService,
    private readonly proofs: ProofsService,
    private readonly limiter: Limiter,
    private readonly tally: AuditTally,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** @throws {RateLimited} @throws {Unavailable} */
  async ask(address: string): Promise<ReturnType<ChallengesService['askAnyPasskey']>> {
    return this.challenges.askAnyPasskey(purposeOf(address), address);
  }

  /**
   * @throws {InvalidMfaChallenge} @throws {InvalidMfaCode} alike for a passkey that is nobody's and a signature that is wrong.
   * @throws {InvalidCredentials} for a device that is revoked or not the account's. @throws {AccountSuspended} @throws {DeviceLimitReached} @throws {RateLimited}
   * @throws {AccountDeletionPending} after all of that.
   */
  async signIn({ challenge, assertion, ...way }: PasskeySignIn, address: string): Promise<SignedIn> {
    await this.limiter.take('loginAddress', address);
    const open = await this.challenges.attempt(challenge, purposeOf(address), () => address);
    const passkey = await this.proofs.demandPasskey(assertion, challenge);
    await this.challenges.spend(open);
    const account = await this.accounts.byId(passkey.accountId);
    if (account === undefined) throw new InvalidCredentials();
    const at = this.clock.now();
    const entry = { ...way, at, factorAt: at };
    const record = await this.store.signInByPasskey(account, passkey.id, entry).catch((error: unknown) => {
      if (error instanceof InvalidCredentials) this.tally.count('sign_in_failed', account.id);
      throw error;
    });
    this.log.info('signed in by passkey');
    return this.signIns.admit(record, way.device);
  }
}

function purposeOf(address: string): Purpose {
  return { for: 'passkey_sign_in', boundTo: [address] };
}

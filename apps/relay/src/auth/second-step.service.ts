import { Injectable } from '@nestjs/common';
import { type Account, AccountsStore, type Credentials } from '../accounts/index.js';
import {
  type Answer,
  ChallengesService,
  InvalidMfaChallenge,
  MfaRequired,
  type OpenChallenge,
  ProofsService,
  type Purpose,
  TrustedDevicesStore,
} from '../mfa/index.js';
import { Clock } from '../platform/clock/clock.js';
import { AccountDeletionPending } from './auth.errors.js';
import type { DeviceChoice, SignIn } from './sign-in.js';

/** Who signs in, and from where. A challenge that was given to one is none for another. */
type Entrant = Pick<SignIn, 'device' | 'transport'> & { readonly address: string };

/** An answer that was right, and what it answered. */
export interface SpentAnswer {
  readonly open: OpenChallenge;
  readonly answer: Answer;
}

/** The credentials that it goes with. */
interface Proven extends SpentAnswer {
  readonly credentials: Credentials;
}

/** What stands between a secret that was right and a session: a second factor, of accounts that have one. */
@Injectable()
export class SecondStep {
  constructor(
    private readonly challenges: ChallengesService,
    private readonly proofs: ProofsService,
    private readonly trusted: TrustedDevicesStore,
    private readonly accounts: AccountsStore,
    private readonly clock: Clock,
  ) {}

  /** @throws {MfaRequired} unless the account has no second factor, or trusts the device. @throws {RateLimited} */
  async demand(
    { account, authHash }: Credentials,
    { trustToken, ...entrant }: Entrant & Pick<SignIn, 'trustToken'>,
  ): Promise<void> {
    if (await this.isTrusted(account, entrant.device, trustToken)) return;
    const subject = `${account.id}|${entrant.address}`;
    const asked = await this.challenges.ask(purposeOf(entrant), { accountId: account.id, subject, authHash });
    if (asked !== undefined) throw new MfaRequired(asked);
  }

  /**
   * The credentials that the challenge was given out for, which still hold.
   * @throws {InvalidMfaChallenge} also after a change of the secret. @throws {InvalidMfaCode} @throws {RateLimited}
   */
  async proven(answer: Answer, entrant: Entrant): Promise<Proven> {
    const { address } = entrant;
    const open = await this.challenges.attempt(
      answer.challenge,
      purposeOf(entrant),
      (id) => `${String(id)}|${address}`,
    );
    const credentials = open.accountId === null ? undefined : await this.accounts.credentialsById(open.accountId);
    if (credentials === undefined || !this.challenges.isOfSecret(open, credentials.authHash))
      throw new InvalidMfaChallenge();
    const { id } = credentials.account;
    if (!this.challenges.wasRight(open, answer)) await this.proofs.demand(id, answer, id);
    await this.challenges.spend(open);
    return { credentials, open, answer };
  }

  /**
   * Does what an answer was right for. Whoever is asked first whether to keep the account need not wait for the next code: the same
   * answer to the same challenge is taken once more.
   */
  async spending<T>({ open, answer }: SpentAnswer, work: () => Promise<T>): Promise<T> {
    return work().catch(async (error: unknown) => {
      if (error instanceof AccountDeletionPending) await this.challenges.acceptAgain(open, answer);
      throw error;
    });
  }

  /**
   * A recovery takes the place of the password, not of the second factor.
   * @returns what was shown; `undefined` where none is needed. @throws {MfaRequired} without an answer, and as {@link proven}.
   */
  async demandForRecovery(
    account: Account,
    answer: Answer | undefined,
    address: string,
  ): Promise<SpentAnswer | undefined> {
    const purpose: Purpose = { for: 'recovery', boundTo: [account.id, address] };
    const subject = `${account.id}|${address}`;
    if (answer === undefined) {
      const asked = await this.challenges.ask(purpose, { accountId: account.id, subject });
      if (asked !== undefined) throw new MfaRequired(asked);
      return undefined;
    }
    const open = await this.challenges.attempt(answer.challenge, purpose, () => subject);
    if (!this.challenges.wasRight(open, answer)) await this.proofs.demand(account.id, answer, account.id);
    await this.challenges.spend(open);
    return { open, answer };
  }

  private async isTrusted({ id }: Account, device: DeviceChoice, token: Buffer | undefined): Promise<boolean> {
    if (device.kind === 'new' || token === undefined) return false;
    return this.trusted.isTrusted(id, device.id, { token, at: this.clock.now() });
  }
}

function purposeOf({ address, device, transport }: Entrant): Purpose {
  return {
    for: 'sign_in',
    boundTo: [address, device.kind, device.kind === 'known' ? device.id : device.name, transport],
  };
}

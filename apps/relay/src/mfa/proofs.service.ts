import { Inject, Injectable } from '@nestjs/common';
import type { AccountId } from '#protocol';
import { AuditTally } from '../audit/index.js';
import { Clock } from '../platform/clock/clock.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Limiter } from '../platform/limits/limiter.js';
import { Log } from '../platform/logging/log.js';
import type { Answer, Assertion, Passkey, TotpFactor } from './factor.js';
import { InvalidMfaCode } from './mfa.errors.js';
import { PasskeysService } from './passkeys.service.js';
import { RecoveryCodesService } from './recovery-codes.service.js';
import { ShownFactorsStore } from './shown-factors.store.js';
import { openTotpSecret, stepOf, totpKeyFrom } from './totp.js';

/** Judges what is shown as a second factor. Each showing counts once, however often it is repeated. */
@Injectable()
export class ProofsService {
  private readonly totpKey: Buffer;

  constructor(
    private readonly factors: ShownFactorsStore,
    private readonly codes: RecoveryCodesService,
    private readonly passkeys: PasskeysService,
    private readonly limiter: Limiter,
    private readonly tally: AuditTally,
    private readonly clock: Clock,
    private readonly log: Log,
    @Inject(CONFIG) config: Config,
  ) {
    if (config.SERVER_SECRET === undefined) throw new Error('second factors need SERVER_SECRET');
    this.totpKey = totpKeyFrom(config.SERVER_SECRET);
  }

  /**
   * @param subject of the limit on guesses at codes of authenticator apps: an account, or a session of it.
   * @throws {InvalidMfaCode} @throws {RateLimited} @throws {Unavailable}
   */
  async demand(accountId: AccountId, { challenge, proof }: Answer, subject: string): Promise<void> {
    const isRight = await this.judged(async () => {
      switch (proof.kind) {
        case 'totp':
          await this.limiter.take('totpAccount', subject);
          return this.takesCode(accountId, proof.code);
        case 'recovery_code':
          return this.codes.spend(accountId, proof.code, this.clock.now());
        case 'passkey':
          return this.takesAssertion(accountId, challenge, proof.assertion);
      }
    });
    if (!isRight) throw this.failed(accountId);
  }

  /** Whose passkey answers a challenge by itself, its user verified by the authenticator. @throws {InvalidMfaCode} */
  async demandPasskey(assertion: Assertion, challenge: string): Promise<Passkey> {
    const passkey = await this.factors.passkey(assertion.credentialId);
    if (passkey === undefined) throw this.failed(undefined);
    const { accountId } = passkey;
    const isRight = await this.judged(() => this.takes(passkey, assertion, { challenge, verifiesUser: true }));
    if (!isRight) throw this.failed(accountId);
    return passkey;
  }

  /** The step of the first code of an authenticator app. @throws {InvalidMfaCode} */
  async firstStep(accountId: AccountId, factor: TotpFactor, code: string): Promise<number> {
    const step = await this.stepOf(accountId, factor, code);
    if (step === undefined) throw this.failed(accountId);
    return step;
  }

  /** The key that secrets of authenticator apps lie under. */
  get sealingKey(): Buffer {
    return this.totpKey;
  }

  private async takesCode(accountId: AccountId, code: string): Promise<boolean> {
    for (const factor of await this.factors.totpOf(accountId)) {
      const step = await this.stepOf(accountId, factor, code);
      if (step !== undefined) return this.factors.takeStep(factor.id, step, this.clock.now());
    }
    return false;
  }

  private async stepOf(accountId: AccountId, factor: TotpFactor, code: string): Promise<number | undefined> {
    const { id, secretSealed, lastStep } = factor;
    let secret: string;
    try {
      secret = openTotpSecret(this.totpKey, { id, accountId }, secretSealed);
    } catch (error) {
      // The server's secret is another one than when the app was added: recovery codes and passkeys go on working.
      this.log.error('secret of an authenticator app does not open', {}, error);
      return undefined;
    }
    return stepOf(code, { secret, lastStep, at: this.clock.now() });
  }

  private async takesAssertion(accountId: AccountId, challenge: string, assertion: Assertion): Promise<boolean> {
    const own = await this.factors.passkeysOf(accountId);
    const passkey = own.find(({ credentialId }) => credentialId.equals(assertion.credentialId));
    return passkey !== undefined && this.takes(passkey, assertion, { challenge, verifiesUser: false });
  }

  private async takes(
    passkey: Passkey,
    assertion: Assertion,
    asked: { challenge: string; verifiesUser: boolean },
  ): Promise<boolean> {
    const count = await this.passkeys.signed(passkey, assertion, asked);
    return this.factors.takeCount(passkey, count, this.clock.now());
  }

  private async judged(judge: () => Promise<boolean>): Promise<boolean> {
    try {
      return await judge();
    } catch (error) {
      if (error instanceof InvalidMfaCode) return false;
      throw error;
    }
  }

  private failed(accountId: AccountId | undefined): InvalidMfaCode {
    this.log.warn('wrong second factor');
    this.tally.count('mfa_failed', accountId);
    return new InvalidMfaCode();
  }
}

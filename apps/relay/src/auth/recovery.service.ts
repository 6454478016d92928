import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  AccountsStore,
  CredentialsService,
  InvalidCredentials,
  type RecoveryKey,
  RecoveryKeysStore,
} from '../accounts/index.js';
import { AuditTally } from '../audit/index.js';
import { ChangesService } from '../changes/index.js';
import { DevicesStore } from '../devices/index.js';
import { StepUp } from '../mfa/index.js';
import { Clock } from '../platform/clock/clock.js';
import type { Caller } from '../platform/http/caller.js';
import { Limiter } from '../platform/limits/limiter.js';
import { Log } from '../platform/logging/log.js';
import { SessionsService } from '../sessions/index.js';
import { KdfService } from './kdf.service.js';
import type { OpenedRecovery, Recovery, RecoveryClaim, RecoverySetup } from './recovery.js';
import { RecoveryStore } from './recovery.store.js';
import { SecondStep } from './second-step.service.js';
import type { SignedIn } from './sign-in.js';
import { SignInService } from './sign-in.service.js';

/** Of no key: what is compared where there is none. */
const NO_KEY = randomBytes(32);

/** The way back into an account whose password is lost: a code of 256 random bits that its owner keeps. */
@Injectable()
export class RecoveryService {
  constructor(
    private readonly store: RecoveryStore,
    private readonly keys: RecoveryKeysStore,
    private readonly accounts: AccountsStore,
    private readonly devices: DevicesStore,
    private readonly credentials: CredentialsService,
    private readonly stepUp: StepUp,
    private readonly secondStep: SecondStep,
    private readonly kdfs: KdfService,
    private readonly signIns: SignInService,
    private readonly sessions: SessionsService,
    private readonly changes: ChangesService,
    private readonly limiter: Limiter,
    private readonly tally: AuditTally,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** @throws {InvalidCredentials} @throws {MfaRequired} @throws {SecretChangedMeanwhile} */
  async set(caller: Caller, authKey: Buffer, { recoveryKey, rootBody }: RecoverySetup): Promise<void> {
    const old = await this.stepUp.confirm(caller, authKey);
    const setup = { sha256: digestOf(recoveryKey), rootBody, at: this.clock.now() };
    this.changes.announce(await this.store.set(caller, old, setup));
    this.log.info('recovery set');
  }

  /** @throws {InvalidCredentials} @throws {MfaRequired} @throws {SecretChangedMeanwhile} */
  async remove(caller: Caller, authKey: Buffer): Promise<void> {
    const old = await this.stepUp.confirm(caller, authKey);
    this.changes.announce(await this.store.remove(caller, old, this.clock.now()));
    this.log.info('recovery removed');
  }

  /** @throws {InvalidCredentials} alike for an unknown name, no recovery, and a wrong key. @throws {RateLimited} */
  async open(claim: RecoveryClaim, address: string): Promise<OpenedRecovery> {
    const { accountId } = await this.verify(claim, address);
    const rootBody = await this.store.root(accountId);
    if (rootBody === undefined) throw new InvalidCredentials();
    return { accountId, rootBody, devices: await this.devices.list(accountId) };
  }

  /**
   * @throws {KdfTooWeak} @throws {InvalidCredentials} as {@link open} @throws {AccountSuspended} @throws {MfaRequired}
   * @throws {DeviceLimitReached} @throws {AccountDeletionPending} @throws {RateLimited}
   */
  async complete(recovery: Recovery, address: string): Promise<SignedIn> {
    this.kdfs.demandStrong(recovery.kdf);
    const key = await this.verify(recovery, address);
    const account = await this.accounts.byId(key.accountId);
    if (account === undefined) throw new InvalidCredentials();
    const spent = await this.secondStep.demandForRecovery(account, recovery.answer, address);
    const { kdf, rootBody, device, transport, cancelDeletion, next } = recovery;
    const authHash = await this.credentials.hash(recovery.authKey);
    const nextKey = { sha256: digestOf(next.recoveryKey), rootBody: next.rootBody };
    const at = this.clock.now();
    const entry = { device, transport, cancelDeletion, at, factorAt: spent && at };
    const proven = { account, key, authHash, kdf, rootBody, next: nextKey, ...entry };
    const completing = () => this.store.complete(proven);
    const { ended, ...record } = await (spent ? this.secondStep.spending(spent, completing) : completing());
    this.log.info('account recovered');
    this.sessions.announceEnd(ended, 'password_changed');
    return this.signIns.admit(record, device);
  }

  private async verify({ username, recoveryKey }: RecoveryClaim, address: string): Promise<RecoveryKey> {
    await this.limiter.take('recoveryAddress', address);
    await this.limiter.take('recoveryPair', `${username}|${address}`);
    const key = await this.keys.find(username);
    const matches = timingSafeEqual(digestOf(recoveryKey), key?.sha256 ?? NO_KEY);
    if (key === undefined || !matches) {
      this.log.warn('wrong username or secret');
      this.tally.count('recovery_failed', key?.accountId);
      throw new InvalidCredentials();
    }
    return key;
  }
}

/** A fast hash is right here: of 256 random bits none can be guessed, and what a slow one guards is too little to guess at. */
function digestOf(recoveryKey: Buffer): Buffer {
  return createHash('sha256').update(recoveryKey).digest();
}

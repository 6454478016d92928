import { Injectable } from '@nestjs/common';
import { DURATIONS } from '#protocol';
import { type Credentials, CredentialsService } from '../accounts/index.js';
import { Clock } from '../platform/clock/clock.js';
import type { Caller } from '../platform/http/caller.js';
import { ChallengesService, type Purpose } from './challenges.service.js';
import type { Answer } from './factor.js';
import { MfaNotSetUp, MfaRequired } from './mfa.errors.js';
import { ProofsService } from './proofs.service.js';
import { ShownFactorsStore } from './shown-factors.store.js';

/** Has a signed-in caller show a second factor again, before what is sensitive. An account without one is not asked. */
@Injectable()
export class StepUp {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly challenges: ChallengesService,
    private readonly proofs: ProofsService,
    private readonly factors: ShownFactorsStore,
    private readonly clock: Clock,
  ) {}

  /** Asks for the secret again, and for a second factor if there is one. @throws {InvalidCredentials} @throws {MfaRequired} @throws {RateLimited} */
  async confirm(caller: Caller, authKey: Buffer): Promise<Credentials> {
    const credentials = await this.credentials.confirm(caller, authKey);
    await this.demand(caller);
    return credentials;
  }

  /** @throws {MfaRequired} unless one was shown in this session within the last minutes. @throws {RateLimited} */
  async demand(caller: Caller): Promise<void> {
    await this.isShown(caller);
  }

  /** As {@link demand}, but an account without a second factor has to get one first. @throws {MfaNotSetUp} @throws {MfaRequired} @throws {RateLimited} */
  async insist(caller: Caller): Promise<void> {
    if (!(await this.isShown(caller))) throw new MfaNotSetUp();
  }

  /** Takes an answer: the session may do what is sensitive, for some minutes. @throws {InvalidMfaChallenge} @throws {InvalidMfaCode} @throws {RateLimited} */
  async show(caller: Caller, answer: Answer): Promise<void> {
    const { accountId, sessionId } = caller;
    const open = await this.challenges.attempt(answer.challenge, purposeOf(caller), () => sessionId);
    await this.proofs.demand(accountId, answer, sessionId);
    await this.challenges.spend(open);
    await this.factors.noteShown(sessionId, this.clock.now());
  }

  /** Whether one was shown in this session within the last minutes; no account that has one gets `false`. @throws {MfaRequired} @throws {RateLimited} */
  private async isShown(caller: Caller): Promise<boolean> {
    const { accountId, sessionId } = caller;
    const since = new Date(this.clock.millis() - DURATIONS.stepUpSeconds * 1000);
    if (await this.factors.wasShown(sessionId, since)) return true;
    const asked = await this.challenges.ask(purposeOf(caller), { accountId, subject: sessionId });
    if (asked !== undefined) throw new MfaRequired(asked);
    return false;
  }
}

function purposeOf({ accountId, sessionId }: Caller): Purpose {
  return { for: 'step_up', boundTo: [accountId, sessionId] };
}

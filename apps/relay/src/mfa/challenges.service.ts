import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type AccountId, DURATIONS, type FactorKind, type MfaChallenge } from '#protocol';
import { Clock } from '../platform/clock/clock.js';
import { Limiter } from '../platform/limits/limiter.js';
import { ChallengesStore, type OpenChallenge } from './challenges.store.js';
import type { Answer } from './factor.js';
import { FactorsStore } from './factors.store.js';
import { InvalidMfaChallenge } from './mfa.errors.js';
import { PasskeysService } from './passkeys.service.js';
import { RecoveryCodesStore } from './recovery-codes.store.js';
import { ShownFactorsStore } from './shown-factors.store.js';

const CHALLENGE_BYTES = 32;
const LABEL = 'sealpost challenge 1';

/** What a challenge is for, and whom it is given to: an answer that says otherwise meets no challenge. */
export interface Purpose {
  readonly for: 'sign_in' | 'recovery' | 'step_up' | 'passkey_sign_in' | 'new_passkey';
  /** The address it was asked from and the device it was asked for, or the session. Not kept, but hashed. */
  readonly boundTo: readonly string[];
}

interface Asked {
  readonly accountId: AccountId;
  /** Draws on the limit. */
  readonly subject: string;
  /** The hash that the secret was found right by, where it was. */
  readonly authHash?: string;
}

/** Asks for second factors, and knows again what it has asked. */
@Injectable()
export class ChallengesService {
  constructor(
    private readonly store: ChallengesStore,
    private readonly factors: FactorsStore,
    private readonly shown: ShownFactorsStore,
    private readonly codes: RecoveryCodesStore,
    private readonly passkeys: PasskeysService,
    private readonly limiter: Limiter,
    private readonly clock: Clock,
  ) {}

  /** A challenge for an account that has factors; `undefined` for one that has none. @throws {RateLimited} @throws {Unavailable} */
  async ask(purpose: Purpose, { accountId, subject, authHash }: Asked): Promise<MfaChallenge | undefined> {
    const kinds = await this.kindsOf(accountId);
    if (kinds.length === 0) return undefined;
    await this.limiter.take('mfaChallenges', subject);
    const challenge = await this.open(purpose, { accountId, secretSha256: authHash ? digestOf(authHash) : null });
    const asked = { challenge, kinds, expiresIn: DURATIONS.mfaChallengeSeconds };
    if (!kinds.includes('passkey')) return asked;
    const passkeys = await this.shown.passkeysOf(accountId);
    return { ...asked, passkey: await this.passkeys.request(challenge, passkeys, 'preferred') };
  }

  /** A challenge that any passkey may answer. @throws {RateLimited} @throws {Unavailable} */
  async askAnyPasskey(
    purpose: Purpose,
    subject: string,
  ): Promise<MfaChallenge & Required<Pick<MfaChallenge, 'passkey'>>> {
    await this.limiter.take('mfaChallenges', subject);
    const challenge = await this.open(purpose, { accountId: null, secretSha256: null });
    const passkey = await this.passkeys.request(challenge, [], 'required');
    return { challenge, kinds: ['passkey'], expiresIn: DURATIONS.mfaChallengeSeconds, passkey };
  }

  /** A challenge that a new passkey is to sign. @throws {RateLimited} @throws {Unavailable} */
  async askNewPasskey(purpose: Purpose, { accountId, subject }: Asked): Promise<string> {
    await this.limiter.take('mfaChallenges', subject);
    return this.open(purpose, { accountId, secretSha256: null });
  }

  /**
   * What was asked, for whoever answers it now. The attempt counts, right or wrong.
   * @param subject of the limit, told of the challenge's account. @throws {InvalidMfaChallenge} @throws {RateLimited}
   */
  async attempt(
    challenge: string,
    purpose: Purpose,
    subject: (accountId: AccountId | null) => string,
  ): Promise<OpenChallenge> {
    const sha256 = keyOf(challenge, purpose);
    const open = await this.store.find(sha256, this.clock.now());
    if (open === undefined) throw new InvalidMfaChallenge();
    await this.limiter.take('mfaCode', subject(open.accountId));
    if (!(await this.store.attempt(sha256, this.clock.now()))) throw new InvalidMfaChallenge();
    return open;
  }

  /** Spends a challenge that was answered. @throws {InvalidMfaChallenge} when an answer at the same time was faster. */
  async spend({ sha256 }: OpenChallenge): Promise<void> {
    if (!(await this.store.spend(sha256))) throw new InvalidMfaChallenge();
  }

  /** Whether it is the very answer that {@link acceptAgain} keeps. */
  wasRight({ answerSha256 }: OpenChallenge, answer: Answer): boolean {
    return answerSha256?.equals(digestOfAnswer(answer)) ?? false;
  }

  /** Opens a challenge again that was spent, for the same answer once more: what it was for has to be asked in another way. */
  async acceptAgain(open: OpenChallenge, answer: Answer): Promise<void> {
    await this.store.reopen({ ...open, answerSha256: digestOfAnswer(answer) });
  }

  /** Whether the secret is still the one that was found right when the challenge was given out. */
  isOfSecret({ secretSha256 }: OpenChallenge, authHash: string): boolean {
    return secretSha256?.equals(digestOf(authHash)) ?? false;
  }

  private async kindsOf(accountId: AccountId): Promise<FactorKind[]> {
    const lasting = await this.factors.kinds(accountId);
    if (lasting.size === 0) return [];
    return (await this.codes.left(accountId)) > 0 ? [...lasting, 'recovery_code'] : [...lasting];
  }

  private async open(
    purpose: Purpose,
    whose: { accountId: AccountId | null; secretSha256: Buffer | null },
  ): Promise<string> {
    const challenge = randomBytes(CHALLENGE_BYTES).toString('base64url');
    const at = this.clock.now();
    const expiresAt = new Date(at.getTime() + DURATIONS.mfaChallengeSeconds * 1000);
    await this.store.open({ sha256: keyOf(challenge, purpose), ...whose, at, expiresAt });
    return challenge;
  }
}

/** The challenge is 256 random bits: one round keeps it, and what it is bound to, from being guessed. */
function keyOf(challenge: string, { for: what, boundTo }: Purpose): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([LABEL, what, challenge, ...boundTo]))
    .digest();
}

/** With the challenge in it, 256 random bits, so that nobody who reads it finds the code. */
function digestOfAnswer({ challenge, proof }: Answer): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([LABEL, 'answer', challenge, proof]))
    .digest();
}

function digestOf(authHash: string): Buffer {
  return createHash('sha256').update(authHash).digest();
}

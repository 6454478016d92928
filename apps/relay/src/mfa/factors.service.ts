import { Injectable } from '@nestjs/common';
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import type { DeviceId, FactorId } from '#protocol';
import { v7 } from 'uuid';
import { ChangesService } from '../changes/index.js';
import { Clock } from '../platform/clock/clock.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { Limiter } from '../platform/limits/limiter.js';
import { Log } from '../platform/logging/log.js';
import { ChallengesService, type Purpose } from './challenges.service.js';
import type { Attestation, Factor } from './factor.js';
import { type Added, FactorsStore } from './factors.store.js';
import { PasskeysService } from './passkeys.service.js';
import { ProofsService } from './proofs.service.js';
import { type FreshCodes, RecoveryCodesService } from './recovery-codes.service.js';
import { RecoveryCodesStore } from './recovery-codes.store.js';
import { ShownFactorsStore } from './shown-factors.store.js';
import { StepUp } from './step-up.service.js';
import { newTotpSecret, sealTotpSecret, totpUri } from './totp.js';
import { type TrustedDevice, TrustedDevicesStore } from './trusted-devices.store.js';

/** All there is about the second factors of an account. */
export interface MfaState {
  readonly factors: readonly Factor[];
  readonly recoveryCodesLeft: number;
  readonly trustedDevices: readonly TrustedDevice[];
}

/** An authenticator app that waits for its first code. */
export interface BegunTotp {
  readonly id: FactorId;
  /** base32 */
  readonly secret: string;
  readonly uri: string;
}

export interface AddedFactor {
  readonly factor: Factor;
  /** Shown this once; `undefined` where the account had some. */
  readonly recoveryCodes: string[] | undefined;
}

/** What a person does with their own second factors. */
@Injectable()
export class FactorsService {
  constructor(
    private readonly factors: FactorsStore,
    private readonly shown: ShownFactorsStore,
    private readonly codes: RecoveryCodesStore,
    private readonly freshCodes: RecoveryCodesService,
    private readonly trusted: TrustedDevicesStore,
    private readonly stepUp: StepUp,
    private readonly challenges: ChallengesService,
    private readonly proofs: ProofsService,
    private readonly passkeys: PasskeysService,
    private readonly changes: ChangesService,
    private readonly limiter: Limiter,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async state({ accountId }: Caller): Promise<MfaState> {
    return {
      factors: await this.factors.list(accountId),
      recoveryCodesLeft: await this.codes.left(accountId),
      trustedDevices: await this.trusted.list(accountId, this.clock.now()),
    };
  }

  /** Begins an authenticator app; it counts once a code of it has come. @throws {InvalidCredentials} @throws {MfaRequired} */
  async beginTotp(caller: Caller, authKey: Buffer, name: string): Promise<BegunTotp> {
    const { accountId, username } = caller;
    await this.stepUp.confirm(caller, authKey);
    const at = this.clock.now();
    const id = v7({ msecs: at.getTime() }) as FactorId;
    const secret = newTotpSecret();
    const secretSealed = sealTotpSecret(this.proofs.sealingKey, { id, accountId }, secret);
    await this.factors.begin(accountId, { id, name, secretSealed, at });
    return { id, secret, uri: totpUri(secret, { username, host: this.passkeys.rpId }) };
  }

  /** @throws {NotFound} @throws {InvalidMfaCode} @throws {FactorLimitReached} @throws {RateLimited} */
  async confirmTotp(caller: Caller, id: FactorId, code: string): Promise<AddedFactor> {
    const { accountId, sessionId } = caller;
    await this.limiter.take('mfaCode', sessionId);
    const pending = await this.shown.pendingTotp(accountId, id);
    if (pending === undefined) throw new NotFound('second factor');
    const step = await this.proofs.firstStep(accountId, pending, code);
    return this.added(caller, (codes) => this.factors.confirm(caller, { id, step, at: this.clock.now(), codes }));
  }

  /** What a browser needs to make a passkey. @throws {InvalidCredentials} @throws {MfaRequired} @throws {RateLimited} */
  async beginPasskey(caller: Caller, authKey: Buffer): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const { accountId, sessionId } = caller;
    await this.stepUp.confirm(caller, authKey);
    const challenge = await this.challenges.askNewPasskey(newPasskey(caller), { accountId, subject: sessionId });
    return this.passkeys.creation(challenge, caller, await this.shown.passkeysOf(accountId));
  }

  /** @throws {InvalidMfaChallenge} @throws {InvalidMfaCode} @throws {FactorLimitReached} @throws {PasskeyTaken} @throws {RateLimited} */
  async addPasskey(
    caller: Caller,
    { challenge, name, attestation }: { challenge: string; name: string; attestation: Attestation },
  ): Promise<AddedFactor> {
    const { sessionId } = caller;
    const open = await this.challenges.attempt(challenge, newPasskey(caller), () => sessionId);
    const made = await this.passkeys.made(attestation, challenge);
    await this.challenges.spend(open);
    const at = this.clock.now();
    const id = v7({ msecs: at.getTime() }) as FactorId;
    return this.added(caller, (codes) => this.factors.addPasskey(caller, { id, name, ...made, at, codes }));
  }

  /** @throws {InvalidCredentials} @throws {MfaRequired} @throws {NotFound} */
  async remove(caller: Caller, authKey: Buffer, id: FactorId): Promise<void> {
    await this.stepUp.confirm(caller, authKey);
    this.changes.announce(await this.factors.remove(caller, id, this.clock.now()));
    this.log.info('second factor removed');
  }

  /** Fresh recovery codes, in place of all earlier ones. @throws {InvalidCredentials} @throws {MfaRequired} @throws {NotFound} without a factor. */
  async renewCodes(caller: Caller, authKey: Buffer): Promise<string[]> {
    await this.stepUp.confirm(caller, authKey);
    if ((await this.factors.list(caller.accountId)).length === 0) throw new NotFound('second factor');
    const { texts, hashed } = await this.freshCodes.fresh();
    this.changes.announce(await this.codes.renew(caller, hashed, this.clock.now()));
    return texts;
  }

  /** Has a device be asked again. That makes nothing easier, so nothing is asked for it. @throws {NotFound} */
  async untrust(caller: Caller, deviceId: DeviceId): Promise<void> {
    this.changes.announce(await this.trusted.remove(caller, deviceId, this.clock.now()));
  }

  private async added(
    { accountId }: Caller,
    add: (codes: FreshCodes['hashed'] | undefined) => Promise<Added>,
  ): Promise<AddedFactor> {
    const fresh = await this.freshCodes.freshIfNone(accountId);
    const { factor, changes } = await add(fresh?.hashed);
    this.log.info('second factor added');
    this.changes.announce(changes);
    return { factor, recoveryCodes: fresh?.texts };
  }
}

function newPasskey({ accountId, sessionId }: Caller): Purpose {
  return { for: 'new_passkey', boundTo: [accountId, sessionId] };
}

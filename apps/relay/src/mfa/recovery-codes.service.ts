import { Injectable } from '@nestjs/common';
import type { AccountId } from '#protocol';
import { SecretHasher } from '../accounts/index.js';
import { newRecoveryCodes, type RecoveryCode, slotOf } from './recovery-codes.js';
import { type HashedCode, RecoveryCodesStore } from './recovery-codes.store.js';

/** Codes as they are shown, once, and as they are kept. */
export interface FreshCodes {
  readonly texts: string[];
  readonly hashed: HashedCode[];
}

/** Makes and checks the codes that stand in for a lost second factor. */
@Injectable()
export class RecoveryCodesService {
  constructor(
    private readonly store: RecoveryCodesStore,
    private readonly hasher: SecretHasher,
  ) {}

  /** One hash after the other: sign-ins are waiting for the same few places. @throws {Unavailable} */
  async fresh(): Promise<FreshCodes> {
    const codes = newRecoveryCodes();
    const hashed: HashedCode[] = [];
    for (const code of codes) hashed.push(await this.hashed(code));
    return { texts: codes.map(({ text }) => text), hashed };
  }

  /** For an account that has none left. */
  async freshIfNone(accountId: AccountId): Promise<FreshCodes | undefined> {
    return (await this.store.left(accountId)) === 0 ? this.fresh() : undefined;
  }

  /** Spends a code; whether it was one of the account's, and not spent before. @throws {Unavailable} */
  async spend(accountId: AccountId, code: string, at: Date): Promise<boolean> {
    const slot = slotOf(code);
    const hash = await this.store.hash(accountId, slot);
    if (hash === undefined || !(await this.hasher.matches(hash, Buffer.from(code)))) return false;
    return this.store.spend(accountId, { slot, hash }, at);
  }

  private async hashed({ slot, text }: RecoveryCode): Promise<HashedCode> {
    return { slot, hash: await this.hasher.hash(Buffer.from(text)) };
  }
}

import { Injectable } from '@nestjs/common';
import { AccountsService, type Asker } from '../accounts/index.js';
import { byOwner } from '../audit/index.js';
import { ChangesService } from '../changes/index.js';
import { StepUp } from '../mfa/index.js';
import { Clock } from '../platform/clock/clock.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { type Page, pageOf } from '../platform/http/page.js';
import { Limiter } from '../platform/limits/limiter.js';
import {
  fingerprintOf,
  hasSigned,
  type IdentityKey,
  isSameKey,
  isWellFormed,
  type KeyLink,
  linkAfter,
  type PublicKey,
} from './identity-key.js';
import { KeyNotWellFormed, KeyProofMissing, KeySignatureInvalid, StaleKeyVersion } from './keys.errors.js';
import { KeysStore } from './keys.store.js';

/** What entitles the caller to replace the current key. */
export type KeyProof =
  | { readonly kind: 'none' }
  | { readonly kind: 'signature'; readonly signature: Buffer }
  | { readonly kind: 'reset'; readonly authKey: Buffer };

export interface KeyDraft extends PublicKey {
  /** The version to be replaced; absent for the first key. */
  readonly version: number | undefined;
  readonly proof: KeyProof;
}

/** A key and whose it is. */
export interface OwnedKey {
  readonly username: string;
  readonly key: IdentityKey;
}

export interface HistoryRequest {
  /** 0 for the whole history. */
  readonly after: number;
  readonly limit: number;
}

/** The long-term identity keys of accounts. */
@Injectable()
export class KeysService {
  constructor(
    private readonly keys: KeysStore,
    private readonly accounts: AccountsService,
    private readonly stepUp: StepUp,
    private readonly changes: ChangesService,
    private readonly limiter: Limiter,
    private readonly clock: Clock,
  ) {}

  /** Uploads the first key or replaces the current one. The current key again changes nothing, so a retry is safe. */
  async upload(caller: Caller, draft: KeyDraft): Promise<OwnedKey> {
    if (!isWellFormed(draft)) throw new KeyNotWellFormed();
    const current = await this.keys.current(caller.accountId);
    if (current !== undefined && isSameKey(current, draft)) return { username: caller.username, key: current };
    await this.limiter.take('identityKeys', caller.accountId);
    if (draft.version !== current?.version) throw new StaleKeyVersion();
    const link = linkAfter(current, caller.accountId, draft);
    const signature = await this.prove(caller, { current, link, proof: draft.proof });
    return { username: caller.username, key: await this.append(caller, link, signature) };
  }

  async own(caller: Caller): Promise<OwnedKey> {
    const key = await this.keys.current(caller.accountId);
    if (key === undefined) throw new NotFound('identity key');
    return { username: caller.username, key };
  }

  /** @throws {NotFound} in the same words for no such user and for no key yet: which of the two is nobody's business. */
  async find(asker: Asker, username: string): Promise<OwnedKey> {
    const account = await this.accounts.find(asker, username);
    const key = await this.keys.current(account.id);
    if (key === undefined) throw new NotFound('user');
    return { username, key };
  }

  /** A page of the keys after a version, oldest first. @throws {NotFound} as {@link find} does. */
  async history(asker: Asker, username: string, { after, limit }: HistoryRequest): Promise<Page<OwnedKey>> {
    const account = await this.accounts.find(asker, username);
    const keys = await this.keys.history(account.id, after, limit + 1);
    if (keys.length === 0 && after === 0) throw new NotFound('user');
    const owned = keys.map((key) => ({ username, key }));
    return pageOf(owned, limit, ({ key }) => [key.version]);
  }

  /** The signature to be kept with the link, or null where another proof stands for it. */
  private async prove(
    caller: Caller,
    { current, link, proof }: { current: KeyLink | undefined; link: KeyLink; proof: KeyProof },
  ): Promise<Buffer | null> {
    if (proof.kind === 'signature') {
      if (current === undefined || !hasSigned(current, link, proof.signature)) throw new KeySignatureInvalid();
      return proof.signature;
    }
    if (current === undefined) return null;
    if (proof.kind === 'none') throw new KeyProofMissing();
    await this.stepUp.confirm(caller, proof.authKey);
    return null;
  }

  private async append(caller: Caller, link: KeyLink, signature: Buffer | null): Promise<IdentityKey> {
    const at = this.clock.now();
    const key: IdentityKey = { ...link, fingerprint: fingerprintOf(link), signature, createdAt: at };
    const changes = await this.keys.append(key, byOwner(caller, eventKindOf(key), at));
    if (changes === undefined) return this.winner(link);
    this.changes.announce(changes);
    return key;
  }

  /** After losing a race: no harm done if the winner uploaded the same key, as a retry that overtook itself does. */
  private async winner(link: KeyLink): Promise<IdentityKey> {
    const current = await this.keys.current(link.accountId);
    if (current === undefined || !isSameKey(current, link)) throw new StaleKeyVersion();
    return current;
  }
}

function eventKindOf({ version, signature }: IdentityKey) {
  if (version === 1) return 'identity_key_set';
  return signature === null ? 'identity_key_reset' : 'identity_key_replaced';
}

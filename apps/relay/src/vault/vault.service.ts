import { Injectable } from '@nestjs/common';
import { VAULT_RECOVERY_ROOT, VAULT_ROOT, type VaultName } from '#protocol';
import { ChangesService } from '../changes/index.js';
import { Clock } from '../platform/clock/clock.js';
import { Forbidden, NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { Limiter } from '../platform/limits/limiter.js';
import { VaultStore } from './vault.store.js';
import type { VaultEntry, VaultItem, VaultVersion } from './vault-item.js';

/** The caller's own vault. There is no way to name anybody else's. */
@Injectable()
export class VaultService {
  constructor(
    private readonly vault: VaultStore,
    private readonly changes: ChangesService,
    private readonly limiter: Limiter,
    private readonly clock: Clock,
  ) {}

  async list(caller: Caller, page: { after: string; limit: number }): Promise<VaultEntry[]> {
    return this.vault.list(caller.accountId, page);
  }

  /** @throws {NotFound} also for a deleted one. */
  async find(caller: Caller, name: VaultName): Promise<VaultItem> {
    const item = await this.vault.find({ accountId: caller.accountId, name });
    if (item === undefined) throw new NotFound('blob');
    return item;
  }

  /** @throws {PreconditionFailed} @throws {VaultFull} @throws {Forbidden} for what is written with the secret only. */
  async put(caller: Caller, name: VaultName, content: { body: Buffer; replaces: number }): Promise<VaultVersion> {
    // Whoever has no more than a session must not take the owner's vault away by overwriting what opens it.
    if (name === VAULT_RECOVERY_ROOT || (name === VAULT_ROOT && content.replaces !== 0)) throw reserved();
    return this.write(caller, name, content);
  }

  /** @throws {PreconditionFailed} @throws {Forbidden} */
  async remove(caller: Caller, name: VaultName, replaces: number): Promise<void> {
    if (name === VAULT_RECOVERY_ROOT || name === VAULT_ROOT) throw reserved();
    await this.write(caller, name, { body: null, replaces });
  }

  private async write(
    { accountId }: Caller,
    name: VaultName,
    content: { body: Buffer | null; replaces: number },
  ): Promise<VaultVersion> {
    await this.limiter.take('vault', accountId);
    const { changes, ...written } = await this.vault.write({ accountId, name, ...content, at: this.clock.now() });
    this.changes.announce(changes);
    return written;
  }
}

function reserved(): Forbidden {
  return new Forbidden('This blob changes together with the secret that opens it, and not by itself.');
}

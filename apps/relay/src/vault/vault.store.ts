import { Injectable } from '@nestjs/common';
import { type AccountId, VAULT_ROOT, type VaultName } from '#protocol';
import type { EntityManager } from 'typeorm';
import { type Change, ChangesStore } from '../changes/index.js';
import { Database } from '../platform/database/database.js';
import { Quotas } from '../platform/limits/quotas.js';
import { PreconditionFailed, RootNeeded, StaleRoot, VaultFull } from './vault.errors.js';
import type { RootReplacement, VaultEntry, VaultItem, VaultPlace, VaultVersion, VaultWrite } from './vault-item.js';

interface ItemRow {
  readonly name: string;
  readonly version: string;
  readonly body: Buffer | null;
  readonly updated_at: Date;
}

type EntryRow = Omit<ItemRow, 'body'> & { readonly bytes: number };

interface Current extends VaultVersion {
  readonly body: Buffer | null;
}

/** What is there before a name was ever used. */
const NEVER: Current = { version: 0, body: null, updatedAt: new Date(0) };

/** The blobs of accounts. Whatever writes holds the account's row first, so that of two writes one comes second. */
@Injectable()
export class VaultStore {
  constructor(
    private readonly database: Database,
    private readonly changes: ChangesStore,
    private readonly quotas: Quotas,
  ) {}

  /** The live blobs after a name, in the order of their bytes. */
  async list(accountId: AccountId, page: { after: string; limit: number }): Promise<VaultEntry[]> {
    const rows = await this.database.query<EntryRow>(
      `SELECT name, version, octet_length(body) AS bytes, updated_at FROM vault_items
       WHERE account_id = $1 AND name > $2 AND body IS NOT NULL ORDER BY name LIMIT $3`,
      [accountId, page.after, page.limit],
    );
    return rows.map((row) => ({ ...versionOf(row), name: row.name as VaultName, bytes: row.bytes }));
  }

  /** A live blob. */
  async find(place: VaultPlace): Promise<VaultItem | undefined> {
    const { body, ...current } = await this.current(this.database.manager, place);
    return body === null ? undefined : { ...current, name: place.name, body };
  }

  /**
   * Writes or deletes a blob, if the version it replaces is the current one. The same again, after a lost reply, changes
   * nothing and has the same answer. @throws {PreconditionFailed} @throws {VaultFull}
   */
  async write(write: VaultWrite): Promise<VaultVersion & { changes: Change[] }> {
    return this.database.transaction(async (manager) => {
      // An account that was deleted meanwhile has no versions any more, and is to get none.
      if (!(await holdsAccount(manager, write.accountId))) throw new PreconditionFailed(0);
      const current = await this.current(manager, write);
      if (isDone(current, write)) return { ...current, changes: [] };
      if (current.version !== write.replaces) throw new PreconditionFailed(current.version);
      await this.demandRoom(manager, write);
      const written = await this.put(manager, write);
      return { ...written, changes: await this.note(manager, write.accountId) };
    });
  }

  /**
   * Replaces the root within the change of what it lies under. The caller's transaction holds the account's row.
   * @throws {RootNeeded} when there is a root and none that replaces it. @throws {StaleRoot}
   */
  async replaceRoot(
    manager: EntityManager,
    { accountId, root, at }: { accountId: AccountId; root: RootReplacement | undefined; at: Date },
  ): Promise<Change[]> {
    const place = { accountId, name: VAULT_ROOT };
    const current = await this.current(manager, place);
    if (root === undefined && current.version === 0) return [];
    if (root === undefined) throw new RootNeeded();
    if (current.version !== root.replaces) throw new StaleRoot(current.version);
    await this.put(manager, { ...place, body: root.body, at });
    return this.note(manager, accountId);
  }

  /** Puts what only the relay puts, over whatever is there. The caller's transaction holds the account's row, and notes the change. */
  async put(
    manager: EntityManager,
    { accountId, name, body, at }: Omit<VaultWrite, 'replaces'>,
  ): Promise<VaultVersion> {
    const rows = await manager.query<ItemRow[]>(
      `INSERT INTO vault_items AS v (account_id, name, version, body, updated_at) VALUES ($1, $2, 1, $3, $4)
       ON CONFLICT (account_id, name)
       DO UPDATE SET version = v.version + 1, body = excluded.body, updated_at = excluded.updated_at
       RETURNING version, updated_at`,
      [accountId, name, body, at],
    );
    return rows.map(versionOf)[0] ?? NEVER;
  }

  async note(manager: EntityManager, accountId: AccountId): Promise<Change[]> {
    return this.changes.note(manager, [accountId], 'vault', accountId);
  }

  /** Erases all of an account, versions included. */
  async erase(manager: EntityManager, accountId: AccountId): Promise<void> {
    await manager.query('DELETE FROM vault_items WHERE account_id = $1', [accountId]);
  }

  private async current(manager: EntityManager, { accountId, name }: VaultPlace): Promise<Current> {
    const rows = await manager.query<ItemRow[]>(
      'SELECT version, body, updated_at FROM vault_items WHERE account_id = $1 AND name = $2',
      [accountId, name],
    );
    return rows.map((row) => ({ ...versionOf(row), body: row.body }))[0] ?? NEVER;
  }

  /** Deleted names count: their versions are kept, and names without end would be, too. */
  private async demandRoom(manager: EntityManager, { accountId, name, body }: VaultWrite): Promise<void> {
    if (body === null) return;
    const [others] = await manager.query<{ names: string; bytes: string }[]>(
      `SELECT count(*) AS names, coalesce(sum(octet_length(body)), 0) AS bytes FROM vault_items
       WHERE account_id = $1 AND name <> $2`,
      [accountId, name],
    );
    const [names, bytes] = [this.quotas.of('vaultNamesPerAccount'), this.quotas.of('vaultBytesPerAccount')];
    if (Number(others?.names) + 1 > names || Number(others?.bytes) + body.length > bytes)
      throw new VaultFull(names, bytes);
  }
}

async function holdsAccount(manager: EntityManager, accountId: AccountId): Promise<boolean> {
  const sql = `SELECT 1 FROM accounts WHERE id = $1 AND status = 'active' FOR NO KEY UPDATE`;
  return (await manager.query<unknown[]>(sql, [accountId])).length > 0;
}

/** Whether the write has been done before, or there is nothing left to delete. */
function isDone(current: Current, { replaces, body }: VaultWrite): boolean {
  if (current.version === 0) return false;
  if (body === null) return current.body === null && [replaces, replaces + 1].includes(current.version);
  return current.version === replaces + 1 && current.body?.equals(body) === true;
}

function versionOf({ version, updated_at: updatedAt }: Pick<ItemRow, 'version' | 'updated_at'>): VaultVersion {
  return { version: Number(version), updatedAt };
}

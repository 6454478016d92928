import { Injectable } from '@nestjs/common';
import type { AccountChange, AccountId } from '#protocol';
import type { EntityManager } from 'typeorm';

/** One thing that changed outside the logs, for one account. */
export interface Change {
  readonly accountId: AccountId;
  readonly revision: number;
  readonly what: AccountChange;
  /** Id of what changed: an account or a conversation, as docs/protocol.md says for each `what`. */
  readonly subject: string;
}

interface Noted {
  readonly account: AccountId;
  readonly revision: string;
}

interface ChangesAfter {
  readonly accountId: AccountId;
  readonly revision: number;
  readonly limit: number;
}

interface ChangeRow {
  readonly revision: string;
  readonly what: AccountChange;
  readonly subject: string;
}

@Injectable()
export class ChangesStore {
  /** Notes a change within a transaction. To be its last statement: it locks the accounts until the commit. */
  async note(
    manager: EntityManager,
    accounts: readonly AccountId[],
    what: AccountChange,
    subject: string,
  ): Promise<Change[]> {
    if (accounts.length === 0) return [];
    const rows = await manager.query<Noted[]>('SELECT account, revision FROM note_changes($1, $2, $3)', [
      [...new Set(accounts)],
      what,
      subject,
    ]);
    return rows.map(({ account, revision }) => ({ accountId: account, revision: Number(revision), what, subject }));
  }

  /** The changes after a revision, oldest first. */
  async since(manager: EntityManager, { accountId, revision, limit }: ChangesAfter): Promise<Change[]> {
    const rows = await manager.query<ChangeRow[]>(
      'SELECT revision, what, subject FROM account_changes WHERE account_id = $1 AND revision > $2 ORDER BY revision LIMIT $3',
      [accountId, revision, limit],
    );
    return rows.map((row) => ({ accountId, revision: Number(row.revision), what: row.what, subject: row.subject }));
  }
}

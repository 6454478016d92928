import { Injectable } from '@nestjs/common';
import type { AccountId } from '#protocol';
import type { EntityManager } from 'typeorm';
import { type Change, ChangesStore } from '../changes/index.js';
import { Database } from '../platform/database/database.js';
import { type AfterCommit, BlockObservers } from './block-observers.store.js';
import type { Admission, Contact, ContactDecision, ContactState } from './contact.js';

interface ContactRow {
  readonly id: AccountId;
  readonly username: string;
  readonly display_name: string;
  readonly state: string;
  readonly changed_at: Date;
}

interface AdmissionRow {
  readonly id: AccountId;
  readonly privacy: string;
  readonly accepted: boolean;
  readonly blocked: boolean;
}

/** What a block changed, and what is left to do after its commit. */
export interface BlockResult {
  readonly changes: Change[];
  readonly afterCommit: readonly AfterCommit[];
}

/**
 * What accounts decided about each other. Lock order of every transaction that touches it: admission locks, then the
 * conversation, then contacts, then accounts (by noting changes).
 */
@Injectable()
export class ContactsStore {
  constructor(
    private readonly database: Database,
    private readonly changes: ChangesStore,
    private readonly observers: BlockObservers,
  ) {}

  /** Contacts with a living account, by name. */
  async list(owner: AccountId, afterUsername: string, limit: number): Promise<Contact[]> {
    const rows = await this.database.query<ContactRow>(
      `SELECT a.id, a.username, a.display_name, c.state, c.changed_at FROM contacts c JOIN accounts a ON a.id = c.peer_id
       WHERE c.account_id = $1 AND a.status = 'active' AND a.username COLLATE "C" > $2
       ORDER BY a.username COLLATE "C" LIMIT $3`,
      [owner, afterUsername, limit],
    );
    return rows.map(toContact);
  }

  async byUsername(owner: AccountId, username: string): Promise<Contact | undefined> {
    const [row] = await this.database.query<ContactRow>(
      `SELECT a.id, a.username, a.display_name, c.state, c.changed_at FROM contacts c JOIN accounts a ON a.id = c.peer_id
       WHERE c.account_id = $1 AND a.username = $2 AND a.status = 'active'`,
      [owner, username],
    );
    return row === undefined ? undefined : toContact(row);
  }

  /** Accepts whoever was blocked, too: this is the owner speaking. */
  async add(decision: ContactDecision): Promise<Change[]> {
    return this.database.transaction(async (manager) => this.decide(manager, decision, 'accepted'));
  }

  /** Blocks, and ends what the block ends in other features, in one transaction. */
  async block(block: ContactDecision): Promise<BlockResult> {
    return this.database.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [block.owner]);
      const afterCommit = await this.observers.run(manager, block);
      return { changes: await this.decide(manager, block, 'blocked'), afterCommit };
    });
  }

  /** Forgets the decision, also one about an account that was deleted since. */
  async remove(owner: AccountId, username: string): Promise<Change[]> {
    return this.database.transaction(async (manager) => {
      const rows = await manager.query<[{ peer_id: AccountId }[], number]>(
        `DELETE FROM contacts c USING accounts a
         WHERE c.account_id = $1 AND a.id = c.peer_id AND a.username = $2 RETURNING c.peer_id`,
        [owner, username],
      );
      const [removed] = rows[0];
      return removed === undefined ? [] : this.changes.note(manager, [owner], 'contacts', removed.peer_id);
    });
  }

  /**
   * Makes somebody an accepted contact because the owner wrote to them or took their invitation; never undoes a block.
   * Says whether that is news, of which the caller then notes the 'contacts' change: last, after the changes it notes for
   * more accounts (the accounts' row locks must be taken in one order).
   */
  async accept(manager: EntityManager, { owner, peer, at }: ContactDecision): Promise<boolean> {
    if (owner === peer) return false;
    const rows = await manager.query<unknown[]>(
      `INSERT INTO contacts (account_id, peer_id, state, changed_at) VALUES ($1, $2, 'accepted', $3)
       ON CONFLICT DO NOTHING RETURNING peer_id`,
      [owner, peer, at],
    );
    return rows.length > 0;
  }

  /**
   * How `by` may bring each of the accounts into a conversation. Within a transaction, and before the conversation is
   * locked: it holds off blocks by any of them until the commit, so that no block can slip between the look and the deed.
   */
  async admissions(
    manager: EntityManager,
    by: AccountId,
    accounts: readonly AccountId[],
  ): Promise<Map<AccountId, Admission>> {
    // Lock first, then look: a statement of its own, whose successor sees what was committed before the locks were granted.
    await manager.query(
      `SELECT pg_advisory_xact_lock_shared(hashtextextended(o.id, 0))
       FROM (SELECT DISTINCT id FROM unnest($1::text[]) AS u (id) ORDER BY id) o`,
      [[by, ...accounts]],
    );
    const rows = await manager.query<AdmissionRow[]>(
      `SELECT a.id, a.privacy, coalesce(theirs.state = 'accepted', false) AS accepted,
              coalesce(theirs.state = 'blocked', false) OR coalesce(mine.state = 'blocked', false) AS blocked
       FROM accounts a
       LEFT JOIN contacts theirs ON theirs.account_id = a.id AND theirs.peer_id = $1
       LEFT JOIN contacts mine ON mine.account_id = $1 AND mine.peer_id = a.id
       WHERE a.id = ANY ($2::uuid[]) AND a.status = 'active'`,
      [by, [...accounts]],
    );
    const found = new Map(rows.map((row) => [row.id, toAdmission(row)]));
    return new Map(accounts.map((id) => [id, id === by ? 'joined' : (found.get(id) ?? 'refused')]));
  }

  async isBlocked(manager: EntityManager | null, owner: AccountId, peer: AccountId): Promise<boolean> {
    const rows = await (manager ?? this.database.manager).query<unknown[]>(
      `SELECT 1 FROM contacts WHERE account_id = $1 AND peer_id = $2 AND state = 'blocked'`,
      [owner, peer],
    );
    return rows.length > 0;
  }

  private async decide(
    manager: EntityManager,
    { owner, peer, at }: ContactDecision,
    state: ContactState,
  ): Promise<Change[]> {
    const rows = await manager.query<unknown[]>(
      `INSERT INTO contacts AS c (account_id, peer_id, state, changed_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (account_id, peer_id) DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at
       WHERE c.state <> excluded.state RETURNING peer_id`,
      [owner, peer, state, at],
    );
    return rows.length === 0 ? [] : this.changes.note(manager, [owner], 'contacts', peer);
  }
}

function toContact(row: ContactRow): Contact {
  return {
    accountId: row.id,
    username: row.username,
    displayName: row.display_name,
    state: row.state === 'accepted' ? 'accepted' : 'blocked',
    changedAt: row.changed_at,
  };
}

function toAdmission({ privacy, accepted, blocked }: AdmissionRow): Admission {
  if (blocked) return 'refused';
  return privacy === 'everyone' || accepted ? 'joined' : 'invited';
}

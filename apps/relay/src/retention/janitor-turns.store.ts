import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';

/** Of the pair kind, whose keys no other lock of ours has but that of the audit log, beside this one. */
const JANITOR_LOCK = [7_325_641, 2] as const;

/** One janitor of all relays works at a time, a transaction each turn. */
@Injectable()
export class JanitorTurnsStore {
  constructor(private readonly database: Database) {}

  /** Does some work, unless another janitor has its turn: then the answer is undefined. */
  async take<T>(work: (manager: EntityManager) => Promise<T>): Promise<T | undefined> {
    return this.database.transaction(async (manager) => {
      const [turn] = await manager.query<{ granted: boolean }[]>(
        'SELECT pg_try_advisory_xact_lock($1, $2) AS granted',
        [...JANITOR_LOCK],
      );
      if (turn?.granted !== true) return undefined;
      // What a crash undoes is done again; so nobody who sends has to share the disk with it, commit by commit.
      await manager.query('SET LOCAL synchronous_commit = off');
      return work(manager);
    });
  }
}

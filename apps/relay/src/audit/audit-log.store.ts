import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import type { AuditEvent } from './audit-event.js';

const APPEND = 'SELECT append_audit_event($1, $2, $3, $4, $5, $6, $7, $8)';

/** Where features put down what concerns somebody's security. There is no statement here, or anywhere, that changes a record. */
@Injectable()
export class AuditLog {
  constructor(@Inject(Database) private readonly database: Pick<Database, 'query'>) {}

  /**
   * Puts down events within the transaction that they tell of: either both are there or neither. To be called last in it:
   * one transaction at a time can do this, and whoever is next waits until it ends.
   */
  async append(manager: EntityManager, ...events: readonly AuditEvent[]): Promise<void> {
    for (const event of events) await manager.query(APPEND, parametersOf(event));
  }

  /** Puts down an event that no other change belongs to. */
  async record(event: AuditEvent): Promise<void> {
    await this.database.query(APPEND, parametersOf(event));
  }
}

function parametersOf({ at, kind, actor, accountId, deviceId, sessionId, subjectId, count }: AuditEvent): unknown[] {
  return [at, kind, actor, accountId, deviceId, sessionId, subjectId, count].map((value) => value ?? null);
}

import { Injectable } from '@nestjs/common';
import type { Caller } from '../platform/http/caller.js';
import { Limiter } from '../platform/limits/limiter.js';
import type { AuditRecord, NamedAuditRecord } from './audit-event.js';
import { AuditReader, type AuditSearch } from './audit-reader.store.js';

/** What the audit log says of an account, for its owner; and of all, for admins. */
@Injectable()
export class AuditService {
  constructor(
    private readonly reader: AuditReader,
    private readonly limiter: Limiter,
  ) {}

  async list({ accountId }: Caller, page: { before: number | undefined; limit: number }): Promise<AuditRecord[]> {
    return this.reader.ofAccount(accountId, page);
  }

  /** Of everybody, or of whom a name belongs to. That an admin asks was seen to before. */
  async listAll(search: AuditSearch): Promise<NamedAuditRecord[]> {
    return this.reader.ofAll(search);
  }

  /** All of it, oldest first, read as it is taken. @throws {RateLimited} */
  async export({ accountId }: Caller): Promise<AsyncIterable<AuditRecord>> {
    await this.limiter.take('auditExports', accountId);
    const records = this.reader.every(accountId);
    // Before the answer begins, so that what goes wrong at once is told.
    const first = await records.next();
    return first.done === true ? records : startingWith(first.value, records);
  }
}

async function* startingWith<Item>(first: Item, rest: AsyncIterable<Item>): AsyncGenerator<Item> {
  yield first;
  yield* rest;
}

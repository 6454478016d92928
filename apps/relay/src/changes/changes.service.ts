import { Injectable } from '@nestjs/common';
import { Delivery } from '../delivery/index.js';
import type { Change } from './changes.store.js';

/** Tells connected devices what changed outside the logs, once it is committed. */
@Injectable()
export class ChangesService {
  constructor(private readonly delivery: Delivery) {}

  announce(changes: readonly Change[]): void {
    for (const { accountId, revision, what, subject } of changes)
      this.delivery.push('account:changed', { revision, what, subject }, { accounts: [accountId] });
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { QUOTA_TABLE, type QuotaId } from './quota-table.js';

/** The quotas in force: the table's, or their overrides. */
@Injectable()
export class Quotas {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  of(id: QuotaId): number {
    return this.config.QUOTAS[id] ?? QUOTA_TABLE[id];
  }
}

import { Injectable } from '@nestjs/common';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import { DatabaseStatus } from '../platform/database/database-status.js';

/** The database as terminus wants to hear of it. */
@Injectable()
export class DatabaseHealth {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly status: DatabaseStatus,
  ) {}

  async isReachable(): Promise<HealthIndicatorResult> {
    const check = this.indicators.check('database');
    return (await this.status.isReachable()) ? check.up() : check.down();
  }

  async isMigrated(): Promise<HealthIndicatorResult> {
    const check = this.indicators.check('migrations');
    return (await this.status.isMigrated()) ? check.up() : check.down();
  }
}

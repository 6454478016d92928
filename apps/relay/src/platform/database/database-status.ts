import { Inject, Injectable } from '@nestjs/common';
import { Metrics } from '../metrics/metrics.js';
import { Database } from './database.js';
import { SCHEMA, type Schema } from './schema.js';

/** Answers for the health checks. */
@Injectable()
export class DatabaseStatus {
  constructor(
    private readonly database: Database,
    @Inject(SCHEMA) private readonly schema: Schema,
    metrics: Metrics,
  ) {
    metrics.gauge({
      name: 'sealpost_database_up',
      help: 'Whether PostgreSQL answers: 1 or 0, asked for each time.',
      read: async () => ((await this.isReachable()) ? 1 : 0),
    });
  }

  async isReachable(): Promise<boolean> {
    return this.database.query('SELECT 1').then(
      () => true,
      () => false,
    );
  }

  /** Whether every migration this build knows has run. */
  async isMigrated(): Promise<boolean> {
    return this.database.query<{ name: string }>('SELECT name FROM migrations').then(
      (rows) => {
        const done = new Set(rows.map(({ name }) => name));
        return this.schema.migrations.every(({ name }) => done.has(name));
      },
      () => false,
    );
  }
}

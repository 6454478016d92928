import { DataSource, type DataSourceOptions, type Logger } from 'typeorm';
import { impatientClient } from './impatient-client.js';
import type { Schema } from './schema.js';

export interface Connection {
  readonly url: string;
  readonly poolSize: number;
  readonly schema: Schema;
  /** 0 waits for ever, as a migration may have to. */
  readonly statementTimeoutMs?: number;
}

/** The TypeORM data source of the relay; nothing is ever synchronised, the schema is what the migrations made. */
export function dataSourceFor(connection: Connection): DataSource {
  return new DataSource({ ...dataSourceOptions(connection), logger: SILENCE });
}

const nothing = (): void => undefined;

/** TypeORM would print failed migrations past our log, with what PostgreSQL says of them: values of rows, maybe. */
const SILENCE: Logger = {
  logQuery: nothing,
  logQueryError: nothing,
  logQuerySlow: nothing,
  logSchemaBuild: nothing,
  logMigration: nothing,
  log: nothing,
};

export function dataSourceOptions({
  url,
  poolSize,
  schema,
  statementTimeoutMs = 5_000,
}: Connection): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities: [...schema.entities],
    migrations: [...schema.migrations],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    installExtensions: false,
    poolSize,
    // Nothing may wait for ever: a frozen database must turn into a 503, not into a pile of requests.
    connectTimeoutMS: 2_000,
    extra: {
      statement_timeout: statementTimeoutMs,
      // A second later than the server gives up by itself.
      ...(statementTimeoutMs === 0 ? {} : { Client: impatientClient(statementTimeoutMs + 1_000) }),
      idle_in_transaction_session_timeout: 10_000,
      keepAlive: true,
      // A new connection plans every statement anew, which costs more than keeping an idle one.
      idleTimeoutMillis: 0,
      application_name: 'sealpost',
    },
  };
}

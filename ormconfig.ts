import { DataSource } from 'typeorm';
import { readConfig } from './apps/relay/src/platform/config/config.js';
import { dataSourceOptions } from './apps/relay/src/platform/database/data-source.js';
import { RELAY_SCHEMA } from './apps/relay/src/schema.js';

const config = readConfig();
const url = config.MIGRATION_DATABASE_URL ?? config.DATABASE_URL ?? '';

/** The data source of TypeORM's command line: `npm run typeorm -- migration:show`. */
export default new DataSource(dataSourceOptions({ url, poolSize: 2, schema: RELAY_SCHEMA, statementTimeoutMs: 0 }));

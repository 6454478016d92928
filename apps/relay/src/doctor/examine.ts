import { attachmentsFolder } from '../attachments/index.js';
import type { Clock } from '../platform/clock/clock.js';
import type { Config } from '../platform/config/config.js';
import type { LentDatabase } from '../platform/database/lent-database.js';
import type { Schema } from '../platform/database/schema.js';
import { Log } from '../platform/logging/log.js';
import { examineAttachments } from './attachments-check.js';
import { examineDatabase } from './database-checks.js';
import { fail, type Finding, reasonOf } from './finding.js';
import { examineDisk, examineVersions } from './machine-checks.js';
import { examinePublicUrl } from './public-url-checks.js';
import { examineRedis } from './redis-check.js';
import { examineSecrets } from './secrets-check.js';

export interface Patient {
  readonly config: Config;
  /** Of JWT_KEYS, if a file of its own holds them. */
  readonly keyFile: string | undefined;
  readonly schema: Schema;
  readonly clock: Clock;
  /** Lends the relay's database. */
  readonly withDatabase: <T>(work: (database: LentDatabase) => Promise<T>) => Promise<T>;
}

/** Looks at everything that a relay stands on, whether it runs or not. Each finding comes as soon as it is known. */
export async function* examine(patient: Patient): AsyncGenerator<Finding> {
  const { config, keyFile, clock } = patient;
  yield examineVersions();
  yield* await examineSecrets(config, keyFile, clock);
  yield* await databaseOf(patient);
  if (config.DATABASE_URL === undefined) yield examineDisk('disk of the database', config.DATA_DIR);
  if (config.S3_BUCKET === undefined) yield examineDisk('disk of attachments', attachmentsFolder(config));
  yield examineAttachments(config, new Log({ LOG_LEVEL: 'silent' }));
  if (config.REDIS_URL !== undefined) yield examineRedis(config.REDIS_URL);
  yield* await examinePublicUrl(config, clock);
}

async function databaseOf({ withDatabase, schema, clock }: Patient): Promise<Finding[]> {
  try {
    return await withDatabase((database) => examineDatabase(database, schema, clock));
  } catch (error) {
    return [fail('database', `cannot be asked: ${reasonOf(error)}`)];
  }
}

import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dataFolderOf } from './cluster.js';
import { applicationUrlOf, startEmbeddedPostgres } from './embedded-postgres.js';
import { findInstanceHolder } from './instance-lock.js';
import { readPostmasterFile } from './postmaster-file.js';
import { readSecrets } from './secrets.js';

interface BorrowedServer {
  /** Holds a password, so not for logs. */
  readonly applicationUrl: string;
  /** Leaves it as it was. */
  leave(): Promise<void>;
}

/** The embedded server of a relay that runs, or else one that is started for as long as it is needed. @throws {Error} when there is no data. */
export async function borrowEmbeddedPostgres(given: string): Promise<BorrowedServer> {
  if (!existsSync(dataFolderOf(given)))
    throw new Error(`there is no database in ${given}; set DATABASE_URL or DATA_DIR`);
  const directory = await realpath(given);
  if ((await findInstanceHolder(directory)) === undefined) {
    const server = await startEmbeddedPostgres({ directory, log: () => undefined });
    return { applicationUrl: server.applicationUrl, leave: () => server.stop() };
  }
  const [secrets, postmaster] = await Promise.all([
    readSecrets(directory),
    readPostmasterFile(dataFolderOf(directory)),
  ]);
  if (secrets === undefined || postmaster?.isReady !== true)
    throw new Error('the database is starting or stopping; try again');
  return { applicationUrl: applicationUrlOf(postmaster.port, secrets), leave: () => Promise.resolve() };
}

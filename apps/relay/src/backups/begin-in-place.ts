import { AuditLog } from '../audit/index.js';
import { occupancyOf } from '../platform/database/copy/fill.js';
import { inOneTransaction } from '../platform/database/lent-database.js';
import { prepareDatabase, withMigrated } from '../platform/database/prepare-database.js';
import { CannotRestore, type RestoreTarget } from './restore-backup.js';
import { beginNewLife } from './restored.store.js';

type Place = Omit<RestoreTarget, 'attachmentsFolder'>;

/**
 * Makes a database that was brought back by other means, from a copy of its server's folder or a snapshot of its disk, the
 * beginning of another life, as restoring a backup does. @throws {CannotRestore}
 */
export async function beginInPlace(place: Place): Promise<void> {
  const { migrations, relays } = await occupancyOf(place.ownerUrl);
  if (relays > 0) throw new CannotRestore('a relay uses this database: stop it first');
  if (migrations.length === 0) throw new CannotRestore('there is no relay in this database');
  const known = place.schema.migrations.map(({ name }) => name);
  const unknown = migrations.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new CannotRestore(`the database is of a newer version of the relay (${unknown}): use that one`);
  await prepareDatabase(place);
  await withMigrated(place, (owner) =>
    inOneTransaction(owner, (statements) => beginNewLife(statements, new AuditLog(statements), place)),
  );
}

import type { AuditLog } from '../audit/index.js';
import type { Statements } from '../platform/database/lent-database.js';

interface Restoring {
  readonly at: Date;
  /** Whether nothing had happened after the backup: the relay only moved. */
  readonly isMove: boolean;
}

/**
 * Makes restored rows the beginning of another life of the database. A backup brings back what must not come back: tokens that
 * were used up since, sessions and trust that were ended, and key packages that were handed out. Which they are, nobody knows any
 * more, so all of them go.
 */
export async function beginNewLife(statements: Statements, audit: AuditLog, { at, isMove }: Restoring): Promise<void> {
  await statements.query('UPDATE relay SET incarnation = gen_random_uuid()');
  if (!isMove) {
    await statements.query('UPDATE sessions SET revoked_at = $1 WHERE revoked_at IS NULL', [at]);
    await statements.query('DELETE FROM refresh_tokens');
    await statements.query('DELETE FROM trusted_devices');
    await statements.query('DELETE FROM mfa_challenges');
    await statements.query('DELETE FROM key_packages WHERE NOT last_resort');
  }
  await audit.record({ kind: 'relay_restored', actor: 'operator', at });
}

import type { AuditLog } from '../audit/index.js';
import type { Statements } from '../platform/database/copy/fill.js';

interface Restoring {
  readonly at: Date;
  /** Whether nothing had happened after the backup: the relay only moved. */
  readonly isMove: boolean;
}

/**
 * What a backup brings back that must not come back. Tokens that were used up, sessions and trust that were ended, and key
 * packages that were handed out since: which they are, nobody knows any more, so all of them go.
 */
const TAKEN_BACK = [
  'DELETE FROM refresh_tokens',
  'DELETE FROM trusted_devices',
  'DELETE FROM mfa_challenges',
  'DELETE FROM key_packages WHERE NOT last_resort',
] as const;

/** Makes restored rows the beginning of another life of the database. */
export async function beginNewLife(statements: Statements, audit: AuditLog, { at, isMove }: Restoring): Promise<void> {
  await statements.query('UPDATE relay SET incarnation = gen_random_uuid()');
  if (!isMove) {
    await statements.query('UPDATE sessions SET revoked_at = $1 WHERE revoked_at IS NULL', [at]);
    for (const sql of TAKEN_BACK) await statements.query(sql);
  }
  await audit.record({ kind: 'relay_restored', actor: 'operator', at });
}

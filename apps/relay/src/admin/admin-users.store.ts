import { Injectable } from '@nestjs/common';
import type { AccountId } from '#protocol';
import { Database } from '../platform/database/database.js';
import { idleSince } from '../sessions/index.js';
import type { AdminUser } from './admin-user.js';

interface UserRow {
  readonly id: AccountId;
  readonly username: string;
  readonly display_name: string;
  readonly created_at: Date;
  readonly is_admin: boolean;
  readonly suspended_at: Date | null;
  readonly suspended_by: string | null;
  readonly suspension_reason: string | null;
  readonly last_seen_day: string | null;
  readonly devices: string;
  readonly sessions: string;
  readonly has_second_factor: boolean;
  readonly stored_bytes: string;
}

export interface UserSearch {
  /** How the names begin. */
  readonly beginning: string;
  readonly after: string;
  readonly limit: number;
}

/** `$1` is the time, `$2` the earliest last use of a session that is not idle. Each part is counted by an index on the account. */
const USERS = `
  SELECT a.id, a.username, a.display_name, a.created_at, a.admin_since IS NOT NULL AS is_admin,
         a.suspended_at, a.suspension_reason,
         (SELECT s.username FROM accounts s WHERE s.id = a.suspended_by AND s.status = 'active') AS suspended_by,
         d.last_seen_day, d.devices, s.sessions, f.has_second_factor, att.bytes + v.bytes AS stored_bytes
  FROM accounts a
  CROSS JOIN LATERAL (
    SELECT count(*) AS devices, to_char(max(last_seen_day), 'YYYY-MM-DD') AS last_seen_day
    FROM devices WHERE account_id = a.id AND revoked_at IS NULL
  ) d
  CROSS JOIN LATERAL (
    SELECT count(*) AS sessions FROM sessions
    WHERE account_id = a.id AND revoked_at IS NULL AND expires_at > $1 AND last_used_at > $2
  ) s
  CROSS JOIN LATERAL (
    SELECT count(*) > 0 AS has_second_factor FROM mfa_factors WHERE account_id = a.id AND confirmed_at IS NOT NULL
  ) f
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(length), 0) AS bytes FROM attachments WHERE uploader_id = a.id AND state IN ('open', 'stored')
  ) att
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(octet_length(body)), 0) AS bytes FROM vault_items WHERE account_id = a.id
  ) v
  WHERE a.status = 'active'`;

/** Greater than whatever a name goes on with. */
const BEHIND = '~';

/** Accounts as admins see them. There is no statement here that reads conversations, their members, entries or contacts. */
@Injectable()
export class AdminUsersStore {
  constructor(private readonly database: Database) {}

  /** By name, those whose names begin so. */
  async search({ beginning, after, limit }: UserSearch, at: Date): Promise<AdminUser[]> {
    const rows = await this.database.query<UserRow>(
      `${USERS} AND a.username COLLATE "C" >= $3 AND a.username COLLATE "C" < $4 AND a.username COLLATE "C" > $5
       ORDER BY a.username COLLATE "C" LIMIT $6`,
      [at, idleSince(at), beginning, beginning + BEHIND, after, limit],
    );
    return rows.map(toAdminUser);
  }

  async byName(username: string, at: Date): Promise<AdminUser | undefined> {
    const rows = await this.database.query<UserRow>(`${USERS} AND a.username = $3`, [at, idleSince(at), username]);
    return rows.map(toAdminUser)[0];
  }
}

function toAdminUser(row: UserRow): AdminUser {
  const { suspended_at: suspendedAt } = row;
  return {
    id: row.id,
    username: row.username,
    displayName: row.display_name,
    createdAt: row.created_at,
    isAdmin: row.is_admin,
    suspension:
      suspendedAt === null ? null : { at: suspendedAt, by: row.suspended_by, reason: row.suspension_reason ?? '' },
    lastSeenDay: row.last_seen_day,
    devices: Number(row.devices),
    sessions: Number(row.sessions),
    hasSecondFactor: row.has_second_factor,
    storedBytes: Number(row.stored_bytes),
  };
}

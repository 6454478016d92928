import { Injectable } from '@nestjs/common';
import { type AccountId, type DeviceId, DURATIONS, type SessionId } from '#protocol';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { Caller } from '../platform/http/caller.js';
import { AuditLog, byOwner } from '../audit/index.js';
import { uuidArray } from '../platform/database/binary-arrays.js';
import { Database } from '../platform/database/database.js';
import { digestOf, mintRefreshToken } from './refresh-token.js';
import type { OpenedSession, Session, TokenTransport } from './session.js';

interface DeviceOfAccount {
  readonly accountId: AccountId;
  readonly deviceId: DeviceId;
}

interface NewSession extends DeviceOfAccount {
  readonly transport: TokenTransport;
  readonly at: Date;
  /** When a second factor was shown for it. */
  readonly factorAt?: Date | undefined;
}

interface SessionRow {
  readonly id: string;
  readonly account_id: string;
  readonly device_id: string;
  readonly transport: string;
  readonly created_at: Date;
  readonly last_used_at: Date;
  readonly expires_at: Date;
}

interface LookUp {
  readonly id: SessionId;
  readonly at: Date;
}

const MOST_LOOK_UPS = 256;

/** What makes a session count; `$2` is the time, `$3` the earliest last use that is not idle. */
const IS_LIVE = 's.revoked_at IS NULL AND s.expires_at > $2 AND s.last_used_at > $3';

@Injectable()
export class SessionsStore {
  /** Gathers the look-ups of one turn of the event loop: after a restart, all sockets come back at once. */
  private readonly lookUps = new DataLoader((asked: readonly LookUp[]) => this.callers(asked), {
    cache: false,
    maxBatchSize: MOST_LOOK_UPS,
    batchScheduleFn: (look) => setImmediate(look),
  });

  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {}

  /** Opens a session. The caller's transaction holds the account and the device, so that neither ends meanwhile. */
  async open(
    manager: EntityManager,
    { accountId, deviceId, transport, at, factorAt }: NewSession,
  ): Promise<OpenedSession> {
    const id = v7({ msecs: at.getTime() });
    const expiresAt = later(at, DURATIONS.sessionAbsoluteSeconds);
    const refreshToken = mintRefreshToken();
    await this.database.preparedWithin(manager, {
      name: 'open_session',
      text: `WITH opened AS (
               INSERT INTO sessions (id, account_id, device_id, transport, created_at, last_used_at, expires_at, factor_at)
               VALUES ($1, $2, $3, $4, $5, $5, $6, $7)
             )
             INSERT INTO refresh_tokens (sha256, session_id, issued_at) VALUES ($8, $1, $5)`,
      values: [id, accountId, deviceId, transport, at, expiresAt, factorAt, digestOf(refreshToken)],
    });
    const session = { id: id as SessionId, accountId, deviceId, transport, createdAt: at, lastUsedAt: at, expiresAt };
    return { session, refreshToken };
  }

  /** Who a session stands for, while it and its account live. */
  caller(id: SessionId, at: Date): Promise<Caller | undefined> {
    return this.lookUps.load({ id, at });
  }

  /** The answers stand at the indexes of the questions. */
  private async callers(asked: readonly LookUp[]): Promise<(Caller | undefined)[]> {
    const at = asked.at(-1)?.at ?? new Date(0);
    const rows = await this.database.prepared({
      name: 'session_callers',
      text: `SELECT s.id, s.account_id, a.username, s.device_id FROM sessions s JOIN accounts a ON a.id = s.account_id
             WHERE s.id = ANY ($1) AND ${IS_LIVE} AND a.status = 'active' AND a.suspended_at IS NULL`,
      values: [uuidArray(asked.map(({ id }) => id)), at, idleSince(at)],
    });
    const found = new Map(rows.map((row) => [row[0], callerOf(row)]));
    return asked.map(({ id }) => found.get(id));
  }

  /** The live sessions of an account, newest first. */
  async list(accountId: AccountId, at: Date, page: { before: string | undefined; limit: number }): Promise<Session[]> {
    const rows = await this.database.query<SessionRow>(
      `SELECT s.id, s.account_id, s.device_id, s.transport, s.created_at, s.last_used_at, s.expires_at FROM sessions s
       WHERE s.account_id = $1 AND ${IS_LIVE} AND ($4::uuid IS NULL OR s.id < $4) ORDER BY s.id DESC LIMIT $5`,
      [accountId, at, idleSince(at), page.before ?? null, page.limit],
    );
    return rows.map(toSession);
  }

  /** Ends a session of the caller's account, the own one or another; whether it was there to be ended. */
  async end(caller: Caller, id: SessionId, at: Date): Promise<boolean> {
    const own = byOwner(caller, 'signed_out', at);
    const event = id === caller.sessionId ? own : { ...own, kind: 'session_ended' as const, subjectId: id };
    return this.database.transaction(async (manager) => {
      const sql = endWhere('account_id = $2 AND id = $3');
      const ended = await manager.query<unknown[]>(sql, [at, caller.accountId, id]);
      if (ended.length > 0) await this.audit.append(manager, event);
      return ended.length > 0;
    });
  }

  async endOfDevice(manager: EntityManager, { accountId, deviceId }: DeviceOfAccount, at: Date): Promise<SessionId[]> {
    // By account too, for which there is an index.
    return idsOf(
      await manager.query<{ id: string }[]>(endWhere('account_id = $2 AND device_id = $3'), [at, accountId, deviceId]),
    );
  }

  async endOfAccount(manager: EntityManager, accountId: AccountId, at: Date): Promise<SessionId[]> {
    return idsOf(await manager.query<{ id: string }[]>(endWhere('account_id = $2'), [at, accountId]));
  }

  /** Ends all sessions of an account but the one that asked. */
  async endOthers(manager: EntityManager, { accountId, sessionId }: Caller, at: Date): Promise<SessionId[]> {
    return idsOf(
      await manager.query<{ id: string }[]>(endWhere('account_id = $2 AND id <> $3'), [at, accountId, sessionId]),
    );
  }

  /** The sessions revoked after a time, by whichever relay. */
  async revokedSince(since: Date): Promise<SessionId[]> {
    return idsOf(await this.database.query<{ id: string }>('SELECT id FROM sessions WHERE revoked_at > $1', [since]));
  }
}

/** A SELECT around the UPDATE, since TypeORM returns the rows of an UPDATE in another form. */
function endWhere(condition: string): string {
  return `WITH ended AS (UPDATE sessions SET revoked_at = $1 WHERE revoked_at IS NULL AND ${condition} RETURNING id) SELECT id FROM ended`;
}

export function idleSince(at: Date): Date {
  return later(at, -DURATIONS.sessionIdleSeconds);
}

function later(at: Date, seconds: number): Date {
  return new Date(at.getTime() + seconds * 1000);
}

function idsOf(rows: readonly { id: string }[]): SessionId[] {
  return rows.map(({ id }) => id as SessionId);
}

function toSession(row: SessionRow): Session {
  return {
    id: row.id as SessionId,
    accountId: row.account_id as AccountId,
    deviceId: row.device_id as DeviceId,
    transport: row.transport === 'cookie' ? 'cookie' : 'body',
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
  };
}

function callerOf([sessionId, accountId, username, deviceId]: readonly unknown[]): Caller {
  return {
    accountId: accountId as AccountId,
    username: String(username),
    deviceId: deviceId as DeviceId,
    sessionId: sessionId as SessionId,
  };
}

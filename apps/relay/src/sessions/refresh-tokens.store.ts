import { Injectable } from '@nestjs/common';
import { type AccountId, type DeviceId, DURATIONS, type SessionId } from '#protocol';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../audit/index.js';
import { Database } from '../platform/database/database.js';
import { digestOf, mintRefreshToken, openSuccessor, sealSuccessor } from './refresh-token.js';
import type { RefreshedSession, Rotation } from './rotation.js';
import type { TokenTransport } from './session.js';
import { idleSince } from './sessions.store.js';

interface SessionRow {
  readonly id: string;
  readonly account_id: string;
  readonly device_id: string;
  readonly expires_at: Date;
}

interface TokenRow {
  readonly used_at: Date | null;
  readonly successor_sealed: Buffer | null;
}

interface Presented {
  readonly token: string;
  readonly sha256: Buffer;
  readonly at: Date;
}

/** Only the live session of the token, and only over its own transport. The lock lets one refresh at a time look further. */
const LOCK_SESSION = `
  SELECT s.id, s.account_id, s.device_id, s.expires_at FROM sessions s
  WHERE s.id = (SELECT t.session_id FROM refresh_tokens t WHERE t.sha256 = $1)
    AND s.transport = $2 AND s.revoked_at IS NULL AND s.expires_at > $3 AND s.last_used_at > $4
  FOR NO KEY UPDATE OF s`;

const READ_TOKEN = 'SELECT used_at, successor_sealed FROM refresh_tokens WHERE sha256 = $1';

/**
 * Besides the exchange itself: the successor that was kept for the previous token is in use now, so its copy goes; and
 * tokens too old to be of use to a thief, since even an unused one would be idle by then, need no watching any more.
 */
const EXCHANGE = `
  WITH forgotten AS (
    DELETE FROM refresh_tokens WHERE session_id = $1 AND used_at <= $6
  ), unneeded AS (
    UPDATE refresh_tokens SET successor_sealed = NULL WHERE session_id = $1 AND used_at > $6 AND successor_sealed IS NOT NULL
  ), used AS (
    UPDATE refresh_tokens SET used_at = $5, successor_sealed = $4 WHERE sha256 = $2
  ), issued AS (
    INSERT INTO refresh_tokens (sha256, session_id, issued_at) VALUES ($3, $1, $5)
  )
  UPDATE sessions SET last_used_at = $5 WHERE id = $1`;

/** Exchanges refresh tokens, each once. */
@Injectable()
export class RefreshTokensStore {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {}

  async rotate(token: string, transport: TokenTransport, at: Date): Promise<Rotation> {
    const presented = { token, sha256: digestOf(token), at };
    return this.database.transaction(async (manager) => {
      const locked = await manager.query<SessionRow[]>(LOCK_SESSION, [presented.sha256, transport, at, idleSince(at)]);
      const session = toSession(locked[0]);
      if (session === undefined) return { kind: 'invalid' };
      // A statement of its own: its snapshot holds what whoever had the lock before us did.
      const [state] = await manager.query<TokenRow[]>(READ_TOKEN, [presented.sha256]);
      if (state === undefined) return { kind: 'invalid' };
      if (state.used_at === null) return this.exchange(manager, session, presented);
      const successor = successorAfterLostReply(state, presented);
      if (successor !== undefined) return { kind: 'rotated', session, refreshToken: successor };
      await this.endReused(manager, session, at);
      return { kind: 'reused', sessionId: session.id };
    });
  }

  /** Two parties hold the token, and nobody knows which of them used it. */
  private async endReused(manager: EntityManager, { id, accountId, deviceId }: RefreshedSession, at: Date) {
    await manager.query('UPDATE sessions SET revoked_at = $2 WHERE id = $1', [id, at]);
    const whose = { accountId, deviceId, sessionId: id };
    await this.audit.append(manager, { kind: 'refresh_token_reused', at, actor: 'unknown', ...whose });
  }

  private async exchange(
    manager: EntityManager,
    session: RefreshedSession,
    { token, sha256, at }: Presented,
  ): Promise<Rotation> {
    const refreshToken = mintRefreshToken();
    const sealed = sealSuccessor(token, refreshToken);
    await manager.query(EXCHANGE, [session.id, sha256, digestOf(refreshToken), sealed, at, idleSince(at)]);
    return { kind: 'rotated', session, refreshToken };
  }
}

/** The same successor once more, for a device whose reply was lost: for seconds only, and while it is kept, until its first use. */
function successorAfterLostReply(state: TokenRow, { token, at }: Presented): string | undefined {
  if (state.used_at === null || state.successor_sealed === null) return undefined;
  const ageMs = at.getTime() - state.used_at.getTime();
  return ageMs <= DURATIONS.lostReplySeconds * 1000 ? openSuccessor(token, state.successor_sealed) : undefined;
}

function toSession(row: SessionRow | undefined): RefreshedSession | undefined {
  if (row === undefined) return undefined;
  return {
    id: row.id as SessionId,
    accountId: row.account_id as AccountId,
    deviceId: row.device_id as DeviceId,
    expiresAt: row.expires_at,
  };
}

import { Injectable } from '@nestjs/common';
import type { SessionId } from '#protocol';
import { Delivery, type EndReason } from '../delivery/index.js';
import { StepUp } from '../mfa/index.js';
import { Clock } from '../platform/clock/clock.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { Log } from '../platform/logging/log.js';
import { RefreshTokensStore } from './refresh-tokens.store.js';
import type { RefreshedSession } from './rotation.js';
import type { Session, TokenTransport } from './session.js';
import { InvalidRefreshToken, RefreshTokenReused } from './sessions.errors.js';
import { SessionsStore } from './sessions.store.js';

/** An ended session may be honoured for so long by a relay that was not the one to end it. */
const CACHE_MS = 1_000;
const MAX_CACHED = 50_000;

interface Checked {
  readonly atMs: number;
  readonly caller: Promise<Caller | undefined>;
}

/** Sign-ins: whether they still hold, how they are continued, and how they end. */
@Injectable()
export class SessionsService {
  private readonly checked = new Map<SessionId, Checked>();

  constructor(
    private readonly sessions: SessionsStore,
    private readonly tokens: RefreshTokensStore,
    private readonly delivery: Delivery,
    private readonly stepUp: StepUp,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Who a session stands for; `undefined` once it is over. Asked on every request, so answers are kept for a second. */
  check(id: SessionId): Promise<Caller | undefined> {
    const nowMs = this.clock.monotonicMillis();
    const known = this.checked.get(id);
    if (known !== undefined && nowMs - known.atMs < CACHE_MS) return known.caller;
    return this.lookUp(id, nowMs);
  }

  /** Exchanges a refresh token. @throws {InvalidRefreshToken} @throws {RefreshTokenReused} after ending the session. */
  async refresh(
    token: string,
    transport: TokenTransport,
  ): Promise<{ session: RefreshedSession; refreshToken: string }> {
    const rotation = await this.tokens.rotate(token, transport, this.clock.now());
    switch (rotation.kind) {
      case 'rotated':
        return rotation;
      case 'invalid':
        throw new InvalidRefreshToken();
      case 'reused':
        this.announceEnd([rotation.sessionId], 'token_reused');
        this.log.warn('refresh token used twice, session ended', { code: 'refresh_token_reused' });
        throw new RefreshTokenReused();
    }
  }

  async list(caller: Caller, page: { before: string | undefined; limit: number }): Promise<Session[]> {
    return this.sessions.list(caller.accountId, this.clock.now(), page);
  }

  /** Ends the session of the caller. */
  async signOut(caller: Caller): Promise<void> {
    await this.sessions.end(caller, caller.sessionId, this.clock.now());
    this.announceEnd([caller.sessionId], 'signed_out');
  }

  /** Ends any session of the caller's account; another than the own takes a second factor. @throws {NotFound} also for other people's. @throws {MfaRequired} */
  async end(caller: Caller, id: SessionId): Promise<void> {
    if (id !== caller.sessionId) await this.stepUp.demand(caller);
    if (!(await this.sessions.end(caller, id, this.clock.now()))) throw new NotFound('session');
    this.announceEnd([id], 'revoked');
  }

  /** Tells of the end of sessions, and makes it felt here at once; to be called when it is committed. */
  announceEnd(ids: readonly SessionId[], reason: EndReason): void {
    if (ids.length > 0) this.log.info('sessions ended', { reason, count: ids.length });
    this.forget(ids);
    this.delivery.endSessions(ids, reason);
  }

  /** Makes the end of sessions felt here that ended anywhere; the other relays look for themselves. */
  feelEnd(ids: readonly SessionId[], reason: EndReason): void {
    this.forget(ids);
    this.delivery.here?.endSessions(ids, reason);
  }

  private forget(ids: readonly SessionId[]): void {
    for (const id of ids) this.checked.delete(id);
  }

  private lookUp(id: SessionId, nowMs: number): Promise<Caller | undefined> {
    const caller = this.sessions.caller(id, this.clock.now());
    const entry = { atMs: nowMs, caller };
    // Deleted first, so that the map stays in the order of age.
    this.checked.delete(id);
    this.checked.set(id, entry);
    this.dropOldest(nowMs);
    // A failure says nothing about the session: the next request asks again.
    caller.catch(() => {
      if (this.checked.get(id) === entry) this.checked.delete(id);
    });
    return caller;
  }

  private dropOldest(nowMs: number): void {
    for (const [id, { atMs }] of this.checked) {
      if (this.checked.size <= MAX_CACHED && nowMs - atMs < CACHE_MS) return;
      this.checked.delete(id);
    }
  }
}

import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { SessionId } from '#protocol';
import { Clock } from '../platform/clock/clock.js';
import { Unavailable } from '../platform/errors/refusal.js';
import { Log } from '../platform/logging/log.js';
import { SessionsService } from './sessions.service.js';
import { SessionsStore } from './sessions.store.js';

const EVERY_MS = 500;
/**
 * A session is revoked at a time that is taken before its transaction commits, and by the clock of another relay: each
 * look reaches back over the longest transaction and a few seconds of difference between clocks.
 */
const OVERLAP_MS = 20_000;

/**
 * Looks for sessions that ended anywhere, so that every relay closes their sockets within a second, whichever relay, or
 * operator at the database, ended them.
 */
@Injectable()
export class RevocationWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private failing = false;
  private looking: Promise<void> = Promise.resolve();
  private seenUntil: Date;
  private seen: ReadonlySet<SessionId> = new Set();

  constructor(
    private readonly store: SessionsStore,
    private readonly sessions: SessionsService,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.seenUntil = this.clock.now();
    this.lookLater();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.looking;
  }

  private lookLater(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.looking = this.look().finally(() => this.lookLater());
    }, EVERY_MS);
    this.timer.unref();
  }

  private async look(): Promise<void> {
    const at = this.clock.now();
    try {
      const revoked = await this.store.revokedSince(new Date(this.seenUntil.getTime() - OVERLAP_MS));
      this.sessions.feelEnd(
        revoked.filter((id) => !this.seen.has(id)),
        'revoked',
      );
      this.seen = new Set(revoked);
      this.seenUntil = at;
      this.failing = false;
    } catch (error) {
      // `seenUntil` stays, so that the look after an outage reaches back before it. Of the outage its connection tells.
      if (error instanceof Unavailable) return;
      if (!this.failing) this.log.warn('looking for ended sessions failed', {}, error);
      this.failing = true;
    }
  }
}

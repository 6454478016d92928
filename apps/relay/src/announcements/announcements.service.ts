import { Injectable } from '@nestjs/common';
import type { AnnouncementId } from '#protocol';
import { v7 } from 'uuid';
import { Delivery } from '../delivery/index.js';
import { Clock } from '../platform/clock/clock.js';
import { RoundsService } from '../platform/clock/rounds.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { Log } from '../platform/logging/log.js';
import { Limiter } from '../platform/limits/limiter.js';
import type { Announcement, NewAnnouncement } from './announcement.js';
import { AnnouncementsStore } from './announcements.store.js';

/** What was announced through another relay is heard by those who are connected to this one so much later, at the latest. */
const EVERY_MS = 5_000;

/**
 * What administrators tell everybody. It is kept at hand, since everybody who is connected asks at the same moment when there is
 * something new.
 */
@Injectable()
export class AnnouncementsService extends RoundsService {
  private known: readonly Announcement[] | undefined;

  constructor(
    private readonly store: AnnouncementsStore,
    private readonly delivery: Delivery,
    private readonly limiter: Limiter,
    private readonly clock: Clock,
    log: Log,
  ) {
    super(log, { everyMs: EVERY_MS, failed: 'reading the announcements failed' });
  }

  protected override round(): Promise<void> {
    return this.refresh();
  }

  /** What is in force, newest first. */
  async list(): Promise<readonly Announcement[]> {
    if (this.known === undefined) await this.refresh();
    const nowMs = this.clock.millis();
    return (this.known ?? []).filter(({ expiresAt }) => expiresAt.getTime() > nowMs);
  }

  /** @throws {TooManyAnnouncements} @throws {RateLimited} */
  async announce(admin: Caller, { expiresInSeconds, ...given }: NewAnnouncement): Promise<Announcement> {
    await this.limiter.take('adminActs', admin.accountId);
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + expiresInSeconds * 1_000);
    const id = v7({ msecs: createdAt.getTime() }) as AnnouncementId;
    const announcement = { ...given, id, createdAt, expiresAt };
    await this.store.add(admin, announcement);
    await this.refresh();
    return announcement;
  }

  /** @throws {NotFound} @throws {RateLimited} */
  async withdraw(admin: Caller, id: AnnouncementId): Promise<void> {
    await this.limiter.take('adminActs', admin.accountId);
    if (!(await this.store.remove(admin, id, this.clock.now()))) throw new NotFound('announcement');
    await this.refresh();
  }

  /** Reads them, and tells everybody connected if there are others than before. */
  async refresh(): Promise<void> {
    const before = this.known;
    const found = await this.store.list(this.clock.now());
    this.known = found;
    if (before !== undefined && idsOf(before) !== idsOf(found)) this.delivery.broadcast('announcements', {});
  }
}

function idsOf(announcements: readonly Announcement[]): string {
  return announcements.map(({ id }) => id).join();
}

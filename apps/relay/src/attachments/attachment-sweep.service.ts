import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { RoundsService } from '../platform/clock/rounds.js';
import { longestLifeSeconds, RunningSettings } from '../settings/index.js';
import { Log } from '../platform/logging/log.js';
import { AttachmentSweepStore } from './attachment-sweep.store.js';
import { type BlobName, Blobs, type ListedBlob, SHARDS } from './blobs.js';

/** One shard a round: all are looked through about once an hour. */
const EVERY_MS = 15_000;
const BATCH = 500;
/** Blobs whose rows are gone are deleted so long after they changed last: an operator who restores a database sees it first. */
const ORPHAN_AGE_MS = 86_400_000;

/** Deletes attachments whose time is over, those that nobody may read any more, and bytes that belong to none. */
@Injectable()
export class AttachmentSweepService extends RoundsService {
  private nextShard = 0;

  constructor(
    private readonly store: AttachmentSweepStore,
    private readonly blobs: Blobs,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly settings: RunningSettings,
  ) {
    super(log, { everyMs: EVERY_MS, failed: 'sweep of attachments failed' });
  }

  /** Deletes all that is due by now. */
  async sweep(): Promise<void> {
    const at = this.clock.now();
    while ((await this.store.removeExpired(at, BATCH)) === BATCH);
    while (await this.eraseSome());
    while ((await this.store.forget(at, BATCH)) === BATCH);
  }

  /** Looks through all shards for what nobody will ever ask for. */
  async sweepAbandoned(): Promise<void> {
    for (const shard of SHARDS) await this.sweepShard(shard);
    await this.sweep();
  }

  protected override async round(): Promise<void> {
    await this.sweepShard(SHARDS[this.nextShard] ?? '00');
    this.nextShard = (this.nextShard + 1) % SHARDS.length;
    await this.sweep();
  }

  private async sweepShard(shard: string): Promise<void> {
    await this.settings.refresh();
    const longest = longestLifeSeconds(this.settings.current);
    await this.store.removeAbandoned({
      from: `${shard}000000-0000-0000-0000-000000000000`,
      to: `${shard}ffffff-ffff-ffff-ffff-ffffffffffff`,
      before: longest === undefined ? undefined : new Date(this.clock.millis() - longest * 1000),
    });
    const before = this.clock.now().getTime() - ORPHAN_AGE_MS;
    const old = (await this.blobs.list(shard)).filter(({ changedAt }) => changedAt.getTime() <= before);
    for (let start = 0; start < old.length; start += BATCH) await this.removeOrphans(old.slice(start, start + BATCH));
  }

  private async removeOrphans(listed: readonly ListedBlob[]): Promise<void> {
    const orphans = await this.store.orphansAmong(listed.map(({ id }) => id));
    for (const blob of listed) if (orphans.has(blob.id)) await this.blobs.remove(blob);
    if (orphans.size > 0) this.log.warn('bytes without an attachment deleted', { count: orphans.size });
  }

  /** Whether there may be more. What cannot be erased now has its turn in another round. */
  private async eraseSome(): Promise<boolean> {
    const removed = await this.store.removed(BATCH);
    const erased: BlobName[] = [];
    for (const blob of removed)
      try {
        await this.blobs.remove(blob);
        erased.push(blob);
      } catch (error) {
        this.log.warn('bytes of an attachment cannot be deleted', {}, error);
      }
    await this.store.markErased(erased.map(({ id }) => id));
    return removed.length === BATCH && erased.length > 0;
  }
}

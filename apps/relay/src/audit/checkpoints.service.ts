import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { RoundsService } from '../platform/clock/rounds.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Log } from '../platform/logging/log.js';
import { AuditReader } from './audit-reader.store.js';
import { type Checkpoint, type CheckpointKey, checkpointKeyFrom, signCheckpoint } from './checkpoint.js';
import { CheckpointsStore } from './checkpoints.store.js';

/** Well below a day, so that a relay that was away then signs soon after. */
const EVERY_MS = 60_000;

/** Signs what the audit log is, once in each day (UTC), be there one relay or several. */
@Injectable()
export class CheckpointsService extends RoundsService {
  private readonly key: CheckpointKey;

  constructor(
    private readonly checkpoints: CheckpointsStore,
    private readonly reader: AuditReader,
    private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
    log: Log,
  ) {
    super(log, { everyMs: EVERY_MS, failed: 'checkpoint of the audit log failed' });
    if (config.SERVER_SECRET === undefined) throw new Error('checkpoints need SERVER_SECRET');
    this.key = checkpointKeyFrom(config.SERVER_SECRET);
  }

  protected override round(): Promise<void> {
    return this.signToday();
  }

  /** By which checkpoints are checked, 32 bytes. */
  get publicKey(): Buffer {
    return this.key.publicKey;
  }

  async list(page: { before: number | undefined; limit: number }): Promise<Checkpoint[]> {
    return this.checkpoints.list(page);
  }

  /** Signs today's checkpoint, if there is none yet and anything to sign. */
  async signToday(): Promise<void> {
    const at = this.clock.now();
    const day = at.toISOString().slice(0, 10);
    const [last] = await this.checkpoints.list({ before: undefined, limit: 1 });
    // Also when this clock is behind that of another relay.
    if (last !== undefined && last.day >= day) return;
    const head = await this.reader.head();
    if (head === undefined) return;
    const draft = { number: (last?.number ?? 0) + 1, day, seq: head.seq, hash: head.hash, at };
    await this.checkpoints.add(signCheckpoint(draft, this.key));
  }
}

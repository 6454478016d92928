import { Injectable } from '@nestjs/common';
import type { AccountId, AuditActor, AuditEventKind } from '#protocol';
import { Clock } from '../platform/clock/clock.js';
import { RoundsService } from '../platform/clock/rounds.js';
import { Log } from '../platform/logging/log.js';
import { AuditLog } from './audit-log.store.js';

/** What strangers, or time, can make happen as often as they like. */
const COUNTED = {
  confirmation_failed: 'unknown',
  mfa_failed: 'unknown',
  recovery_failed: 'unknown',
  retention_run: 'relay',
  sign_in_failed: 'unknown',
} as const satisfies Partial<Record<AuditEventKind, AuditActor>>;

export type CountedKind = keyof typeof COUNTED;

const FAILED = 'writing what the audit log counts failed';
const EVERY_MS = 10_000;
/** After one record, the next of the same kind and account comes so much later, however often it happens. */
const APART_MS = 15 * 60_000;
/** Whatever comes on top is counted for nobody in particular. */
const MOST_TALLIES = 10_000;

interface Tally {
  readonly kind: CountedKind;
  readonly accountId: AccountId | undefined;
  count: number;
  writtenAtMs: number | undefined;
}

/**
 * Counts what may happen without end, and puts down how often: a record within ten seconds, and then one in fifteen minutes,
 * so that nobody can fill the disk. Nor can the time it takes tell anything: to count is the same work for whichever account,
 * or none. What a relay has counted and not yet put down is lost with it when it is killed.
 */
@Injectable()
export class AuditTally extends RoundsService {
  private readonly tallies = new Map<string, Tally>();

  constructor(
    private readonly log: AuditLog,
    private readonly clock: Clock,
    private readonly relayLog: Log,
  ) {
    super(relayLog, { everyMs: EVERY_MS, failed: FAILED });
  }

  protected override round(): Promise<void> {
    return this.write();
  }

  override async onApplicationShutdown(): Promise<void> {
    await super.onApplicationShutdown();
    // A database that is gone must not keep the relay from ending.
    await this.writeAll().catch((error: unknown) => this.relayLog.warn(FAILED, {}, error));
  }

  count(kind: CountedKind, accountId: AccountId | undefined, times = 1): void {
    const tally = this.tallyOf(kind, accountId);
    tally.count += times;
  }

  /** Puts down what has waited long enough. */
  async write(): Promise<void> {
    const nowMs = this.clock.monotonicMillis();
    for (const [key, tally] of this.tallies) {
      if (tally.writtenAtMs !== undefined && nowMs - tally.writtenAtMs < APART_MS) continue;
      if (tally.count === 0) this.tallies.delete(key);
      else await this.put(tally);
    }
  }

  private async writeAll(): Promise<void> {
    for (const tally of this.tallies.values()) if (tally.count > 0) await this.put(tally);
  }

  private async put(tally: Tally): Promise<void> {
    const { kind, accountId, count } = tally;
    const whose = accountId === undefined ? {} : { accountId };
    await this.log.record({ kind, at: this.clock.now(), actor: COUNTED[kind], ...whose, count });
    // Only now, so that what an outage refused stays counted, and not to zero, for what was counted meanwhile.
    tally.count -= count;
    tally.writtenAtMs = this.clock.monotonicMillis();
  }

  private tallyOf(kind: CountedKind, accountId: AccountId | undefined): Tally {
    const key = `${kind}|${accountId ?? ''}`;
    const known = this.tallies.get(key);
    if (known !== undefined) return known;
    if (this.tallies.size >= MOST_TALLIES && accountId !== undefined) return this.tallyOf(kind, undefined);
    const made: Tally = { kind, accountId, count: 0, writtenAtMs: undefined };
    this.tallies.set(key, made);
    return made;
  }
}

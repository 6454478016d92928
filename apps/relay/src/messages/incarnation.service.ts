import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { LogReaderStore } from './log-reader.store.js';

/** A restore takes longer than this, and the first sync after it tells the truth anyway. */
const KEEP_MS = 10_000;

/** Which life of the database this is, for the greeting of sockets: read now and then, not for each of them. */
@Injectable()
export class IncarnationService {
  private known: { readonly atMs: number; readonly incarnation: Promise<string> } | undefined;

  constructor(
    private readonly logs: LogReaderStore,
    private readonly clock: Clock,
  ) {}

  current(): Promise<string> {
    const nowMs = this.clock.monotonicMillis();
    if (this.known !== undefined && nowMs - this.known.atMs < KEEP_MS) return this.known.incarnation;
    const incarnation = this.logs.incarnation();
    this.known = { atMs: nowMs, incarnation };
    // A failure is not kept: the next socket asks again.
    incarnation.catch(() => (this.known = undefined));
    return incarnation;
  }
}

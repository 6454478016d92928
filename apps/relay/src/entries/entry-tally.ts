import { Injectable } from '@nestjs/common';
import type { Counter, Histogram, Labelled } from '../platform/metrics/counted.js';
import { Metrics, WAITS_SECONDS } from '../platform/metrics/metrics.js';
import type { AppendOutcome } from './append.store.js';

/** Up to as many as a batch may have. */
const BATCH_SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** What became of a draft, for whoever counts: `busy` where its conversation was held by somebody else for too long. */
type CountedOutcome = AppendOutcome['kind'] | 'failed' | 'busy';

/** What waits to be written. */
interface Queue {
  readonly size: number;
  readonly fullness: number;
}

/** Counts what the writer of entries does. */
@Injectable()
export class EntryTally {
  private readonly outcomes: Labelled<Counter>;
  private readonly accepted: Counter;
  private readonly batchSizes: Histogram;
  private readonly waits: Histogram;

  constructor(private readonly metrics: Metrics) {
    this.outcomes = metrics.counters({
      name: 'sealpost_entries_total',
      help: 'Entries that were to be appended, by what became of them.',
      labels: ['outcome'],
    });
    this.accepted = this.outcomes.of('accepted');
    this.batchSizes = metrics.histogram({
      name: 'sealpost_entry_batch_size',
      help: 'How many entries were written with one statement.',
      bounds: BATCH_SIZES,
    });
    this.waits = metrics.histogram({
      name: 'sealpost_entry_append_duration_seconds',
      help: 'From when an entry came to the writer until it was committed.',
      bounds: WAITS_SECONDS,
    });
  }

  watch(queue: Queue): void {
    this.metrics.gauge({
      name: 'sealpost_entry_queue_length',
      help: 'Entries that are waiting to be written, or being written.',
      read: () => queue.size,
    });
    this.metrics.gauge({
      name: 'sealpost_entry_queue_used_ratio',
      help: 'How full that queue is, from 0 to 1; what does not fit is refused.',
      read: () => queue.fullness,
    });
  }

  batch(size: number): void {
    this.batchSizes.observe(size);
  }

  stored(waitedMs: number): void {
    this.accepted.add();
    this.waits.observe(waitedMs / 1_000);
  }

  notStored(outcome: Exclude<CountedOutcome, 'accepted'>): void {
    this.outcomes.of(outcome).add();
  }
}

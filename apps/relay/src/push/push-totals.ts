import { Injectable } from '@nestjs/common';
import { Metrics } from '../platform/metrics/metrics.js';
import type { PushOutcome } from './push-sender.js';

/** How many wake-ups push services have taken since this process started, and how many they have not. */
@Injectable()
export class PushTotals {
  private sent = 0;
  private failed = 0;

  constructor(metrics: Metrics) {
    metrics.counted({
      name: 'sealpost_wake_ups_total',
      help: 'Wake-ups of devices, by whether a push service took them.',
      label: 'outcome',
      read: () => new Map(Object.entries(this.read())),
    });
  }

  note({ kind }: PushOutcome): void {
    if (kind === 'sent') this.sent++;
    else this.failed++;
  }

  read(): { readonly sent: number; readonly failed: number } {
    return { sent: this.sent, failed: this.failed };
  }
}

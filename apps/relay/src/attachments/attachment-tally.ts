import { Injectable } from '@nestjs/common';
import type { Counter } from '../platform/metrics/counted.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { Blobs } from './blobs.js';

/** Counts the bytes of attachments that come and go, and watches the disk that they are on. */
@Injectable()
export class AttachmentTally {
  readonly received: Counter;
  readonly sent: Counter;

  constructor(metrics: Metrics, blobs: Blobs) {
    this.received = metrics.counter({
      name: 'sealpost_attachment_received_bytes_total',
      help: 'Bytes of attachments that clients have uploaded.',
    });
    this.sent = metrics.counter({
      name: 'sealpost_attachment_sent_bytes_total',
      help: 'Bytes of attachments that were sent to clients.',
    });
    metrics.gauge({
      name: 'sealpost_attachment_disk_free_bytes',
      help: 'What is free on the disk of the attachments; not with an object store.',
      read: async () => (await blobs.disk())?.freeBytes,
    });
    metrics.gauge({
      name: 'sealpost_attachment_disk_size_bytes',
      help: 'How large the disk of the attachments is; not with an object store.',
      read: async () => (await blobs.disk())?.sizeBytes,
    });
  }
}

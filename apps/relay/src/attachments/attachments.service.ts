import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { AttachmentId } from '#protocol';
import { Clock } from '../platform/clock/clock.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { NotFound } from '../platform/errors/refusal.js';
import { Limiter } from '../platform/limits/limiter.js';
import { longestLifeSeconds, RunningSettings } from '../settings/index.js';
import type { Asker, ByteRange, Download, NewUpload, Upload } from './attachment.js';
import { AttachmentTooLarge, RangeNotSatisfiable } from './attachments.errors.js';
import { AttachmentTally } from './attachment-tally.js';
import { AttachmentsStore } from './attachments.store.js';
import { Blobs } from './blobs.js';
import { Transfers } from './transfers.js';

/** Whether a reader may still read is asked so often. */
const WATCH_EVERY_MS = 1_000;

/** What part of an attachment a reader wants, once its length is known; `undefined` for all of it. */
export type RangeWanted = (length: number) => ByteRange | 'none' | undefined;

/** Files that clients encrypted. The relay keeps them for the members of a conversation, and cannot read them. */
@Injectable()
export class AttachmentsService {
  constructor(
    private readonly attachments: AttachmentsStore,
    private readonly blobs: Blobs,
    private readonly transfers: Transfers,
    private readonly tally: AttachmentTally,
    private readonly limiter: Limiter,
    private readonly settings: RunningSettings,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws {AttachmentTooLarge} @throws {NotFound} also for a conversation that is not theirs. @throws {AttachmentQuotaExceeded} */
  async create(asker: Asker, upload: NewUpload): Promise<Upload> {
    const most = this.config.ATTACHMENT_MAX_BYTES;
    if (upload.length > most) throw AttachmentTooLarge.as(upload.length, most);
    await this.limiter.take('attachments', asker.accountId);
    return this.attachments.create(randomUUID() as AttachmentId, asker, {
      ...upload,
      longestSeconds: longestLifeSeconds(await this.settings.known()),
      at: this.clock.now(),
    });
  }

  /** Takes an own attachment away from everybody, whole or not; the sweep erases its bytes. @throws {NotFound} */
  async remove(asker: Asker, id: AttachmentId): Promise<void> {
    if (!(await this.attachments.remove(id, asker, this.clock.now()))) throw new NotFound('attachment');
  }

  /** @throws {NotFound} alike for what is absent, not whole yet, expired, or not theirs. @throws {RangeNotSatisfiable} */
  async download(asker: Asker, id: AttachmentId, wanted: RangeWanted): Promise<Download> {
    const found = await this.attachments.findReadable(id, asker, this.clock.now());
    if (found === undefined) throw new NotFound('attachment');
    const range = wanted(found.length);
    if (range === 'none') throw new RangeNotSatisfiable(found.length);
    const source = await this.blobs.read(found, range ?? { from: 0, to: found.length - 1 });
    if (source === undefined) throw new NotFound('attachment');
    return { length: found.length, range, bytes: this.outgoing(source, asker, id) };
  }

  private outgoing(source: Readable, asker: Asker, id: AttachmentId): Readable {
    const bytes = Readable.from(this.watched(source, asker, id), { objectMode: false });
    try {
      const end = this.transfers.begin(asker.accountId, 'download', () => bytes.destroy());
      // Also when nobody ever read of it: then the loop that would end with its source has not begun.
      bytes.once('close', () => {
        source.destroy();
        end();
      });
      return bytes;
    } catch (error) {
      source.destroy();
      throw error;
    }
  }

  /** Ends with an error when the reader may not read on, as after its removal: it sees that bytes are missing. */
  private async *watched(source: Readable, asker: Asker, id: AttachmentId): AsyncGenerator<Buffer, void, undefined> {
    let lookedAt = performance.now();
    for await (const chunk of source as AsyncIterable<Buffer>) {
      if (performance.now() - lookedAt >= WATCH_EVERY_MS) {
        if ((await this.attachments.findReadable(id, asker, this.clock.now())) === undefined)
          throw new NotFound('attachment');
        lookedAt = performance.now();
      }
      this.tally.sent.add(chunk.length);
      yield chunk;
    }
  }
}

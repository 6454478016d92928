import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AttachmentId } from '#protocol';
import { Clock } from '../platform/clock/clock.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { Asker, Upload } from './attachment.js';
import { AttachmentTooLarge, UploadOffsetMismatch } from './attachments.errors.js';
import { AttachmentTally } from './attachment-tally.js';
import { AttachmentsStore, type Writing } from './attachments.store.js';
import { Blobs, BytesLost } from './blobs.js';
import { ReceivedBytes } from './received-bytes.js';
import { Transfers } from './transfers.js';

/** A stretch of an upload, as it comes. */
export interface Stretch {
  readonly offset: number;
  /** `undefined` if the client leaves that open. */
  readonly declaredBytes: number | undefined;
  readonly chunks: AsyncIterable<Buffer>;
  readonly cut: () => void;
}

/** Receives uploads, a stretch at a time. */
@Injectable()
export class UploadsService {
  constructor(
    private readonly attachments: AttachmentsStore,
    private readonly blobs: Blobs,
    private readonly transfers: Transfers,
    private readonly tally: AttachmentTally,
    private readonly clock: Clock,
  ) {}

  /**
   * Appends a stretch, and answers how far the upload has come. Whatever comes in between, what was received is kept.
   * @throws {NotFound} @throws {UploadOffsetMismatch} @throws {AttachmentTooLarge} @throws {StorageFull}
   */
  async receive(asker: Asker, id: AttachmentId, stretch: Stretch): Promise<Upload> {
    const end = this.transfers.begin(asker.accountId, 'upload', stretch.cut);
    try {
      const writer = randomUUID();
      const claimed = await this.claim({ id, writer, asker, at: this.clock.now() }, stretch.offset);
      const room = claimed.length - claimed.received;
      if ((stretch.declaredBytes ?? 0) > room) throw AttachmentTooLarge.beyondItsLength();
      const bytes = new ReceivedBytes(stretch.chunks, room, this.tally.received);
      if (room > 0) await this.write({ id, writer, asker }, claimed, bytes);
    } finally {
      end();
    }
    return this.find(asker, id);
  }

  /** @throws {NotFound} */
  async find(asker: Asker, id: AttachmentId): Promise<Upload> {
    const upload = await this.attachments.findOwn(id, asker, this.clock.now());
    if (upload === undefined) throw new NotFound('attachment');
    return upload;
  }

  private async claim(writing: Writing, offset: number): Promise<Upload> {
    const claimed = await this.attachments.claim(writing, offset);
    if (claimed !== undefined) return claimed;
    await this.find(writing.asker, writing.id);
    throw new UploadOffsetMismatch();
  }

  private async write(writing: Omit<Writing, 'at'>, claimed: Upload, bytes: ReceivedBytes): Promise<void> {
    try {
      for await (const progress of this.blobs.append(claimed, bytes))
        if (!(await this.attachments.advance({ ...writing, at: this.clock.now() }, progress)))
          await this.refuse(writing);
    } catch (error) {
      if (!(error instanceof BytesLost)) throw error;
      await this.attachments.rewind({ ...writing, at: this.clock.now() }, error.left);
      throw Object.assign(new UploadOffsetMismatch(), { cause: error });
    }
    bytes.demandWhole();
  }

  /** Either the attachment is gone for the caller, or another request has taken the place of this one. */
  private async refuse({ asker, id }: Omit<Writing, 'at'>): Promise<never> {
    await this.find(asker, id);
    throw new UploadOffsetMismatch();
  }
}

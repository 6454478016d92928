import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Log } from '../platform/logging/log.js';
import { AttachmentSweepService } from './attachment-sweep.service.js';
import { AttachmentSweepStore } from './attachment-sweep.store.js';
import { AttachmentTally } from './attachment-tally.js';
import { AttachmentsController } from './attachments.controller.js';
import { AttachmentsService } from './attachments.service.js';
import { AttachmentsStore } from './attachments.store.js';
import { Blobs } from './blobs.js';
import { DiskBlobs } from './disk-blobs.js';
import { S3Blobs } from './s3-blobs.js';
import { S3Objects } from './s3-objects.js';
import { Transfers } from './transfers.js';
import { UploadsService } from './uploads.service.js';

@Module({
  controllers: [AttachmentsController],
  providers: [
    AttachmentsService,
    AttachmentsStore,
    AttachmentSweepService,
    AttachmentSweepStore,
    AttachmentTally,
    Transfers,
    UploadsService,
    {
      provide: Blobs,
      inject: [CONFIG, Log],
      useFactory: blobsFor,
    },
  ],
})
export class AttachmentsModule {}

async function blobsFor(config: Config, log: Log): Promise<Blobs> {
  const { S3_BUCKET: bucket, S3_PREFIX: prefix } = config;
  if (bucket !== undefined) return new S3Blobs(await S3Objects.connect(bucket, config, log), prefix);
  return new DiskBlobs(config.ATTACHMENTS_DIR ?? join(config.DATA_DIR, 'attachments'));
}

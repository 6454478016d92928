import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/config/config.js';
import { AttachmentSweepService } from './attachment-sweep.service.js';
import { AttachmentSweepStore } from './attachment-sweep.store.js';
import { AttachmentsController } from './attachments.controller.js';
import { AttachmentsService } from './attachments.service.js';
import { AttachmentsStore } from './attachments.store.js';
import { Blobs } from './blobs.js';
import { DiskBlobs } from './disk-blobs.js';
import { Transfers } from './transfers.js';
import { UploadsService } from './uploads.service.js';

@Module({
  controllers: [AttachmentsController],
  providers: [
    AttachmentsService,
    AttachmentsStore,
    AttachmentSweepService,
    AttachmentSweepStore,
    Transfers,
    UploadsService,
    {
      provide: Blobs,
      inject: [CONFIG],
      useFactory: (config: Config): Blobs =>
        new DiskBlobs(config.ATTACHMENTS_DIR ?? join(config.DATA_DIR, 'attachments')),
    },
  ],
})
export class AttachmentsModule {}

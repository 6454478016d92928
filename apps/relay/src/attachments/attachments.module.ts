import { Module } from '@nestjs/common';
import { CONFIG } from '../platform/config/config.js';
import { Log } from '../platform/logging/log.js';
import { AttachmentSweepService } from './attachment-sweep.service.js';
import { AttachmentSweepStore } from './attachment-sweep.store.js';
import { AttachmentTally } from './attachment-tally.js';
import { AttachmentsController } from './attachments.controller.js';
import { AttachmentsService } from './attachments.service.js';
import { AttachmentsStore } from './attachments.store.js';
import { Blobs } from './blobs.js';
import { openBlobs } from './open-blobs.js';
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
      useFactory: openBlobs,
    },
  ],
})
export class AttachmentsModule {}

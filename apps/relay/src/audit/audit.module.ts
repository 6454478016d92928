import { Global, Module } from '@nestjs/common';
import { AdminAuditController } from './admin-audit.controller.js';
import { AuditController } from './audit.controller.js';
import { AuditLog } from './audit-log.store.js';
import { AuditReader } from './audit-reader.store.js';
import { AuditService } from './audit.service.js';
import { AuditTally } from './audit-tally.service.js';
import { CheckpointsService } from './checkpoints.service.js';
import { CheckpointsStore } from './checkpoints.store.js';

@Global()
@Module({
  controllers: [AdminAuditController, AuditController],
  providers: [AuditLog, AuditReader, AuditService, AuditTally, CheckpointsService, CheckpointsStore],
  exports: [AuditLog, AuditTally, CheckpointsService],
})
export class AuditModule {}

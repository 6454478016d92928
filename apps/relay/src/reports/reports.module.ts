import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { EvidenceStore } from './evidence.store.js';
import { ReportsController } from './reports.controller.js';
import { ReportsService } from './reports.service.js';
import { ReportsStore } from './reports.store.js';
import { ReportsSweepService } from './reports-sweep.service.js';

@Module({
  imports: [AccountsModule],
  controllers: [ReportsController],
  providers: [EvidenceStore, ReportsService, ReportsStore, ReportsSweepService],
})
export class ReportsModule {}

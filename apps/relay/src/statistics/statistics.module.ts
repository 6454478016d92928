import { Module } from '@nestjs/common';
import { PushModule } from '../push/index.js';
import { StatisticsController } from './statistics.controller.js';
import { StatisticsService } from './statistics.service.js';
import { StatisticsStore } from './statistics.store.js';

@Module({
  imports: [PushModule],
  controllers: [StatisticsController],
  providers: [StatisticsService, StatisticsStore],
})
export class StatisticsModule {}

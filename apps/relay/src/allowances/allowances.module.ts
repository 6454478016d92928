import { Module } from '@nestjs/common';
import { AdminModule } from '../admin/index.js';
import { AllowancesController } from './allowances.controller.js';
import { AllowancesService } from './allowances.service.js';
import { AllowancesStore } from './allowances.store.js';

@Module({
  imports: [AdminModule],
  controllers: [AllowancesController],
  providers: [AllowancesService, AllowancesStore],
})
export class AllowancesModule {}

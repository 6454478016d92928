export { AllowanceEntity } from './allowance.entity.js';
export { AllowancesModule } from './allowances.module.js';

export { MetricsRouteModule } from './metrics.module.js';

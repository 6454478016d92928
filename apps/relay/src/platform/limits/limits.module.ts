import { Global, Module } from '@nestjs/common';
import { ThrottlerModule } from '@nestjs/throttler';
import { BucketThrottlerStorage } from './bucket-throttler-storage.js';
import { Limiter } from './limiter.js';
import { LimitFactors } from './limit-factors.js';
import { LIMIT_IDS } from './limit-table.js';
import { PostgresBuckets } from './postgres-buckets.js';
import { Quotas } from './quotas.js';

@Global()
@Module({
  providers: [Limiter, LimitFactors, PostgresBuckets, Quotas],
  exports: [Limiter, LimitFactors, Quotas],
})
class LimiterModule {}

/** Rate limits: `Limiter` for services, and the throttler's guard over the same buckets for routes. */
@Module({
  imports: [
    LimiterModule,
    ThrottlerModule.forRootAsync({
      inject: [Limiter],
      useFactory: (limiter: Limiter) => ({
        throttlers: LIMIT_IDS.map((id) => ({
          name: id,
          limit: limiter.bucket(id).burst,
          ttl: limiter.bucket(id).seconds * 1000,
        })),
        setHeaders: false,
        storage: new BucketThrottlerStorage(limiter),
      }),
    }),
  ],
  exports: [ThrottlerModule],
})
export class LimitsModule {}

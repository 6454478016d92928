import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { Log } from '../logging/log.js';
import type { Bus } from './bus.js';
import { busKind } from './bus-kind.js';
import { PostgresBus } from './postgres-bus.js';
import { RedisBus } from './redis-bus.js';

/** The bus that is configured, if one is. It ends after all features, which publish until they have ended. */
@Injectable()
export class NodeBus implements OnApplicationShutdown {
  readonly bus: Bus | undefined;

  constructor(@Inject(CONFIG) config: Config, log: Log) {
    this.bus = busOf(config, log);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.bus?.stop();
  }
}

function busOf(config: Config, log: Log): Bus | undefined {
  switch (busKind(config)) {
    case 'off':
      return undefined;
    case 'postgres':
      return new PostgresBus(config.DATABASE_URL ?? '', log);
    case 'redis':
      return new RedisBus(config.REDIS_URL ?? '', log);
  }
}

import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ERROR_CODES } from '#protocol';
import { Metrics } from '../metrics/metrics.js';
import { Log } from './log.js';

@Global()
@Module({})
export class LoggingModule {
  constructor(log: Log, metrics: Metrics) {
    metrics.counted({
      name: 'sealpost_refusals_total',
      help: 'Requests and events that were refused, by the code of the problem.',
      label: 'code',
      read: () => new Map(ERROR_CODES.map((code) => [code, log.refusalsOf(code)])),
    });
  }

  static with(log: Log): DynamicModule {
    return { module: LoggingModule, providers: [{ provide: Log, useValue: log }], exports: [Log] };
  }
}

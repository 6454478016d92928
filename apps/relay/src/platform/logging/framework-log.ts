import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.js';

/**
 * What Nest has to say, which is of use to nobody who runs a relay. Its errors come to us anyway, thrown or through the
 * filter; the texts it makes of them may quote values, and are not repeated.
 */
export class FrameworkLog implements LoggerService {
  constructor(private readonly own: Log) {}

  log(message: unknown): void {
    this.own.log(message);
  }

  warn(message: unknown): void {
    this.own.log(message);
  }

  error(): void {
    this.own.log('the framework met an error');
  }

  fatal(): void {
    this.own.log('the framework met a fatal error');
  }
}

import { Injectable } from '@nestjs/common';

/**
 * By how much the limits of some accounts differ from those of all: at hand in this process, so that no message waits for it. Who
 * sets them replaces all of them at once.
 */
@Injectable()
export class LimitFactors {
  /** By account, and by each of its devices: limits count by either. */
  private factors: ReadonlyMap<string, number> = new Map();

  replace(factors: ReadonlyMap<string, number>): void {
    this.factors = factors;
  }

  /** 1 for whoever has what all have. */
  of(subject: string): number {
    return this.factors.get(subject) ?? 1;
  }
}

import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/config/config.js';
import { InvalidToken } from './auth.errors.js';

/** Who may read the metrics: whoever shows the token that the operator has set. Without one it is nobody. */
@Injectable()
export class ScrapeToken {
  private readonly expected: Buffer | undefined;

  constructor(@Inject(CONFIG) { METRICS_TOKEN: token }: Config) {
    this.expected = token === undefined ? undefined : digestOf(token);
  }

  /** @param authorization the header of the request. @throws {InvalidToken} alike whether there is another token or none. */
  demand(authorization: string | undefined): void {
    const [, given = ''] = /^Bearer (\S+)$/i.exec(authorization ?? '') ?? [];
    // Digests have one length, so that nothing is told of the token's.
    if (this.expected === undefined || !timingSafeEqual(digestOf(given), this.expected)) throw new InvalidToken();
  }
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

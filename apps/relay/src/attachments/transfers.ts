import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type AccountId, LIMITS } from '#protocol';
import { RateLimited, Unavailable } from '../platform/errors/refusal.js';

type Direction = 'upload' | 'download';

interface Transfer {
  readonly accountId: AccountId;
  readonly direction: Direction;
  readonly cut: () => void;
  readonly ended: Promise<void>;
}

/** Of all accounts together: an upload to an object store holds a part in memory. */
const MOST = { upload: 32, download: 512 } as const satisfies Record<Direction, number>;
const MOST_OF_ACCOUNT = {
  upload: LIMITS.uploadsAtOnce,
  download: LIMITS.downloadsAtOnce,
} as const satisfies Record<Direction, number>;
const RETRY_SECONDS = 2;

/** What is being transferred right now: so much and no more, and none of it keeps the relay from stopping. */
@Injectable()
export class Transfers implements OnModuleDestroy {
  private readonly running = new Set<Transfer>();
  private stopping = false;

  /** Cuts what is under way, and waits until what came of it is put away. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    for (const { cut } of this.running) cut();
    await Promise.all([...this.running].map(({ ended }) => ended));
  }

  /** Counts a transfer until the function that is returned is called. @throws {RateLimited} @throws {Unavailable} */
  begin(accountId: AccountId, direction: Direction, cut: () => void): () => void {
    const alike = [...this.running].filter((one) => one.direction === direction);
    if (this.stopping || alike.length >= MOST[direction])
      throw new Unavailable('The relay cannot take more transfers right now.', RETRY_SECONDS);
    if (alike.filter((one) => one.accountId === accountId).length >= MOST_OF_ACCOUNT[direction])
      throw new RateLimited(RETRY_SECONDS);
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const transfer = { accountId, direction, cut, ended };
    this.running.add(transfer);
    return () => {
      this.running.delete(transfer);
      end();
    };
  }
}

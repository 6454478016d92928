import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Rounds } from '../platform/clock/rounds.js';
import { Log } from '../platform/logging/log.js';
import { PushStore } from './push.store.js';

const EVERY_MS = 3_600_000;

/** Deletes where the devices of sessions that ended by themselves were woken. They are not woken any more, deleted or not. */
@Injectable()
export class PushSweepService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly rounds: Rounds;

  constructor(
    private readonly registrations: PushStore,
    private readonly clock: Clock,
    log: Log,
  ) {
    this.rounds = new Rounds(log, {
      everyMs: EVERY_MS,
      failed: 'sweep of push registrations failed',
      run: () => this.sweep(),
    });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }

  async sweep(): Promise<void> {
    await this.registrations.sweep(this.clock.now());
  }
}

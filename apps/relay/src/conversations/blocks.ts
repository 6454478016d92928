import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BlockObservers } from '../people/index.js';
import { Announcements } from './announcements.js';
import { DirectStore } from './direct.store.js';

/** A block ends the direct conversations of the two, on both sides and within the same transaction. */
@Injectable()
export class Blocks implements OnModuleInit {
  constructor(
    private readonly observers: BlockObservers,
    private readonly direct: DirectStore,
    private readonly announcements: Announcements,
  ) {}

  onModuleInit(): void {
    this.observers.register(async (manager, block) => {
      const outcomes = await this.direct.endWithin(manager, block);
      return () => {
        for (const outcome of outcomes) this.announcements.announce(outcome);
      };
    });
  }
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ContactDecision } from './contact.js';

/** Something to be done once the transaction is committed, such as telling connected devices. */
export type AfterCommit = () => void;

/** Does what a block entails elsewhere, within the transaction of the block. To repeat it must change nothing. */
export type BlockObserver = (manager: EntityManager, block: ContactDecision) => Promise<AfterCommit>;

/** Where the features above learn of a block in time to make it whole: a block that leaves the conversation open is none. */
@Injectable()
export class BlockObservers {
  private readonly observers: BlockObserver[] = [];

  /** To be called once per feature, while the relay starts. */
  register(observer: BlockObserver): void {
    this.observers.push(observer);
  }

  async run(manager: EntityManager, block: ContactDecision): Promise<AfterCommit[]> {
    const afterCommit: AfterCommit[] = [];
    for (const observe of this.observers) afterCommit.push(await observe(manager, block));
    return afterCommit;
  }
}

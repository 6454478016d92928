import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RevocationObservers } from '../devices/index.js';
import { LeavesStore } from './leaves.store.js';

/** A revoked device's leaves have to go: until they have, nobody sends to their groups. */
@Injectable()
export class Revocations implements OnModuleInit {
  constructor(
    private readonly observers: RevocationObservers,
    private readonly leaves: LeavesStore,
  ) {}

  onModuleInit(): void {
    this.observers.register(async (manager, deviceId) => {
      await this.leaves.lockAllWith(manager, deviceId);
      return async () => {
        // Asked again: a commit may have added the device since, and held its row until then.
        for (const conversationId of await this.leaves.lockAllWith(manager, deviceId))
          await this.leaves.settle(manager, conversationId);
      };
    });
  }
}

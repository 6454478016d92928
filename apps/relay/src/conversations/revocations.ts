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
      const before = await this.leaves.conversationsWith(manager, deviceId);
      await this.leaves.lock(manager, before);
      return async () => {
        // Asked again: a commit may have added the device since, and held its row until then.
        const now = await this.leaves.conversationsWith(manager, deviceId);
        const held = new Set(before);
        await this.leaves.shut(
          manager,
          now.filter((id) => held.has(id)),
        );
        // And another commit may have taken it out again before these are locked.
        const since = now.filter((id) => !held.has(id));
        await this.leaves.lock(manager, since);
        for (const id of since) await this.leaves.settle(manager, id);
      };
    });
  }
}

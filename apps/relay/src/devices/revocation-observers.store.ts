import { Injectable } from '@nestjs/common';
import type { DeviceId } from '#protocol';
import type { EntityManager } from 'typeorm';

/** What is left to do in the transaction once the device is revoked. */
type AfterRevocation = () => Promise<void>;

/**
 * Does what a revocation entails elsewhere, within its transaction. Called before the transaction locks anything else, so
 * that an observer may lock what comes before accounts in the order that all share: conversations.
 */
type RevocationObserver = (manager: EntityManager, device: DeviceId) => Promise<AfterRevocation>;

/** Where the features above learn of a revocation in time to make it whole. */
@Injectable()
export class RevocationObservers {
  private readonly observers: RevocationObserver[] = [];

  /** To be called once per feature, while the relay starts. */
  register(observer: RevocationObserver): void {
    this.observers.push(observer);
  }

  /** @param device is about to be revoked. */
  async run(manager: EntityManager, device: DeviceId): Promise<AfterRevocation> {
    const after: AfterRevocation[] = [];
    for (const observe of this.observers) after.push(await observe(manager, device));
    return async () => {
      for (const finish of after) await finish();
    };
  }
}

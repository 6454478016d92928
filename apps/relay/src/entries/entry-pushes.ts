import { Injectable } from '@nestjs/common';
import type { AccountId, DeviceId } from '#protocol';
import { Delivery } from '../delivery/index.js';
import { pushedEntryDto } from './entry.dto.js';
import type { Entry } from './entry.js';

/** Hands committed entries to the connected devices of those who may read them. */
@Injectable()
export class EntryPushes {
  constructor(private readonly delivery: Delivery) {}

  /** @param except the device that wrote the entry and has its acknowledgement. */
  announce(entry: Entry, recipients: readonly AccountId[], except?: DeviceId): void {
    if (this.delivery.reaches(recipients))
      this.delivery.push('entry', pushedEntryDto(entry), { accounts: recipients, except });
  }
}

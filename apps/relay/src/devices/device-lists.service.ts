import { Injectable } from '@nestjs/common';
import { type DeviceList, LIMITS, readDeviceList } from '#protocol';
import { ChangesService } from '../changes/index.js';
import { Clock } from '../platform/clock/clock.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { Limiter } from '../platform/limits/limiter.js';
import { Quotas } from '../platform/limits/quotas.js';
import type { StoredDeviceList } from './device-list.js';
import { DeviceListWrong } from './device-lists.errors.js';
import { DeviceListsStore } from './device-lists.store.js';

export interface DeviceListDraft {
  readonly version: number;
  readonly body: Buffer;
  readonly signature: Buffer;
}

/** The lists by which accounts vouch for their devices. */
@Injectable()
export class DeviceListsService {
  constructor(
    private readonly lists: DeviceListsStore,
    private readonly changes: ChangesService,
    private readonly limiter: Limiter,
    private readonly quotas: Quotas,
    private readonly clock: Clock,
  ) {}

  /** @throws {NotFound} before the first list. */
  async own({ accountId }: Caller): Promise<StoredDeviceList> {
    const list = await this.lists.current(accountId);
    if (list === undefined) throw new NotFound('list of devices');
    return list;
  }

  /** Replaces the caller's list by the next one; the current one again changes nothing, so a retry is safe. */
  async replace(caller: Caller, { version, body, signature }: DeviceListDraft): Promise<StoredDeviceList> {
    const list = this.read(body);
    if (list.version !== version) throw new DeviceListWrong('has another version than stands beside it');
    await this.limiter.take('devices', caller.accountId);
    const signed = { list, body, signature };
    const { list: stored, changes } = await this.lists.append({ caller, signed, at: this.clock.now() });
    this.changes.announce(changes);
    return stored;
  }

  private read(body: Buffer): DeviceList {
    const list = body.length <= LIMITS.deviceListBytes ? readDeviceList(body) : undefined;
    if (list === undefined) throw new DeviceListWrong('is not of the form that docs/protocol.md gives');
    const most = this.quotas.of('devicesPerAccount');
    if (list.devices.length > most) throw new DeviceListWrong(`has more than ${String(most)} devices`);
    return list;
  }
}

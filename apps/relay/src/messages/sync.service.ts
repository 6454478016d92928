import { Inject, Injectable } from '@nestjs/common';
import type { Seq } from '#protocol';
import { Clock } from '../platform/clock/clock.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Places } from '../platform/database/places.js';
import type { Caller } from '../platform/http/caller.js';
import { Limiter } from '../platform/limits/limiter.js';
import { LogReaderStore, type SyncSnapshot } from './log-reader.store.js';

interface SyncPosition {
  readonly incarnation: string | undefined;
  readonly revision: number;
  readonly cursors: Readonly<Record<string, Seq>>;
}

export type SyncReply = SyncSnapshot & { readonly revision: number; readonly more: boolean };

/** Brings a device up to date: everything that moved since its cursors, in pages it can hold. */
@Injectable()
export class SyncService {
  private readonly places: Places;

  constructor(
    private readonly logs: LogReaderStore,
    private readonly limiter: Limiter,
    private readonly clock: Clock,
    @Inject(CONFIG) { DATABASE_POOL_SIZE }: Config,
  ) {
    // After a restart all devices sync at once: half of the connections stay for what else they do.
    this.places = new Places(Math.floor(DATABASE_POOL_SIZE / 2));
  }

  async sync(caller: Caller, position: SyncPosition): Promise<SyncReply> {
    this.limiter.takeLocal('sync', caller.deviceId);
    const { accountId: reader, deviceId } = caller;
    const snapshot = await this.places.hold(() =>
      this.logs.sync({ reader, deviceId, nowMs: this.clock.millis(), ...position }),
    );
    const revision = snapshot.changes.at(-1)?.revision ?? position.revision;
    const more = snapshot.moreChanges || snapshot.pages.some(({ upTo, headSeq }) => upTo < headSeq);
    return { ...snapshot, revision, more };
  }
}

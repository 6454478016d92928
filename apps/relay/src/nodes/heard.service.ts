import { Injectable } from '@nestjs/common';
import { Delivery } from '../delivery/index.js';
import { PlacedEntriesStore, pushedEntryDto } from '../entries/index.js';
import type { Pushes } from '../gateway/index.js';
import type { Frame, Topic } from '../platform/bus/bus.js';
import { Clock } from '../platform/clock/clock.js';
import { Unavailable } from '../platform/errors/refusal.js';
import { Log } from '../platform/logging/log.js';
import { KnownNodes } from './known-nodes.js';
import { type Said, saidIn } from './said.js';
import { addresseesOf } from './topics.js';

interface Heard {
  readonly said: Said;
  readonly topics: readonly Topic[];
}

/** Read at once. */
const MOST_ENTRIES = 200;
/** That wait until entries are read. */
const MOST_WAITING = 20_000;

/** Passes on to the sockets of this relay what the others say, in the order in which they said it. */
@Injectable()
export class HeardService {
  readonly nodes = new KnownNodes();
  /** How often something that was heard could not be passed on. */
  losses = 0;
  private waiting: Heard[] = [];
  private isReading = false;

  constructor(
    private readonly entries: PlacedEntriesStore,
    private readonly delivery: Delivery,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  hear({ topics, body }: Frame): void {
    try {
      const heard = { said: saidIn(body), topics };
      // What has to be read first holds up what comes behind it.
      if (this.isReading || 'entry' in heard.said) this.queue(heard);
      else this.passOn(heard);
    } catch (error) {
      this.log.warn('what came by the bus is not a relay’s', {}, error);
    }
  }

  private queue(heard: Heard): void {
    if (this.waiting.length >= MOST_WAITING) this.losses++;
    else this.waiting.push(heard);
    if (!this.isReading) void this.readAll();
  }

  private async readAll(): Promise<void> {
    this.isReading = true;
    while (this.waiting.length > 0) await this.readSome(this.waiting.splice(0, MOST_ENTRIES));
    this.isReading = false;
  }

  /** Never throws. */
  private async readSome(some: readonly Heard[]): Promise<void> {
    try {
      const places = some.flatMap(({ said }) => ('entry' in said ? [said.entry] : []));
      const entries = await this.entries.at(places.map(([conversationId, seq]) => ({ conversationId, seq })));
      const found = new Map(entries.map((entry) => [placeOf(entry.conversationId, entry.seq), pushedEntryDto(entry)]));
      for (const heard of some) this.passOn(heard, found);
    } catch (error) {
      this.losses++;
      // Of an outage the database's connection tells.
      if (!(error instanceof Unavailable)) this.log.warn('passing on what came by the bus failed', {}, error);
    }
  }

  private passOn({ said, topics }: Heard, entries?: ReadonlyMap<string, Pushes['entry']>): void {
    const { here } = this.delivery;
    if ('beat' in said) this.nodes.heard(said.beat, this.clock.monotonicMillis());
    else if ('resync' in said) here?.broadcast('resync', {});
    else if ('ended' in said) here?.endSessions(said.ended, said.reason);
    else if ('push' in said) {
      const [event, payload] = said.push;
      here?.push(event, payload, addresseesOf(topics, said.except));
    } else {
      const entry = entries?.get(placeOf(...said.entry));
      if (entry !== undefined) here?.push('entry', entry, addresseesOf(topics, said.except));
    }
  }
}

function placeOf(conversationId: string, seq: number): string {
  return `${conversationId}/${String(seq)}`;
}

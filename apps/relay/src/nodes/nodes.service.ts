import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import type { ConversationId, ServerEvent, SessionId } from '#protocol';
import { type Addressees, Delivery, type EndReason, type Neighbours, type Room } from '../delivery/index.js';
import { type Bus, EVERYBODY, type Topic } from '../platform/bus/bus.js';
import { NodeBus } from '../platform/bus/node-bus.js';
import type { Pushes } from '../gateway/index.js';
import { HeardService } from './heard.service.js';
import type { Said } from './said.js';
import { topicsOf } from './topics.js';

/** Of one frame: with more it would not fit into a notification. */
const MOST_SESSIONS = 100;
const TO_ALL: readonly Topic[] = [EVERYBODY];

/** Tells the other relays of the installation what their sockets should hear. Nothing here waits, fails or retries. */
@Injectable()
export class NodesService implements Neighbours, OnModuleInit, OnApplicationBootstrap {
  private readonly bus: Bus | undefined;

  constructor(
    { bus }: NodeBus,
    private readonly heard: HeardService,
    private readonly delivery: Delivery,
  ) {
    this.bus = bus;
  }

  onModuleInit(): void {
    if (this.bus !== undefined) this.delivery.attachNeighbours(this);
  }

  onApplicationBootstrap(): void {
    this.bus?.start((frame) => this.heard.hear(frame));
  }

  push(event: ServerEvent, payload: Pushes[ServerEvent], to: Addressees): void {
    const except = 'devices' in to ? undefined : to.except;
    this.say(topicsOf(to), { ...this.carried(event, payload), except });
  }

  endSessions(sessions: readonly SessionId[], reason: EndReason): void {
    for (let at = 0; at < sessions.length; at += MOST_SESSIONS)
      this.say(TO_ALL, { ended: sessions.slice(at, at + MOST_SESSIONS), reason });
  }

  resync(): void {
    this.say(TO_ALL, { resync: true });
  }

  opened(room: Room): void {
    this.bus?.follow(room);
  }

  emptied(room: Room): void {
    this.bus?.unfollow(room);
  }

  listening(): Promise<void> | undefined {
    return this.bus?.followed();
  }

  private carried(event: ServerEvent, payload: Pushes[ServerEvent]): Said {
    if (event === 'entry' && this.bus?.carriesContent === false) {
      const { conversationId, seq } = payload as Pushes['entry'];
      return { entry: [conversationId as ConversationId, seq] };
    }
    return { push: [event, payload] };
  }

  private say(topics: readonly Topic[], said: Said): void {
    this.bus?.publish({ topics, body: JSON.stringify(said) });
  }
}

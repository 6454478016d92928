import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DURATIONS, LIMITS } from '#protocol';
import { Clock } from '../platform/clock/clock.js';
import { contained } from '../platform/logging/contained.js';
import { Log } from '../platform/logging/log.js';
import type { Connection } from './connection.js';
import { Connections } from './connections.js';

const EVERY_MS = 250;

/** Closes sockets that outlived their token, and those whose reader has stopped reading; cuts those that do not go. */
@Injectable()
export class ConnectionWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly connections: Connections,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.look();
    }, EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** One round over all sockets, in which none keeps the others from their turn. */
  look(): void {
    const nowMs = this.clock.millis();
    const lookAfter = contained(this.log, 'looking after a socket failed', (connection: Connection) =>
      this.lookAfter(connection, nowMs),
    );
    for (const connection of this.connections) lookAfter(connection);
  }

  private lookAfter(connection: Connection, nowMs: number): void {
    if (connection.isDone) this.connections.remove(connection);
    else if (connection.isClosing) connection.cut();
    else if (connection.tokenEndsAtMs + DURATIONS.socketGraceSeconds * 1000 < nowMs)
      this.end(connection, 'token_expired');
    else if (connection.backlogBytes > LIMITS.socketBacklogBytes) this.end(connection, 'slow_consumer');
  }

  private end(connection: Connection, reason: string): void {
    this.log.info('socket closed', { reason });
    connection.close();
  }
}

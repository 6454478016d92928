import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DURATIONS, LIMITS } from '#protocol';
import { Clock } from '../platform/clock/clock.js';
import { Limiter } from '../platform/limits/limiter.js';
import { contained } from '../platform/logging/contained.js';
import { Log } from '../platform/logging/log.js';
import type { Connection } from './connection.js';
import { Connections } from './connections.js';

const EVERY_MS = 250;
/** Of the hundred that close a socket: who sends more than it may without a rest goes after two and a half seconds. */
const STRIKES_FOR_FLOODING = 10;

/**
 * Closes sockets that outlived their token, whose reader has stopped reading, or that send more than they may; cuts those
 * that do not go.
 */
@Injectable()
export class ConnectionWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly connections: Connections,
    private readonly limiter: Limiter,
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
    else if (isStalled(connection)) this.end(connection, 'slow_consumer');
    else if (this.isFlooding(connection)) this.connections.strike(connection, STRIKES_FOR_FLOODING);
  }

  /** Before more is written to a socket: between two rounds a stalled reader could be sent any amount. */
  beforeWrite(connection: Connection): void {
    if (connection.isClosing || !isStalled(connection)) return;
    this.end(connection, 'slow_consumer');
    connection.cut();
  }

  /** Events draw on the same bucket as they come; this is for what is none. */
  private isFlooding(connection: Connection): boolean {
    const bytes = connection.newBytes();
    return bytes > 0 && !this.limiter.allowsLocal('socketBytes', connection.socket.id, bytes);
  }

  private end(connection: Connection, reason: string): void {
    this.log.info('socket closed', { reason });
    connection.close();
  }
}

function isStalled({ backlogBytes }: Connection): boolean {
  return backlogBytes > LIMITS.socketBacklogBytes;
}

import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DURATIONS } from '#protocol';
import { Clock } from '../platform/clock/clock.js';
import { Limiter } from '../platform/limits/limiter.js';
import { contained } from '../platform/logging/contained.js';
import { Log } from '../platform/logging/log.js';
import type { Connection } from './connection.js';
import { Connections } from './connections.js';

const EVERY_MS = 250;
/** Reading what the system counts of ten thousand sockets takes its time: each has its turn in one round of so many. */
const TURNS = 4;
/** Of the hundred that close a socket: who sends more than it may without a rest goes after three seconds. */
const STRIKES_FOR_FLOODING = 40;

/**
 * Closes sockets that outlived their token, whose reader has stopped reading, or that send more than they may; cuts those
 * that do not go.
 */
@Injectable()
export class ConnectionWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private turn = 0;

  constructor(
    private readonly connections: Connections,
    private readonly limiter: Limiter,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.turn = (this.turn + 1) % TURNS;
      this.look(({ number, isClosing }) => isClosing || number % TURNS === this.turn);
    }, EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** One round over all sockets, or some of them, in which none keeps the others from their turn. */
  look(isMeant: (connection: Connection) => boolean = () => true): void {
    const nowMs = this.clock.millis();
    const lookAfter = contained(this.log, 'looking after a socket failed', (connection: Connection) =>
      this.lookAfter(connection, nowMs),
    );
    for (const connection of this.connections) if (isMeant(connection)) lookAfter(connection);
  }

  private lookAfter(connection: Connection, nowMs: number): void {
    if (connection.isClosing) this.finish(connection);
    else if (connection.tokenEndsAtMs + DURATIONS.socketGraceSeconds * 1000 < nowMs)
      this.end(connection, 'token_expired');
    else if (connection.isStalled) this.end(connection, 'slow_consumer');
    else if (this.isFlooding(connection)) this.connections.strike(connection, STRIKES_FOR_FLOODING);
  }

  private finish(connection: Connection): void {
    if (connection.isDone) this.connections.remove(connection);
    else connection.cut();
  }

  /** Before more is written to a socket: between two rounds a stalled reader could be sent any amount. */
  beforeWrite(connection: Connection): void {
    if (connection.isClosing || !connection.isStalled) return;
    this.end(connection, 'slow_consumer');
    connection.cut();
  }

  /** Events draw on the same bucket as they come; this is for what is none. */
  private isFlooding(connection: Connection): boolean {
    const bytes = connection.newBytes();
    const { socket, caller } = connection;
    return bytes > 0 && !this.limiter.allowsLocal('socketBytes', socket.id, bytes, caller.accountId);
  }

  private end(connection: Connection, reason: string): void {
    this.log.info('socket closed', { reason });
    connection.close();
  }
}

import { Injectable } from '@nestjs/common';
import { CLIENT_EVENTS } from '#protocol';
import { type Problem, problemOf, problemOfRefusal } from '../platform/errors/problem.js';
import { InvalidRequest, RateLimited } from '../platform/errors/refusal.js';
import { assertShape } from '../platform/http/shape-validator.js';
import { Limiter } from '../platform/limits/limiter.js';
import { Log } from '../platform/logging/log.js';
import type { Counter } from '../platform/metrics/counted.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { Tracing } from '../platform/tracing/tracing.js';
import type { Connection } from './connection.js';
import { Connections } from './connections.js';
import { EventTable } from './event-table.js';

type Acknowledge = (reply: object) => void;

type Outcome = 'ok' | 'refused' | 'failed';

/** What no event of the protocol is, is told of by this name: the one that it came under is the client's to choose. */
const UNKNOWN = 'unknown';

/** Takes every event of every socket to its handler: the one place where bodies are checked and errors become replies. */
@Injectable()
export class Dispatcher {
  /** By event; made at the start, so that a message costs one look into a map. */
  private readonly counters: ReadonlyMap<string, Readonly<Record<Outcome, Counter>>>;

  constructor(
    private readonly table: EventTable,
    private readonly connections: Connections,
    private readonly limiter: Limiter,
    private readonly log: Log,
    private readonly tracing: Tracing,
    metrics: Metrics,
  ) {
    this.counters = countersOf(metrics);
  }

  async dispatch(connection: Connection, event: string, args: readonly unknown[]): Promise<void> {
    // Read before the socket was closed, as the rest of a flood is.
    if (connection.isClosing) return;
    const acknowledge = acknowledgement(args);
    try {
      const reply = await this.traced(connection, event, args);
      this.count(event, 'ok');
      acknowledge?.({ ok: true, ...reply });
    } catch (error) {
      // Also where nobody waits for an answer: what is refused is counted.
      const problem = this.problem(error, event);
      acknowledge?.({ ok: false, error: problem });
      if (error instanceof InvalidRequest || error instanceof RateLimited) this.connections.strike(connection);
    }
  }

  private traced(connection: Connection, event: string, args: readonly unknown[]): Promise<object> {
    if (!this.tracing.isOn) return this.handle(connection, event, args);
    const name = this.counters.has(event) ? event : UNKNOWN;
    return this.tracing.whole(`event ${name}`, { 'sealpost.event': name }, () => this.handle(connection, event, args));
  }

  private count(event: string, outcome: Outcome): void {
    (this.counters.get(event) ?? this.counters.get(UNKNOWN))?.[outcome].add();
  }

  private async handle(connection: Connection, event: string, args: readonly unknown[]): Promise<object> {
    const { socket, caller } = connection;
    this.limiter.takeLocal('events', socket.id, 1, caller.accountId);
    this.limiter.takeLocal('socketBytes', socket.id, connection.newBytes(), caller.accountId);
    const definition = this.table.get(event);
    if (definition === undefined) throw new InvalidRequest([{ path: '', message: 'is no event of this protocol' }]);
    if (args.length !== 2 || acknowledgement(args) === undefined)
      throw new InvalidRequest([{ path: '', message: 'takes one body and an acknowledgement' }]);
    assertShape(definition.shape, args[0], 'body');
    return definition.handle(connection, args[0]);
  }

  private problem(error: unknown, event: string): Problem {
    const refusal = problemOfRefusal(error);
    this.count(event, refusal === undefined ? 'failed' : 'refused');
    const problem = refusal ?? this.fault(error, event);
    this.log.refused(problem.code);
    return problem;
  }

  private fault(error: unknown, event: string): Problem {
    this.log.error('event failed', { event }, error);
    return problemOf('internal');
  }
}

function countersOf(metrics: Metrics): ReadonlyMap<string, Readonly<Record<Outcome, Counter>>> {
  const events = metrics.counters({
    name: 'sealpost_socket_events_total',
    help: 'Events that clients have sent over sockets, by what became of them.',
    labels: ['event', 'outcome'],
  });
  const of = (event: string): Record<Outcome, Counter> => ({
    ok: events.of(event, 'ok'),
    refused: events.of(event, 'refused'),
    failed: events.of(event, 'failed'),
  });
  return new Map([...CLIENT_EVENTS, UNKNOWN].map((event) => [event, of(event)]));
}

function acknowledgement(args: readonly unknown[]): Acknowledge | undefined {
  const last = args.at(-1);
  // Socket.IO makes the function itself; what a client sends is never one.
  return typeof last === 'function' ? (last as Acknowledge) : undefined;
}

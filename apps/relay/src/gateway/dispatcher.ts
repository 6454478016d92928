import { Injectable } from '@nestjs/common';
import { type Problem, problemOf, problemOfRefusal } from '../platform/errors/problem.js';
import { InvalidRequest, RateLimited } from '../platform/errors/refusal.js';
import { assertShape } from '../platform/http/shape-validator.js';
import { Limiter } from '../platform/limits/limiter.js';
import { Log } from '../platform/logging/log.js';
import type { Connection } from './connection.js';
import { Connections } from './connections.js';
import { EventTable } from './event-table.js';

type Acknowledge = (reply: object) => void;

/** Takes every event of every socket to its handler: the one place where bodies are checked and errors become replies. */
@Injectable()
export class Dispatcher {
  constructor(
    private readonly table: EventTable,
    private readonly connections: Connections,
    private readonly limiter: Limiter,
    private readonly log: Log,
  ) {}

  async dispatch(connection: Connection, event: string, args: readonly unknown[]): Promise<void> {
    // Read before the socket was closed, as the rest of a flood is.
    if (connection.isClosing) return;
    const acknowledge = acknowledgement(args);
    try {
      const reply = await this.handle(connection, event, args);
      acknowledge?.({ ok: true, ...reply });
    } catch (error) {
      acknowledge?.({ ok: false, error: this.problem(error, event) });
      if (error instanceof InvalidRequest || error instanceof RateLimited) this.connections.strike(connection);
    }
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
    const problem = problemOfRefusal(error) ?? this.fault(error, event);
    this.log.refused(problem.code);
    return problem;
  }

  private fault(error: unknown, event: string): Problem {
    this.log.error('event failed', { event }, error);
    return problemOf('internal');
  }
}

function acknowledgement(args: readonly unknown[]): Acknowledge | undefined {
  const last = args.at(-1);
  // Socket.IO makes the function itself; what a client sends is never one.
  return typeof last === 'function' ? (last as Acknowledge) : undefined;
}

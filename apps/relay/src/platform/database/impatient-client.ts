import type { Socket } from 'node:net';
import pg from 'pg';

/** A connection for whoever needs one apart from the pool. */
export type PostgresClient = pg.Client;

/** What the types of pg do not know of its client. */
interface Inside {
  readonly connection: { readonly stream: Socket };
  /** Whether nobody waits for an answer. */
  readonly readyForQuery: boolean;
}

/**
 * A client of PostgreSQL that hangs up when the server says nothing for so long while somebody waits for it: a frozen database
 * must turn into refusals, not into a pile of requests.
 *
 * This is what pg's `query_timeout` is for. But that starts and stops a timer for each query, and leaves the connection in
 * use. Node links timers in a list, by which one that has reached the old generation keeps those after it alive through every
 * scavenge, with all that their queries were about: long collections came several times as often. A socket has one timer,
 * which is put back.
 */
export function impatientClient(silenceMs: number): typeof pg.Client {
  return class extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      super(config);
      this.once('connect', () => {
        const inside = this as unknown as Inside;
        const { stream } = inside.connection;
        stream.setTimeout(silenceMs, () => {
          // Heard by whoever waits, as every other end of a connection.
          if (!inside.readyForQuery) stream.destroy(new Error('Connection terminated: PostgreSQL does not answer'));
        });
      });
    }
  };
}

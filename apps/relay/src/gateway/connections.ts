import { Injectable } from '@nestjs/common';
import type { AccountId, SessionId } from '#protocol';
import { Quotas } from '../platform/limits/quotas.js';
import type { Connection } from './connection.js';
import { TooManyConnections } from './gateway.errors.js';

/** The sockets of this process, and how many each account and address has. */
@Injectable()
export class Connections {
  private readonly all = new Set<Connection>();
  private readonly bySession = new Map<SessionId, Set<Connection>>();
  private readonly perAccount = new Map<AccountId, number>();
  private readonly perAddress = new Map<string, number>();

  constructor(private readonly quotas: Quotas) {}

  /**
   * Counts a connection until its transport is closed. In one step with the check, or many handshakes at once would pass.
   * @throws {TooManyConnections} when the account or the address has as many sockets as it may.
   */
  add(connection: Connection): void {
    const { address } = connection;
    const { sessionId, accountId } = connection.caller;
    const isFull = (this.perAccount.get(accountId) ?? 0) >= this.quotas.of('socketsPerAccount');
    if (isFull || (this.perAddress.get(address) ?? 0) >= this.quotas.of('socketsPerAddress'))
      throw new TooManyConnections();
    this.all.add(connection);
    count(this.perAccount, accountId, 1);
    count(this.perAddress, address, 1);
    const ofSession = this.bySession.get(sessionId) ?? new Set();
    this.bySession.set(sessionId, ofSession.add(connection));
  }

  remove(connection: Connection): void {
    if (!this.all.delete(connection)) return;
    const { sessionId, accountId } = connection.caller;
    count(this.perAccount, accountId, -1);
    count(this.perAddress, connection.address, -1);
    const ofSession = this.bySession.get(sessionId);
    ofSession?.delete(connection);
    if (ofSession?.size === 0) this.bySession.delete(sessionId);
  }

  ofSession(session: SessionId): readonly Connection[] {
    return [...(this.bySession.get(session) ?? [])];
  }

  [Symbol.iterator](): IterableIterator<Connection> {
    return this.all.values();
  }
}

function count<Key>(counts: Map<Key, number>, key: Key, by: 1 | -1): void {
  const next = (counts.get(key) ?? 0) + by;
  if (next > 0) counts.set(key, next);
  else counts.delete(key);
}

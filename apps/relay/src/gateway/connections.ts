import { Injectable } from '@nestjs/common';
import type { AccountId, DeviceId, SessionId } from '#protocol';
import { Clock } from '../platform/clock/clock.js';
import { RateLimited } from '../platform/errors/refusal.js';
import { Quotas } from '../platform/limits/quotas.js';
import type { Counter } from '../platform/metrics/counted.js';
import { Metrics } from '../platform/metrics/metrics.js';
import type { Connection } from './connection.js';
import { TooManyConnections } from './gateway.errors.js';

/** A client that is refused this often in one connection is broken or hostile. */
const MOST_STRIKES = 100;
/** For so long its device is kept out then: a flood would be as bad that begins again with every new socket. */
const EXPULSION_MS = 10_000;

/** The sockets of this process, and how many each account and address has. */
@Injectable()
export class Connections {
  private readonly all = new Set<Connection>();
  private readonly bySession = new Map<SessionId, Set<Connection>>();
  private readonly perAccount = new Map<AccountId, number>();
  private readonly perAddress = new Map<string, number>();

  private readonly expelledUntilMs = new Map<DeviceId, number>();
  private readonly opened: Counter;

  constructor(
    private readonly quotas: Quotas,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.opened = metrics.counter({ name: 'sealpost_sockets_opened_total', help: 'Sockets that were let in.' });
    metrics.gauge({ name: 'sealpost_sockets', help: 'Sockets that are open.', read: () => this.all.size });
  }

  /**
   * Counts a connection until its transport is closed. In one step with the check, or many handshakes at once would pass.
   * @throws {TooManyConnections} when the account or the address has as many sockets as it may.
   * @throws {RateLimited} when the device has been thrown out a short while ago.
   */
  add(connection: Connection): void {
    const { address } = connection;
    const { sessionId, accountId, deviceId } = connection.caller;
    const expelledForMs = (this.expelledUntilMs.get(deviceId) ?? 0) - this.clock.monotonicMillis();
    if (expelledForMs > 0) throw new RateLimited(Math.ceil(expelledForMs / 1000));
    const isFull = (this.perAccount.get(accountId) ?? 0) >= this.quotas.of('socketsPerAccount');
    if (isFull || (this.perAddress.get(address) ?? 0) >= this.quotas.of('socketsPerAddress'))
      throw new TooManyConnections();
    this.all.add(connection);
    this.opened.add();
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

  /** Counts a refusal; too many and the socket is closed. */
  strike(connection: Connection, weight = 1): void {
    connection.strikes += weight;
    if (connection.strikes > MOST_STRIKES && !connection.isClosing) this.expel(connection);
  }

  ofSession(session: SessionId): readonly Connection[] {
    return [...(this.bySession.get(session) ?? [])];
  }

  accounts(): AccountId[] {
    return [...this.perAccount.keys()];
  }

  private expel(connection: Connection): void {
    const nowMs = this.clock.monotonicMillis();
    for (const [device, untilMs] of this.expelledUntilMs) if (untilMs <= nowMs) this.expelledUntilMs.delete(device);
    this.expelledUntilMs.set(connection.caller.deviceId, nowMs + EXPULSION_MS);
    connection.close();
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

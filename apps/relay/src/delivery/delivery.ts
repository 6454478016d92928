import { Injectable } from '@nestjs/common';
import type { AccountId, ConversationId, DeviceId, ServerEvent, SessionId } from '#protocol';
import type { Pushes } from '../gateway/index.js';

/** Why sockets are closed by the relay. */
export const END_REASONS = [
  'signed_out',
  'revoked',
  'device_revoked',
  'password_changed',
  'account_deleted',
  'account_deletion_pending',
  'account_suspended',
  'token_reused',
] as const;
export type EndReason = (typeof END_REASONS)[number];

/** A room of sockets: those of an account, or of a device. */
export type Room = `account:${AccountId}` | `device:${DeviceId}`;

/** Carries events to the devices that are connected to this relay: the gateway does. */
export interface Transport {
  /** Whether any of these accounts may have a connected device: spares the work of a push to nobody. */
  reaches(accounts: readonly AccountId[]): boolean;
  /** Whether the device has a socket. */
  isConnected(device: DeviceId): boolean;
  push(event: ServerEvent, payload: Pushes[ServerEvent], to: Addressees): void;
  endSessions(sessions: readonly SessionId[], reason: EndReason): void;
  /** The accounts that have a socket. */
  connectedAccounts(): AccountId[];
  /** To everybody who is connected to this relay. */
  broadcast<Event extends ServerEvent>(event: Event, payload: Pushes[Event]): void;
}

/** Carries the same to the other relays of the installation, if there are any. */
export interface Neighbours {
  push(event: ServerEvent, payload: Pushes[ServerEvent], to: Addressees): void;
  endSessions(sessions: readonly SessionId[], reason: EndReason): void;
  resync(): void;
  /** The first socket of a room came, or the last has left. */
  opened(room: Room): void;
  emptied(room: Room): void;
  /** Ends when what neighbours send to the rooms there are is heard here; `undefined` if there is nothing to wait for. */
  listening(): Promise<void> | undefined;
}

/** A message that is committed: it concerns everybody who may read it, but not the other devices of who wrote it. */
export interface Arrival {
  readonly conversationId: ConversationId;
  readonly recipients: readonly AccountId[];
  readonly senderId: AccountId;
}

/** Wakes devices that are not connected. What it is told it only notes down: whoever tells it does not wait. */
export interface Waker {
  arrived(arrival: Arrival): void;
  /** The device fell silent: what it was sent last it may never have received. */
  lost(device: DeviceId): void;
}

export type Addressees =
  | {
      readonly accounts: readonly AccountId[];
      /** The device that caused the event and knows already. */
      readonly except?: DeviceId | undefined;
    }
  | { readonly devices: readonly DeviceId[] };

/**
 * Where features hand in what connected devices should hear of. A push is an accelerator: whoever is not connected, or
 * misses one, finds the same by `sync`, so nothing here waits, fails or retries.
 */
@Injectable()
export class Delivery {
  private transport: Transport | undefined;
  private waker: Waker | undefined;
  private neighbours: Neighbours | undefined;

  attach(transport: Transport): void {
    this.transport = transport;
  }

  attachWaker(waker: Waker): void {
    this.waker = waker;
  }

  attachNeighbours(neighbours: Neighbours): void {
    this.neighbours = neighbours;
  }

  /** The sockets of this relay alone. */
  get here(): Transport | undefined {
    return this.transport;
  }

  /** Whether a push to these accounts may reach anybody; if not, its payload need not be made. */
  reaches(accounts: readonly AccountId[]): boolean {
    if (this.neighbours !== undefined) return accounts.length > 0;
    return this.transport?.reaches(accounts) ?? false;
  }

  /** Takes what stands in the gateway's table of pushes, each event with the payload that the table gives it. */
  push<Event extends ServerEvent>(event: Event, payload: Pushes[Event], to: Addressees): void {
    if (('devices' in to ? to.devices : to.accounts).length === 0) return;
    this.transport?.push(event, payload, to);
    this.neighbours?.push(event, payload, to);
  }

  /** Whether the device has a socket at this relay. */
  isConnected(device: DeviceId): boolean {
    return this.transport?.isConnected(device) ?? false;
  }

  opened(room: Room): void {
    this.neighbours?.opened(room);
  }

  emptied(room: Room): void {
    this.neighbours?.emptied(room);
  }

  /** What a new socket waits for before it is told that it hears everything; `undefined` where that is so already. */
  listening(): Promise<void> | undefined {
    return this.neighbours?.listening();
  }

  /** For those whom no push reaches. */
  wake(arrival: Arrival): void {
    this.waker?.arrived(arrival);
  }

  lost(device: DeviceId): void {
    this.waker?.lost(device);
  }

  /** Tells everybody connected that pushes were lost, so that they catch up now rather than at the next message. */
  resync(): void {
    this.transport?.broadcast('resync', {});
    this.neighbours?.resync();
  }

  /** Tells everybody connected to this relay. */
  broadcast<Event extends ServerEvent>(event: Event, payload: Pushes[Event]): void {
    this.transport?.broadcast(event, payload);
  }

  /** Closes the sockets of sessions that ended; the caller has already committed their end. */
  endSessions(sessions: readonly SessionId[], reason: EndReason): void {
    if (sessions.length === 0) return;
    this.transport?.endSessions(sessions, reason);
    this.neighbours?.endSessions(sessions, reason);
  }
}

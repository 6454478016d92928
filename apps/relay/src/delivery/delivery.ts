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

/** Carries events to connected devices; the gateway is the one there is. */
export interface Transport {
  /** Whether any of these accounts may have a connected device: spares the work of a push to nobody. */
  reaches(accounts: readonly AccountId[]): boolean;
  /** Whether the device has a socket. */
  isConnected(device: DeviceId): boolean;
  push(event: ServerEvent, payload: Pushes[ServerEvent], to: Addressees): void;
  endSessions(sessions: readonly SessionId[], reason: EndReason): void;
  /** To everybody who is connected to this relay. */
  broadcast<Event extends ServerEvent>(event: Event, payload: Pushes[Event]): void;
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

  attach(transport: Transport): void {
    this.transport = transport;
  }

  attachWaker(waker: Waker): void {
    this.waker = waker;
  }

  /** Whether a push to these accounts can reach anybody; if not, its payload need not be made. */
  reaches(accounts: readonly AccountId[]): boolean {
    return this.transport?.reaches(accounts) ?? false;
  }

  /** Takes what stands in the gateway's table of pushes, each event with the payload that the table gives it. */
  push<Event extends ServerEvent>(event: Event, payload: Pushes[Event], to: Addressees): void {
    if (('devices' in to ? to.devices : to.accounts).length > 0) this.transport?.push(event, payload, to);
  }

  isConnected(device: DeviceId): boolean {
    return this.transport?.isConnected(device) ?? false;
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
  }

  /** Tells everybody connected to this relay. */
  broadcast<Event extends ServerEvent>(event: Event, payload: Pushes[Event]): void {
    this.transport?.broadcast(event, payload);
  }

  /** Closes the sockets of sessions that ended; the caller has already committed their end. */
  endSessions(sessions: readonly SessionId[], reason: EndReason): void {
    if (sessions.length > 0) this.transport?.endSessions(sessions, reason);
  }
}

import { Injectable } from '@nestjs/common';
import type { AccountId, DeviceId, ServerEvent, SessionId } from '#protocol';

/** Why sockets are closed by the relay. */
export type EndReason =
  'signed_out' | 'revoked' | 'device_revoked' | 'password_changed' | 'account_deleted' | 'token_reused';

/** Carries events to connected devices; the gateway is the one there is. */
export interface Transport {
  /** Whether any of these accounts may have a connected device: spares the work of a push to nobody. */
  reaches(accounts: readonly AccountId[]): boolean;
  push(event: ServerEvent, payload: object, to: Addressees): void;
  endSessions(sessions: readonly SessionId[], reason: EndReason): void;
  resync(): void;
}

export interface Addressees {
  readonly accounts: readonly AccountId[];
  /** The device that caused the event and knows already. */
  readonly except?: DeviceId | undefined;
}

/**
 * Where features hand in what connected devices should hear of. A push is an accelerator: whoever is not connected, or
 * misses one, finds the same by `sync`, so nothing here waits, fails or retries.
 */
@Injectable()
export class Delivery {
  private transport: Transport | undefined;

  attach(transport: Transport): void {
    this.transport = transport;
  }

  reaches(accounts: readonly AccountId[]): boolean {
    return this.transport?.reaches(accounts) ?? false;
  }

  push(event: ServerEvent, payload: object, to: Addressees): void {
    if (to.accounts.length > 0) this.transport?.push(event, payload, to);
  }

  /** Tells everybody connected that pushes were lost, so that they catch up now rather than at the next message. */
  resync(): void {
    this.transport?.resync();
  }

  /** Closes the sockets of sessions that ended; the caller has already committed their end. */
  endSessions(sessions: readonly SessionId[], reason: EndReason): void {
    if (sessions.length > 0) this.transport?.endSessions(sessions, reason);
  }
}

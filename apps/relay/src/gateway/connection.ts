import type { Socket } from 'socket.io';
import type { Caller } from '../platform/http/caller.js';

/** An authenticated socket. */
export class Connection {
  /** Refusals so far; too many and the socket is closed. */
  strikes = 0;

  constructor(
    readonly socket: Socket,
    readonly caller: Caller,
    readonly address: string,
    /** Milliseconds since the epoch at which the access token ends. */
    public tokenEndsAtMs: number,
  ) {}

  /** Bytes that the relay holds for this reader because it does not read. */
  get backlogBytes(): number {
    const { writeBuffer } = this.socket.conn as unknown as { writeBuffer: readonly { data?: unknown }[] };
    return writeBuffer.reduce((sum, { data }) => sum + (typeof data === 'string' ? data.length : 0), 0);
  }

  close(): void {
    this.socket.disconnect(true);
  }
}

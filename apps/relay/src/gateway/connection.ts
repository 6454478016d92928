import type { Socket as NodeSocket } from 'node:net';
import { LIMITS } from '#protocol';
import type { Caller } from '../platform/http/caller.js';
import type { RelaySocket } from './relay-socket.js';

export interface Admission {
  readonly socket: RelaySocket;
  readonly caller: Caller;
  readonly address: string;
  /** The life of the database at the time of the handshake. */
  readonly incarnation: string;
}

let connections = 0;

/** An authenticated socket. */
export class Connection {
  /** In the order in which they came to this process. */
  readonly number = connections++;
  readonly socket: RelaySocket;
  readonly caller: Caller;
  readonly address: string;
  readonly incarnation: string;
  /** Refusals so far. */
  strikes = 0;
  /** Whether it is to end: what it does from then on no longer counts. */
  isClosing = false;
  private countedBytes = 0;
  /** Characters of the largest frame that may be waiting. */
  private largestFrame = 0;
  /** Below Socket.IO and WebSocket. */
  private readonly transport: NodeSocket;

  constructor(
    admission: Admission,
    /** Milliseconds since the epoch at which the access token ends. */
    public tokenEndsAtMs: number,
  ) {
    ({ socket: this.socket, caller: this.caller, address: this.address, incarnation: this.incarnation } = admission);
    this.transport = this.socket.request.socket;
  }

  /** Bytes that the relay holds for this reader because it does not read. */
  get backlogBytes(): number {
    return this.transport.writableLength;
  }

  /**
   * Whether it has stopped reading. One frame may be longer than what may wait: the answer to a `sync` has a whole commit. Who
   * has asked for that over a slow network gets the time to read it, or would be cut at each new attempt.
   */
  get isStalled(): boolean {
    return this.backlogBytes > LIMITS.socketBacklogBytes + this.largestFrame;
  }

  /** A frame is about to be written to it. */
  expectFrame(characters: number): void {
    this.largestFrame = this.backlogBytes === 0 ? characters : Math.max(this.largestFrame, characters);
  }

  /** Bytes that came in since this was last asked, of whatever kind. */
  newBytes(): number {
    const { bytesRead } = this.transport;
    const since = bytesRead - this.countedBytes;
    this.countedBytes = bytesRead;
    return since;
  }

  /** Says goodbye, which takes as long as the other side takes to read what is still on its way. */
  close(): void {
    this.isClosing = true;
    this.socket.disconnect(true);
  }

  /** Whether it has said goodbye, and the other side can read all of it. */
  get isDone(): boolean {
    return this.socket.conn.readyState === 'closed' && this.backlogBytes === 0;
  }

  /** Ends it without another word, for who does not read. */
  cut(): void {
    this.transport.destroy();
  }
}

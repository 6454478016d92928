import type { WebSocket } from 'ws';
import { Backoff } from '../../libs/sdk/src/relay/backoff.js';
import { connect } from '../load/lib/socket-io.mjs';

/** Of the acknowledgement of a sync; a client has no more than one on its way. */
const SYNC = '1';
/** As the SDK's. */
const CONNECT_TIMEOUT_MS = 20_000;

/**
 * A socket that comes back whenever it is lost: it waits as the SDK does, shows the token that it has, and asks for what is new.
 * Nothing of it signs in.
 */
export class ReturningClient {
  /** Connected, and told what is new since. */
  isBack = false;
  /** Connections that it tried to open. */
  tries = 0;
  /** What the relay refused, by what it said; a connection that came to nothing is none of that. */
  readonly refusals: string[] = [];
  private readonly backoff = new Backoff();
  private socket: WebSocket | undefined;
  private hasLeft = false;

  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  async come(): Promise<void> {
    while (!this.hasLeft) {
      this.tries++;
      try {
        const socket = await connect(this.url, {
          token: this.token,
          handshakeTimeout: CONNECT_TIMEOUT_MS,
          onAck: (frame) => this.take(frame),
        });
        socket.once('close', () => this.comeAgain());
        this.socket = socket;
        this.sync();
        return;
      } catch (error) {
        this.noteRefusal(error);
        await this.backoff.wait();
      }
    }
  }

  leave(): void {
    this.hasLeft = true;
    this.socket?.terminate();
  }

  private comeAgain(): void {
    this.isBack = false;
    void this.backoff.wait().then(() => this.come());
  }

  private sync(): void {
    this.socket?.send(`42${SYNC}["sync",{"revision":0,"cursors":{}}]`);
  }

  private take(frame: Buffer): void {
    const answer = frame.toString('latin1', 0, 400);
    this.isBack = answer.includes('"ok":true');
    if (this.isBack) this.backoff.reset();
    else {
      this.refusals.push(answer);
      void this.backoff.wait().then(() => this.sync());
    }
  }

  private noteRefusal(error: unknown): void {
    const text = String(error);
    // The frame of a refused connection: whatever else came to nothing the system says, or the relay that is not there.
    if (text.includes('Error: 44')) this.refusals.push(text);
  }
}

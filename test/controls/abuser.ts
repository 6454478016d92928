import { WebSocket } from 'ws';
import { connect } from '../load/lib/socket-io.mjs';

const EVERY_MS = 10;
/** Forty times as many events as a socket may send. */
const EVENTS_PER_TURN = 20;
/** Every fourth turn, frames as large as may be: in all twenty times as many bytes as a socket may send. */
const LARGE_EVERY = 4;
const LARGE_FRAMES = 8;
const RETRY_MS = 50;
const LARGE = `3${'x'.repeat(190 * 1024)}`;

/** Somebody with an account who sends far more than anybody may, and comes again whenever they are thrown out. */
export class Abuser {
  private thrownOut = 0;
  private socket: WebSocket | undefined;
  private turn = 0;
  private isOver = false;
  private readonly timer = setInterval(() => this.flood(), EVERY_MS);

  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {
    this.come();
  }

  /** @returns how often they were thrown out. */
  desist(): number {
    this.isOver = true;
    clearInterval(this.timer);
    this.socket?.removeAllListeners('close').terminate();
    return this.thrownOut;
  }

  private come(): void {
    if (this.isOver) return;
    connect(this.url, { token: this.token }).then(
      (socket) => {
        this.socket = socket;
        socket.once('close', () => {
          this.thrownOut++;
          this.come();
        });
      },
      () => setTimeout(() => this.come(), RETRY_MS),
    );
  }

  private flood(): void {
    const { socket } = this;
    if (socket?.readyState !== WebSocket.OPEN) return;
    for (let n = 0; n < EVENTS_PER_TURN; n++) socket.send(`42${n}["nonsense",{"n":${n}}]`);
    if (++this.turn % LARGE_EVERY === 0) for (let n = 0; n < LARGE_FRAMES; n++) socket.send(LARGE);
  }
}

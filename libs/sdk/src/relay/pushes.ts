import { RelaySocket, type SocketListener } from './relay-socket.js';
import type { RelayClient } from './relay-client.js';

/** Where WebSockets do not get through, messages still come, only later. */
const POLL_MS = 30_000;
/**
 * While everything is pushed, only one poll of so many asks, once an hour: by its cursors the relay learns how far a device has
 * stored what it was pushed, and may delete what all devices have.
 */
const POLLS_TO_REPORT = 120;

interface PushesOptions {
  readonly relay: RelayClient;
  readonly listener: SocketListener;
  /** Asks the relay for what is new. */
  readonly ask: () => void;
  readonly pollMs?: number | undefined;
}

/** What the relay tells by itself; while it cannot, it is asked again and again. */
export class Pushes {
  private readonly socket: RelaySocket;
  private poll: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly options: PushesOptions) {
    const { relay, listener } = options;
    this.socket = new RelaySocket({ relay, listener });
  }

  open(): void {
    this.socket.open();
    let polls = 0;
    this.poll = setInterval(() => {
      polls = this.socket.isConnected ? polls + 1 : 0;
      if (polls % POLLS_TO_REPORT === 0) this.options.ask();
    }, this.options.pollMs ?? POLL_MS);
  }

  /** Does not wait any longer before it connects. */
  retryNow(): void {
    this.socket.retryNow();
  }

  /** Of no use later: what cannot be told now is not. */
  async tellTyping(conversationId: string, active: boolean): Promise<void> {
    if (this.socket.isConnected) await this.socket.typing({ conversationId, active });
  }

  close(): void {
    clearInterval(this.poll);
    this.socket.close();
  }
}

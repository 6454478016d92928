import { RelaySocket, type SocketListener } from './relay-socket.js';
import type { RelayClient } from './relay-client.js';

/** Where WebSockets do not get through, messages still come, only later. */
const POLL_MS = 30_000;

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
    this.poll = setInterval(() => {
      if (!this.socket.isConnected) this.options.ask();
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

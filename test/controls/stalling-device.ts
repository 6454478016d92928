import type { WebSocket } from 'ws';
import { connect } from '../load/lib/socket-io.mjs';

const SEQ = /"seq":(\d+)/;
const RETRY_MS = 50;
/** Of the acknowledgement of a sync; a device has no more than one on its way. */
const SYNC = '1';

interface SyncReply {
  readonly ok: true;
  readonly more: boolean;
  readonly conversations: readonly {
    readonly conversationId: string;
    readonly upTo: number;
    readonly items: readonly unknown[];
  }[];
}

/**
 * A device that keeps one log whole: it counts a push if and only if it is the very next entry, and otherwise pulls. It
 * stops reading when it is told to, and comes again when it is thrown out. It keeps no bodies: many of it are sent more than fits into memory.
 */
export class StallingDevice {
  /** Up to where the log is whole. */
  cursor = 0;
  /** Entries that a page did not have though it said that it reaches beyond them. */
  missing = 0;
  private askedFrom = 0;
  private socket: WebSocket | undefined;
  private isPulling = false;
  private isPullWanted = false;
  private isStalled = false;
  private isAway = true;

  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly conversationId: string,
  ) {}

  /** Connects, and reads nothing after its welcome: what comes stays in the buffers of the network, and then of the relay. */
  async stall(): Promise<void> {
    this.isAway = false;
    this.isStalled = true;
    await this.come();
  }

  /** Reads again, if only that it has been thrown out, and catches up. */
  resume(): void {
    this.isStalled = false;
    this.socket?.resume();
    this.pull();
  }

  leave(): void {
    this.isAway = true;
    this.socket?.terminate();
  }

  private async come(): Promise<void> {
    this.socket = await connect(this.url, {
      token: this.token,
      onEvent: (frame) => this.hear(frame),
      onAck: (frame) => this.take(frame),
    });
    this.isPulling = false;
    this.socket.once('close', () => this.comeAgain());
    if (this.isStalled) this.socket.pause();
    else this.pull();
  }

  private comeAgain(): void {
    if (this.isAway) return;
    setTimeout(() => {
      this.come().catch(() => this.comeAgain());
    }, RETRY_MS);
  }

  private hear(frame: Buffer): void {
    const beginning = frame.toString('latin1', 0, 400);
    if (!beginning.startsWith('42["entry"')) return;
    const seq = Number(SEQ.exec(beginning)?.[1]);
    if (seq === this.cursor + 1) this.cursor = seq;
    else if (!(seq <= this.cursor)) this.pull();
  }

  private pull(): void {
    this.isPullWanted = this.isPulling;
    if (this.isPulling) return;
    this.isPulling = true;
    this.askedFrom = this.cursor;
    const body = { revision: 0, cursors: { [this.conversationId]: this.cursor } };
    this.socket?.send(`42${SYNC}["sync",${JSON.stringify(body)}]`);
  }

  private take(frame: Buffer): void {
    const [reply] = JSON.parse(frame.toString().slice(`43${SYNC}`.length)) as [SyncReply | { readonly ok: false }];
    if (reply.ok) this.apply(reply);
    // So many at once may be too many for the database: it says so, and is asked again.
    else setTimeout(() => this.pullAgain(), RETRY_MS);
  }

  private apply(reply: SyncReply): void {
    const page = reply.conversations.find(({ conversationId }) => conversationId === this.conversationId);
    // Pushes may have come while the page was on its way.
    if (page !== undefined) {
      this.missing += page.upTo - this.askedFrom - page.items.length;
      this.cursor = Math.max(this.cursor, page.upTo);
    }
    if (reply.more || this.isPullWanted) this.pullAgain();
    else this.isPulling = false;
  }

  private pullAgain(): void {
    this.isPulling = false;
    this.pull();
  }
}

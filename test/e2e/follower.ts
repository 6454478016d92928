import { io, type Socket } from 'socket.io-client';
import { type SyncedItem, type TestUser } from '#testing';

/** An entry as a device keeps it, and how it came. */
export interface FollowedEntry {
  readonly seq: number;
  readonly id: string;
  readonly ciphertext: string | undefined;
  readonly cameBy: 'push' | 'pull';
}

interface PushedEntry extends SyncedItem {
  readonly conversationId: string;
}

interface SyncAnswer {
  readonly ok: boolean;
  readonly revision: number;
  readonly more: boolean;
  readonly conversations: readonly { conversationId: string; upTo: number; items: readonly SyncedItem[] }[];
}

const PULL_TIMEOUT_MS = 5_000;
const PULL_PAUSE_MS = 50;

/**
 * A device as the protocol wants it: it applies a push if and only if it is the very next entry of its log, and otherwise
 * pulls. It connects again by itself.
 */
export class Follower {
  private readonly logs = new Map<string, FollowedEntry[]>();
  private revision = 0;
  private pulling = false;
  private isPullWanted = false;

  private constructor(private readonly socket: Socket) {
    socket.on('ready', () => this.pullSoon());
    socket.on('resync', () => this.pullSoon());
    socket.on('entry', (entry: PushedEntry) => this.hear(entry));
  }

  /** Connects as a user's device, and catches up before it returns. */
  static async follow(url: string, user: TestUser): Promise<Follower> {
    const auth = (give: (data: object) => void): void => give({ token: user.token });
    const reconnect = { reconnection: true, reconnectionDelay: 20, reconnectionDelayMax: 100 };
    const socket = io(url, { transports: ['websocket'], auth, forceNew: true, autoConnect: false, ...reconnect });
    const follower = new Follower(socket);
    const ready = new Promise((resolve) => socket.once('ready', resolve));
    socket.connect();
    await ready;
    return follower;
  }

  /** What this device has of a log, in the order in which it was appended here. */
  logOf(conversationId: string): readonly FollowedEntry[] {
    return this.logs.get(conversationId) ?? [];
  }

  /** A message of this very device was acknowledged: the relay does not push it back. */
  acknowledged(conversationId: string, seq: number): void {
    if (seq > this.cursorOf(conversationId)) this.pullSoon();
  }

  /** Breaks the connection as a failing network would; the client connects again at once. */
  drop(): void {
    this.socket.io.engine.close();
  }

  close(): void {
    this.socket.close();
  }

  private hear(entry: PushedEntry): void {
    const isWhole = entry.ciphertext !== undefined || entry.kind === 'members';
    const next = this.cursorOf(entry.conversationId) + 1;
    if (entry.seq < next) return;
    if (entry.seq === next && isWhole) this.append(entry.conversationId, entry, 'push');
    else this.pullSoon();
  }

  /** One pull at a time; what asks for one meanwhile gets another after it. */
  private pullSoon(): void {
    this.isPullWanted = true;
    if (this.pulling) return;
    this.pulling = true;
    void this.pullWhileWanted().finally(() => (this.pulling = false));
  }

  private async pullWhileWanted(): Promise<void> {
    while (this.isPullWanted && this.socket.connected) {
      this.isPullWanted = false;
      try {
        while (await this.pull());
      } catch {
        // The next `ready` pulls again if the connection broke; a relay that is busy is asked again.
        this.isPullWanted = true;
        await new Promise((resolve) => setTimeout(resolve, PULL_PAUSE_MS));
      }
    }
  }

  private async pull(): Promise<boolean> {
    const cursors = Object.fromEntries([...this.logs.keys()].map((id) => [id, this.cursorOf(id)]));
    const request = { revision: this.revision, cursors };
    const answer = (await this.socket.timeout(PULL_TIMEOUT_MS).emitWithAck('sync', request)) as SyncAnswer;
    if (!answer.ok) throw new Error('sync was refused');
    this.revision = answer.revision;
    for (const { conversationId, items } of answer.conversations)
      for (const item of items) this.take(conversationId, item);
    return answer.more;
  }

  /** Pushes may have come while the page was on its way: what is known already is no news. */
  private take(conversationId: string, item: SyncedItem): void {
    if (item.seq > this.cursorOf(conversationId)) this.append(conversationId, item, 'pull');
  }

  private append(conversationId: string, { seq, id, ciphertext }: SyncedItem, cameBy: 'push' | 'pull'): void {
    const log = this.logs.get(conversationId) ?? [];
    this.logs.set(conversationId, log);
    log.push({ seq, id, ciphertext, cameBy });
  }

  private cursorOf(conversationId: string): number {
    return this.logs.get(conversationId)?.at(-1)?.seq ?? 0;
  }
}

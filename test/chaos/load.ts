import { io, type Socket } from 'socket.io-client';
import { draftOf, type Reply, type Seeded, type TestUser, until } from '#testing';
import { type Attempt, type ChaosMessage, History } from './history.js';

const RECONNECT_MS = 20;
const READ_MS = 50;
const RETRY_MS = 100;
/** Long enough for a relay to start on a machine that is busy with something else. */
const PATIENCE_MS = 60_000;
const ACKNOWLEDGEMENT_MS = 5_000;
const MOST_AT_ONCE = 6;
/** One in so many acknowledged messages is sent again, as by a client that has not seen the acknowledgement. */
const REPEAT_ONE_IN = 10;

interface Place {
  readonly user: TestUser;
  readonly conversationId: string;
}

interface SocketReply {
  readonly ok: boolean;
  readonly seq: number;
  readonly error?: { readonly code: string };
}

/** Clients that write without a rest, each message until it is acknowledged. */
export class Load {
  /** How often tries came to nothing: by HTTP status, by error code, and `silence` when nothing came back. */
  readonly failures: Record<string, number> = {};
  /** Statuses of reading. */
  readonly reads: Record<string, number> = {};
  acknowledgements = 0;
  /** The longest that a write over HTTP was without an answer which then refused it. */
  longestRefusalMs = 0;
  disconnects = 0;
  private readonly writing: Promise<void>[] = [];
  private readonly sockets: Socket[] = [];
  private isStopping = false;
  private isAbandoned = false;
  private written = 0;

  constructor(
    private readonly url: string,
    private readonly random: Seeded,
    /** One for all whose promises are looked at together. */
    readonly history = new History(),
  ) {}

  /** Adds a client that sends one message after the other. */
  overHttp(place: Place): void {
    this.go(this.writeOverHttp(place));
  }

  /** Adds a client that sends several at once over a socket, in order, without waiting in between. */
  overSocket(place: Place): void {
    this.go(this.writeOverSocket(place, this.connect(place.user)));
  }

  /** Adds a client that asks for what is new again and again. */
  reading(user: TestUser): void {
    this.go(this.read(user));
  }

  /** Waits for so many acknowledgements more. */
  async progress(count: number): Promise<void> {
    const target = this.acknowledgements + count;
    await until(() => this.acknowledgements >= target, `${count} more messages were acknowledged`, PATIENCE_MS);
  }

  failed(kind: string): number {
    return this.failures[kind] ?? 0;
  }

  /** Lets every message that is on its way arrive. @throws when one did not. */
  async finish(): Promise<void> {
    this.isStopping = true;
    await Promise.all(this.writing);
  }

  /** Hangs up, and gives up what is on its way. */
  async abandon(): Promise<void> {
    this.isStopping = this.isAbandoned = true;
    await Promise.allSettled(this.writing);
    for (const socket of this.sockets) socket.close();
  }

  private go(writing: Promise<void>): void {
    // Whoever finishes hears of the failure; until then nobody listens.
    writing.catch(() => undefined);
    this.writing.push(writing);
  }

  private async writeOverHttp(place: Place): Promise<void> {
    while (!this.isStopping) {
      const message = this.next(place);
      await this.post(place.user, message);
      if (this.random.between(1, REPEAT_ONE_IN) === 1) await this.post(place.user, message);
    }
  }

  private async post(user: TestUser, message: ChaosMessage): Promise<void> {
    const { id, conversationId, ciphertext } = message;
    const deadline = performance.now() + PATIENCE_MS;
    while (performance.now() < deadline && !this.isAbandoned) {
      const attempt = this.history.attempt(message);
      const sentAt = performance.now();
      const reply = await user
        .request('POST', `/conversations/${conversationId}/messages`, { id, ciphertext })
        .catch(() => undefined);
      if (reply?.status === 201) {
        this.acknowledge(attempt, reply.body.seq);
        return;
      }
      if (reply !== undefined) this.longestRefusalMs = Math.max(this.longestRefusalMs, performance.now() - sentAt);
      this.fail(kindOf(reply));
      await pause(RETRY_MS);
    }
    throw new Error('a message was not acknowledged over HTTP');
  }

  private async writeOverSocket(place: Place, socket: Socket): Promise<void> {
    let waiting: ChaosMessage[] = [];
    while (!this.isAbandoned && (!this.isStopping || waiting.length > 0)) {
      await until(() => socket.connected || this.isAbandoned, 'the socket is connected again', PATIENCE_MS);
      const wanted = this.isStopping ? 0 : this.random.between(1, MOST_AT_ONCE);
      while (waiting.length < wanted) waiting.push(this.next(place));
      const placed = await Promise.all(waiting.map((message) => this.emit(socket, message)));
      const unplaced = waiting.filter((_message, index) => placed[index] === false);
      if (unplaced.length > 0) await pause(RETRY_MS);
      const isRepeat = unplaced.length === 0 && this.random.between(1, REPEAT_ONE_IN) === 1;
      waiting = isRepeat && !this.isStopping ? waiting.slice(0, 1) : unplaced;
    }
  }

  private async emit(socket: Socket, message: ChaosMessage): Promise<boolean> {
    const { id, conversationId, ciphertext } = message;
    const attempt = this.history.attempt(message, socket.id);
    const sending: Promise<SocketReply> = socket
      .timeout(ACKNOWLEDGEMENT_MS)
      .emitWithAck('message:send', { conversationId, id, ciphertext });
    const reply = await sending.catch(() => undefined);
    if (reply?.ok === true) this.acknowledge(attempt, reply.seq);
    else this.fail(reply?.error?.code ?? 'silence');
    return reply?.ok === true;
  }

  private async read(user: TestUser): Promise<void> {
    while (!this.isStopping) {
      const reply = await user.request('GET', '/conversations').catch(() => undefined);
      const kind = kindOf(reply);
      this.reads[kind] = (this.reads[kind] ?? 0) + 1;
      await pause(READ_MS);
    }
  }

  private connect(user: TestUser): Socket {
    const socket = io(this.url, {
      transports: ['websocket'],
      auth: { token: user.token },
      forceNew: true,
      reconnectionDelay: RECONNECT_MS,
      reconnectionDelayMax: 5 * RECONNECT_MS,
    });
    socket.on('disconnect', () => this.disconnects++);
    // After a refusal the client library does not try again by itself.
    socket.on('connect_error', () => {
      if (!socket.active) setTimeout(() => socket.connect(), RECONNECT_MS);
    });
    this.sockets.push(socket);
    return socket;
  }

  private next({ user, conversationId }: Place): ChaosMessage {
    const { id, ciphertext } = draftOf(`message ${this.written++}`);
    return { id, ciphertext, conversationId, sender: user.username };
  }

  private acknowledge(attempt: Attempt, seq: number): void {
    attempt.acknowledge(seq);
    this.acknowledgements++;
  }

  private fail(kind: string): void {
    this.failures[kind] = this.failed(kind) + 1;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** 503 is what a client may expect in an outage, if it is told when to come again. */
function kindOf(reply: Reply | undefined): string {
  if (reply === undefined) return 'silence';
  return reply.status === 503 && !reply.headers.has('retry-after') ? '503 without Retry-After' : String(reply.status);
}

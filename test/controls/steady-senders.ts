import { Agent, request } from 'node:http';
import { draftOf } from '#testing';
import type { WebSocket } from 'ws';
import { ackNumber, connect } from '../load/lib/socket-io.mjs';

interface Sender {
  readonly token: string;
}

const EVERY_MS = 20;

/** Sends at a steady rate, half over HTTP and half over sockets, each message once, and keeps what became of it. */
export class SteadySenders {
  /** Ids of all messages, and of those of which the relay said that they are stored. */
  readonly sent: string[] = [];
  readonly acknowledged: string[] = [];
  /** How often HTTP requests ended so: a status, or what became of the connection. */
  readonly endings: Record<string, number> = {};
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 32 });
  private readonly onSocket = new Map<number, string>();
  private socket: WebSocket | undefined;
  private timer: NodeJS.Timeout | undefined;
  private open = 0;

  constructor(
    private readonly url: string,
    private readonly conversationId: string,
    private readonly sender: Sender,
  ) {}

  async begin(perSecond: number): Promise<void> {
    const onAck = (frame: Buffer): void => this.hear(frame);
    const socket = await connect(this.url, { token: this.sender.token, onAck });
    this.socket = socket;
    const perTurn = (perSecond * EVERY_MS) / 1_000 / 2;
    this.timer = setInterval(() => {
      for (let n = 0; n < perTurn; n++) {
        this.post();
        if (socket.readyState === socket.OPEN) this.emit((frame) => socket.send(frame));
      }
    }, EVERY_MS);
  }

  /** Sends no more. What is on its way has ended when `isQuiet`. */
  end(): void {
    clearInterval(this.timer);
  }

  close(): void {
    this.end();
    this.socket?.terminate();
    this.agent.destroy();
  }

  get isQuiet(): boolean {
    return this.open === 0;
  }

  /** Messages of which nobody knows whether they were stored: their senders would send them again. */
  get unknown(): string[] {
    const acknowledged = new Set(this.acknowledged);
    return this.sent.filter((id) => !acknowledged.has(id));
  }

  private emit(send: (frame: string) => void): void {
    const draft = draftOf('over a socket');
    this.onSocket.set(this.sent.push(draft.id), draft.id);
    send(`42${this.sent.length}["message:send",${JSON.stringify({ conversationId: this.conversationId, ...draft })}]`);
  }

  private hear(frame: Buffer): void {
    const id = this.onSocket.get(ackNumber(frame));
    if (id !== undefined && frame.includes('"ok":true')) this.acknowledged.push(id);
  }

  private post(): void {
    const draft = draftOf('over HTTP');
    this.sent.push(draft.id);
    this.open++;
    const headers = { authorization: `Bearer ${this.sender.token}`, 'content-type': 'application/json' };
    const path = `/v1/conversations/${this.conversationId}/messages`;
    const sending = request(`${this.url}${path}`, { method: 'POST', agent: this.agent, headers });
    sending.on('response', (response) => {
      if (response.statusCode === 201) this.acknowledged.push(draft.id);
      const isRetryable = response.statusCode === 201 || response.headers['retry-after'] !== undefined;
      this.endWith(isRetryable ? String(response.statusCode) : `${String(response.statusCode)} without Retry-After`);
      response.resume();
    });
    sending.on('error', (error: NodeJS.ErrnoException) => this.endWith(error.code ?? error.message));
    sending.end(JSON.stringify(draft));
  }

  private endWith(ending: string): void {
    this.open--;
    this.endings[ending] = (this.endings[ending] ?? 0) + 1;
  }
}

import { io, type Socket } from 'socket.io-client';
import type { components } from '#api-client';
import { type ClientEvent, PROTOCOL_VERSION } from '#protocol';
import { z } from '../shapes.js';
import { Backoff } from './backoff.js';
import { refusalOf } from './problem.js';
import { isRefusal, isRetryable, RelayUnreachableError } from './relay.errors.js';
import type { RelayClient } from './relay-client.js';

type Schemas = components['schemas'];

/** What the relay pushes, by its event. */
interface Pushes {
  ready: { readonly protocol: string; readonly incarnation: string; readonly expiresAt: string };
  entry: Schemas['EntryDto'];
  receipt: Schemas['WatermarkDto'];
  'account:changed': Schemas['AccountChangeDto'];
  welcome: Schemas['WelcomeNoticeDto'];
  'keyPackages:low': { readonly suite: number; readonly available: number };
  typing: { readonly conversationId: string; readonly accountId: string; readonly active: boolean };
  announcements: Record<string, never>;
  resync: Record<string, never>;
  'session:revoked': { readonly reason: string };
}

/** Hears what the relay pushes. What a method throws, or is rejected with, goes to `onError`. */
export interface SocketListener {
  /** Connected, again maybe: everything from now on is pushed. Sync now. */
  onReady?(ready: Pushes['ready']): void | Promise<void>;
  onEntry?(entry: Pushes['entry']): void | Promise<void>;
  onReceipt?(receipt: Pushes['receipt']): void | Promise<void>;
  onAccountChanged?(change: Pushes['account:changed']): void | Promise<void>;
  onWelcome?(welcome: Pushes['welcome']): void | Promise<void>;
  onKeyPackagesLow?(stock: Pushes['keyPackages:low']): void | Promise<void>;
  onTyping?(typing: Pushes['typing']): void | Promise<void>;
  /** There are other announcements than before. */
  onAnnouncements?(): void | Promise<void>;
  /** Pushes were lost: sync now. */
  onResync?(): void | Promise<void>;
  /** The session has ended. The socket does not come back. */
  onSessionRevoked?(revoked: Pushes['session:revoked']): void | Promise<void>;
  onDisconnected?(): void | Promise<void>;
  /** It could not connect again, after a connection was lost. It tries on. */
  onUnreachable?(): void | Promise<void>;
  /** What stops the socket for good, when it is no matter of waiting, and what listeners throw. */
  onError?(error: unknown): void;
}

/** Whose socket it is, and who hears what comes. */
export interface RelaySocketOptions {
  readonly relay: RelayClient;
  readonly listener: SocketListener;
  readonly backoff?: Backoff;
}

type Asked = (body: object, acknowledge: (reply: unknown) => void) => void;
type PushSocket = Socket<{ [Event in keyof Pushes]: (push: Pushes[Event]) => void }, Record<ClientEvent, Asked>>;

const CONNECT_TIMEOUT_MS = 20_000;
const ACK_TIMEOUT_MS = 30_000;
/** A token is renewed so long before it expires. */
const RENEWAL_MS = 60_000;
const MAX_RENEWAL_MS = 3_600_000;

const ackShape = z.looseObject({ ok: z.boolean(), error: z.unknown().optional() });

/**
 * The relay over Socket.IO: it connects, renews the token in time, and connects again with growing waits, until it is closed or
 * the session has ended.
 *
 * ```ts
 * const socket = new RelaySocket({ relay: account.relay, listener: { onReady: () => sync(), onEntry: (entry) => store(entry) } });
 * socket.open();
 * ```
 */
export class RelaySocket {
  private readonly backoff: Backoff;
  private readonly closing = new AbortController();
  private hurry = new AbortController();
  private isClosed = false;
  /** Since a connection was lost, until there is one again. */
  private hasLost = false;
  private socket: PushSocket | undefined;
  private token = '';
  private renewal: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: RelaySocketOptions) {
    this.backoff = options.backoff ?? new Backoff();
  }

  /** Whether everything is pushed at present. */
  get isConnected(): boolean {
    return this.socket?.connected ?? false;
  }

  /** Begins to connect. What comes of it, the listener hears. */
  open(): void {
    if (this.socket !== undefined) return;
    const socket: PushSocket = io(this.options.relay.url, {
      transports: ['websocket'],
      // Manager's own attempts would not wait as long as the relay asks for.
      reconnection: false,
      autoConnect: false,
      forceNew: true,
      timeout: CONNECT_TIMEOUT_MS,
      auth: (give) => {
        give({ token: this.token, protocol: PROTOCOL_VERSION });
      },
    });
    this.socket = socket;
    this.hear(socket);
    this.watch(socket);
    this.run(() => this.connect(socket));
  }

  /** Does not wait any longer before it connects: there may be a network again. */
  retryNow(): void {
    this.backoff.reset();
    this.hurry.abort();
    this.hurry = new AbortController();
  }

  /** Ends it: no listener hears anything afterwards. */
  close(): void {
    this.isClosed = true;
    this.closing.abort();
    clearTimeout(this.renewal);
    this.socket?.removeAllListeners();
    this.socket?.close();
  }

  /** @throws {RelayRefusal} @throws {RelayUnreachableError}: send it again, with the same id. */
  messageSend(message: Schemas['SendMessageDto'] & { conversationId: string }): Promise<Schemas['SentMessageDto']> {
    return this.acknowledged('message:send', message);
  }

  /** @throws {RelayRefusal} @throws {RelayUnreachableError} */
  async receiptUpdate(receipt: { conversationId: string; delivered?: number; read?: number }): Promise<void> {
    await this.acknowledged('receipt:update', receipt);
  }

  /** @throws {RelayRefusal} @throws {RelayUnreachableError} */
  sync(request: Schemas['SyncRequestDto']): Promise<Schemas['SyncReplyDto']> {
    return this.acknowledged('sync', request);
  }

  /** @throws {RelayRefusal} @throws {RelayUnreachableError} */
  async typing(typing: { conversationId: string; active: boolean }): Promise<void> {
    await this.acknowledged('typing', typing);
  }

  private hear(socket: PushSocket): void {
    const { listener } = this.options;
    socket.on('ready', (ready) => {
      this.backoff.reset();
      this.hasLost = false;
      this.renewBefore(Date.parse(ready.expiresAt));
      this.run(() => listener.onReady?.(ready));
    });
    socket.on('entry', (entry) => this.run(() => listener.onEntry?.(entry)));
    socket.on('receipt', (receipt) => this.run(() => listener.onReceipt?.(receipt)));
    socket.on('account:changed', (change) => this.run(() => listener.onAccountChanged?.(change)));
    socket.on('welcome', (welcome) => this.run(() => listener.onWelcome?.(welcome)));
    socket.on('keyPackages:low', (stock) => this.run(() => listener.onKeyPackagesLow?.(stock)));
    socket.on('typing', (typing) => this.run(() => listener.onTyping?.(typing)));
    socket.on('announcements', () => this.run(() => listener.onAnnouncements?.()));
    socket.on('resync', () => this.run(() => listener.onResync?.()));
    socket.on('session:revoked', (revoked) => {
      this.closing.abort();
      this.run(() => listener.onSessionRevoked?.(revoked));
    });
  }

  private watch(socket: PushSocket): void {
    socket.on('connect_error', (error) => {
      const refusal = refusalOf('data' in error ? error.data : undefined);
      if (refusal === undefined && this.hasLost) this.run(() => this.options.listener.onUnreachable?.());
      this.run(() => this.reconnect(socket, refusal ?? new RelayUnreachableError({ cause: error })));
    });
    socket.on('disconnect', () => {
      clearTimeout(this.renewal);
      this.hasLost = true;
      this.run(() => this.options.listener.onDisconnected?.());
      this.run(() => this.reconnect(socket, new RelayUnreachableError()));
    });
  }

  private async connect(socket: PushSocket): Promise<void> {
    try {
      this.token = await this.options.relay.accessToken();
    } catch (error) {
      return this.reconnect(socket, error);
    }
    if (!this.isOver()) socket.connect();
  }

  private async reconnect(socket: PushSocket, error: unknown): Promise<void> {
    if (this.isOver()) return;
    try {
      if (isRefusal(error, 'invalid_token')) this.token = await this.options.relay.renewedToken(this.token);
      else if (!isRetryable(error)) throw error;
      await this.pause(error);
    } catch (failure) {
      if (this.isOver()) return;
      if (isRetryable(failure)) return this.reconnect(socket, failure);
      throw failure;
    }
    return this.connect(socket);
  }

  private async pause(error: unknown): Promise<void> {
    const { signal } = this.hurry;
    try {
      await this.backoff.wait(error, AbortSignal.any([signal, this.closing.signal]));
    } catch (reason) {
      if (!signal.aborted || this.isOver()) throw reason;
    }
  }

  private renewBefore(expiresAtMs: number): void {
    clearTimeout(this.renewal);
    const leftMs = expiresAtMs - this.options.relay.nowMs() - RENEWAL_MS;
    this.renewal = setTimeout(
      () => {
        this.run(() => this.renew());
      },
      Math.min(Math.max(leftMs, 1_000), MAX_RENEWAL_MS),
    );
  }

  /** If it fails, the relay closes the socket, and the next connection has a fresh token anyway. */
  private async renew(): Promise<void> {
    this.token = await this.options.relay.renewedToken(this.token);
    const { expiresAt } = await this.acknowledged<{ expiresAt: string }>('auth:renew', { token: this.token });
    this.renewBefore(Date.parse(expiresAt));
  }

  private async acknowledged<Reply>(event: ClientEvent, body: object): Promise<Reply> {
    if (this.socket?.connected !== true) throw new RelayUnreachableError();
    let reply: unknown;
    try {
      reply = await this.socket.timeout(ACK_TIMEOUT_MS).emitWithAck(event, body);
    } catch (cause) {
      throw new RelayUnreachableError({ cause });
    }
    const { data } = ackShape.safeParse(reply);
    if (data?.ok !== true) throw refusalOf(data?.error) ?? new RelayUnreachableError();
    // As asyncapi.json has it.
    return data as Reply;
  }

  /** Closed, or without a session. */
  private isOver(): boolean {
    return this.closing.signal.aborted;
  }

  /** Nobody waits for it: what fails is heard by the listener. */
  private run(work: () => unknown): void {
    (async () => {
      await work();
    })().catch((error: unknown) => {
      if (!this.isClosed) this.options.listener.onError?.(error);
    });
  }
}

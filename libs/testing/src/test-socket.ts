import { io, type Socket } from 'socket.io-client';
import { until } from './until.js';

/** What the relay answered to an event. */
export type EventReply = { readonly ok: boolean; readonly error?: { code: string; [key: string]: unknown } } & Record<
  string,
  unknown
>;

/** A connected Socket.IO client that remembers everything it heard. */
export class TestSocket {
  private readonly heard: { event: string; payload: unknown }[] = [];
  private reason: string | undefined;

  private constructor(readonly socket: Socket) {
    socket.onAny((event: string, payload: unknown) => this.heard.push({ event, payload }));
    socket.on('disconnect', (reason) => (this.reason = reason));
  }

  /** Connects. @throws the handshake's error, whose `data` is the problem. */
  static async connect(url: string, token: string, options: { reconnection?: boolean } = {}): Promise<TestSocket> {
    const socket = io(url, {
      transports: ['websocket'],
      auth: { token },
      reconnection: false,
      forceNew: true,
      ...options,
    });
    const client = TestSocket.around(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', (error) => {
        socket.close();
        reject(error);
      });
    });
    return client;
  }

  /** Remembers what a socket hears that was made elsewhere, and maybe with more in its handshake. */
  static around(socket: Socket): TestSocket {
    return new TestSocket(socket);
  }

  get isConnected(): boolean {
    return this.socket.connected;
  }

  get disconnectReason(): string | undefined {
    return this.reason;
  }

  /** Sends an event and waits for its acknowledgement. */
  async emit(event: string, ...args: unknown[]): Promise<EventReply> {
    return (await this.socket.timeout(15_000).emitWithAck(event, ...args)) as EventReply;
  }

  /** The payloads of an event, in the order they came. */
  payloads<Payload = Record<string, unknown>>(event: string): Payload[] {
    return this.heard.filter((one) => one.event === event).map(({ payload }) => payload as Payload);
  }

  /** Waits until an event has come `count` times, and returns its payloads. */
  async hear<Payload = Record<string, unknown>>(event: string, count = 1, withinMs = 10_000): Promise<Payload[]> {
    await until(() => this.payloads(event).length >= count, `${String(count)} × ${event} came`, withinMs);
    return this.payloads<Payload>(event);
  }

  async closed(withinMs = 10_000): Promise<string> {
    return until(() => this.reason, 'the socket closed', withinMs);
  }

  close(): void {
    this.socket.close();
  }
}

import { WebSocket } from 'ws';
import { until } from '#testing';

/** A Socket.IO client by hand, one text frame at a time, for what an honest one never does. */
export class RawSocket {
  readonly frames: string[] = [];
  isClosed = false;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.frames.push(data.toString()));
    socket.on('close', () => (this.isClosed = true));
    socket.on('error', () => undefined);
  }

  /** Opens a WebSocket, and rejects with the HTTP status when it is refused. */
  static async open(relayUrl: string, headers: Record<string, string> = {}): Promise<RawSocket> {
    const url = `${relayUrl.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(url, { headers });
    const raw = new RawSocket(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('unexpected-response', (_request, response) => reject(new Error(`HTTP ${response.statusCode}`)));
    });
    return raw;
  }

  /** Opens one and joins the main namespace with a token. */
  static async signedIn(relayUrl: string, token: string): Promise<RawSocket> {
    const raw = await RawSocket.open(relayUrl);
    raw.send(`40${JSON.stringify({ token })}`);
    await raw.heard('42["ready"');
    return raw;
  }

  send(frame: string | Buffer): void {
    this.socket.send(frame);
  }

  /** A ping of WebSocket's own, below all events. */
  ping(content: Buffer): void {
    this.socket.ping(content);
  }

  /** What the server agreed to beyond plain frames. */
  get extensions(): string {
    return this.socket.extensions;
  }

  /** Waits for a frame that begins so. */
  async heard(beginning: string): Promise<string> {
    return until(() => this.frames.find((frame) => frame.startsWith(beginning)), `a frame "${beginning}…" came`);
  }

  /** Waits for a frame with such words in it. */
  async heardWith(words: string): Promise<string> {
    return until(() => this.frames.find((frame) => frame.includes(words)), `a frame with ${words} came`);
  }

  async closed(withinMs = 10_000): Promise<void> {
    await until(() => this.isClosed, 'the socket closed', withinMs);
  }

  /** Stops reading: what comes stays in the buffers of the network, and then of the relay. */
  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  end(): void {
    this.socket.terminate();
  }

  /** As `closeAfterEach` calls it. */
  close(): void {
    this.end();
  }
}

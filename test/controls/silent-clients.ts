import { connect, type Socket } from 'node:net';

const UPGRADE = [
  'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
  'Host: relay',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  '\r\n',
].join('\r\n');

const POST = ['POST /v1/auth/login HTTP/1.1', 'Host: relay', 'Content-Type: application/json'].join('\r\n');

/** What clients say before they fall silent. */
export const SILENCES = {
  'nothing at all': '',
  'half the headers of a request': `${POST}\r\nContent-Le`,
  'half the body of a request': `${POST}\r\nContent-Length: 100\r\n\r\n{"username":`,
  'half a body in chunks': `${POST}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"use`,
  'an upgrade, and no token': UPGRADE,
} as const;

const TRICKLE_MS = 1_000;

/** A connection from an address of one's choice that says something and then nothing more, or ever one letter more. */
export class SilentClient {
  closedAfterMs: number | undefined;
  readonly opened: Promise<void>;
  private readonly socket: Socket;
  private readonly trickle: NodeJS.Timeout | undefined;

  constructor({ port, from, says, trickles = false }: SilentClientOptions) {
    this.socket = connect({ port, host: '127.0.0.1', localAddress: from });
    let openedAt = performance.now();
    this.opened = new Promise((resolve) =>
      this.socket.once('connect', () => {
        openedAt = performance.now();
        this.socket.write(says);
        resolve();
      }),
    );
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => {
      clearInterval(this.trickle);
      this.closedAfterMs ??= performance.now() - openedAt;
    });
    // Read, so that the end of the connection is noticed; a WebSocket's own goodbye is not answered.
    this.socket.resume();
    if (trickles) this.trickle = setInterval(() => this.socket.write('x'), TRICKLE_MS);
  }

  close(): void {
    this.socket.destroy();
  }
}

interface SilentClientOptions {
  readonly port: number;
  readonly from: string;
  readonly says: string;
  readonly trickles?: boolean;
}

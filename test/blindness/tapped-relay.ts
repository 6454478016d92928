import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');
const UPGRADE = /^upgrade: websocket\r$/im;

/** A door in front of a relay that keeps every byte that goes through it, either way: as a relay could that listens to itself. */
export class TappedRelay {
  private readonly streams: Tap[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: { readonly port: number },
  ) {}

  static async before(url: string): Promise<TappedRelay> {
    const server = createServer();
    const tapped = new TappedRelay(server, { port: Number(new URL(url).port) });
    server.on('connection', (socket) => tapped.pass(socket));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return tapped;
  }

  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('the door is shut');
    return `http://127.0.0.1:${address.port}`;
  }

  /** All that went through it, connection by connection, as the applications had it: what sockets send is unmasked. */
  get captured(): Buffer {
    return Buffer.concat(this.streams.map((stream) => stream.bytes));
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  private pass(client: Socket): void {
    const relay = connect(this.target.port, '127.0.0.1');
    for (const [from, to] of [
      [client, relay],
      [relay, client],
    ] as const) {
      const tap = new Tap();
      this.streams.push(tap);
      this.sockets.add(from);
      from.on('data', (chunk) => tap.hear(chunk));
      from.on('error', () => to.destroy());
      from.on('close', () => this.sockets.delete(from));
      from.pipe(to);
    }
  }
}

/** One direction of a connection. */
class Tap {
  private readonly chunks: Buffer[] = [];

  hear(chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  get bytes(): Buffer {
    const all = Buffer.concat(this.chunks);
    const end = all.indexOf(HEAD_END);
    const isSocket =
      end !== -1 && all.toString('latin1', 0, 4) === 'GET ' && UPGRADE.test(all.toString('latin1', 0, end + 1));
    return isSocket ? Buffer.concat([all.subarray(0, end), ...framesOf(all.subarray(end + HEAD_END.length))]) : all;
  }
}

/** What a client's frames carry, which on the wire is masked (RFC 6455 §5.2). */
function framesOf(bytes: Buffer): Buffer[] {
  const payloads: Buffer[] = [];
  for (let at = 0; at + 2 <= bytes.length;) {
    const short = bytes[at + 1]! & 0x7f;
    const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
    const maskAt = at + 2 + lengthBytes;
    const bodyAt = maskAt + 4;
    if (bodyAt > bytes.length) break;
    const length =
      lengthBytes === 0 ? short : bytes.readUIntBE(maskAt - Math.min(lengthBytes, 6), Math.min(lengthBytes, 6));
    const mask = bytes.subarray(maskAt, bodyAt);
    payloads.push(bytes.subarray(bodyAt, bodyAt + length).map((byte, n) => byte ^ mask[n % 4]!) as Buffer);
    at = bodyAt + length;
  }
  return payloads;
}

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Passes each connection on to one of several ports, in turns, and over those where nobody answers. */
export class Balancer {
  private readonly open = new Set<Socket>();
  private next = 0;

  private constructor(
    private readonly server: Server,
    private readonly ports: readonly number[],
  ) {
    server.on('connection', (client: Socket) => this.pass(client, this.ports.length));
  }

  static async before(ports: readonly number[]): Promise<Balancer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Balancer(server, ports);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    this.server.close();
    for (const socket of this.open) socket.destroy();
    await once(this.server, 'close');
  }

  private pass(client: Socket, tries: number): void {
    this.keep(client);
    const relay = this.keep(connect(this.ports[this.next++ % this.ports.length]!, '127.0.0.1'));
    let isThere = false;
    relay.once('connect', () => {
      isThere = true;
      client.pipe(relay).pipe(client);
      client.once('close', () => relay.destroy());
    });
    relay.once('close', () => {
      if (isThere || tries <= 1) client.destroy();
      else this.pass(client, tries - 1);
    });
  }

  private keep(socket: Socket): Socket {
    if (!this.open.has(socket)) {
      this.open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => this.open.delete(socket));
    }
    return socket;
  }
}

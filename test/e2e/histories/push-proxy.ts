import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

/** An event of the relay to a device. */
export interface Push {
  readonly name: string;
  readonly body: object;
}

/** Gets each event, and what hands it over, now or later, or never. */
type Carry = (push: Push, deliver: (push: Push) => void) => void;

/** `4` is a message of Engine.IO, `2` an event of Socket.IO: all other frames keep the connection up, and pass as they are. */
const EVENT = '42';

/** Stands between the sockets of one device and its relay. */
export class PushProxy {
  private readonly pairs = new Set<readonly [WebSocket, WebSocket]>();
  private isRefusing = false;

  private constructor(
    private readonly relayUrl: string,
    private readonly server: Server,
    private readonly carry: Carry,
  ) {
    const sockets = new WebSocketServer({ server, verifyClient: () => !this.isRefusing });
    sockets.on('connection', (client, request) => this.join(client, request));
  }

  static async open(relayUrl: string, carry: Carry): Promise<PushProxy> {
    const server = createServer();
    const proxy = new PushProxy(relayUrl, server, carry);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** Breaks all connections, and lets no new one through. */
  refuse(): void {
    this.isRefusing = true;
    for (const pair of this.pairs) for (const socket of pair) socket.terminate();
  }

  admit(): void {
    this.isRefusing = false;
  }

  async close(): Promise<void> {
    this.refuse();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(client: WebSocket, { url = '' }: IncomingMessage): void {
    const relay = new WebSocket(this.relayUrl.replace('http', 'ws') + url);
    const pair = [client, relay] as const;
    this.pairs.add(pair);
    const early: string[] = [];
    relay.on('open', () => early.splice(0).forEach((frame) => relay.send(frame)));
    client.on('message', (data: Buffer) => {
      if (relay.readyState === WebSocket.CONNECTING) early.push(data.toString());
      else relay.send(data.toString());
    });
    relay.on('message', (data: Buffer) => this.pass(data.toString(), client));
    for (const socket of pair) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        for (const other of pair) other.terminate();
        this.pairs.delete(pair);
      });
    }
  }

  private pass(frame: string, client: WebSocket): void {
    if (!frame.startsWith(EVENT)) {
      client.send(frame);
      return;
    }
    const [name, body] = JSON.parse(frame.slice(EVENT.length)) as [string, object];
    this.carry({ name, body }, (push) => {
      if (client.readyState === WebSocket.OPEN) client.send(EVENT + JSON.stringify([push.name, push.body]));
    });
  }
}

import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo, Socket as TcpSocket } from 'node:net';
import { Server, type Socket as ServerSocket } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { gatherWrites } from './gathered-writes.js';

let http: HttpServer;
let server: Server;
let client: Socket;

afterEach(async () => {
  client.disconnect();
  await server.close();
});

/** A connected pair whose server side gathers, and the writes that reach the TCP socket from now on. */
async function connected() {
  http = createServer();
  server = new Server(http, { transports: ['websocket'], serveClient: false });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  client = io(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, { transports: ['websocket'] });
  const socket = await new Promise<ServerSocket>((resolve) => server.once('connection', resolve));
  await new Promise<void>((resolve) => (client.connected ? resolve() : client.once('connect', () => resolve())));
  const tcp: TcpSocket = socket.request.socket;
  const waiting: number[] = [];
  gatherWrites(socket, () => waiting.push(tcp.writableLength));
  const writes = { writev: jest.spyOn(tcp, '_writev' as never), write: jest.spyOn(tcp, '_write') };
  return { socket, tcp, waiting, calls: () => writes.writev.mock.calls.length + writes.write.mock.calls.length };
}

function heard(count: number): Promise<unknown[]> {
  const values: unknown[] = [];
  return new Promise((resolve) => {
    client.on('n', (value: unknown) => {
      if (values.push(value) === count) resolve(values);
    });
  });
}

describe('what is sent to a socket within one turn of the event loop', () => {
  it('leaves in one write, whole and in order', async () => {
    const { socket, calls } = await connected();
    const all = heard(20);
    for (let n = 0; n < 20; n++) socket.emit('n', n);
    expect(await all).toEqual(Array.from({ length: 20 }, (_none, n) => n));
    expect(calls()).toBe(1);
  });

  it('is followed by what the next turn sends', async () => {
    const { socket, calls } = await connected();
    const all = heard(2);
    socket.emit('n', 0);
    await new Promise((resolve) => setImmediate(resolve));
    socket.emit('n', 1);
    expect(await all).toEqual([0, 1]);
    expect(calls()).toBe(2);
  });

  it('counts as held back until the other side reads', async () => {
    const { socket, tcp } = await connected();
    socket.emit('n', 'x'.repeat(1_000));
    expect(tcp.writableLength).toBeGreaterThan(1_000);
    await heard(1);
    expect(tcp.writableLength).toBe(0);
  });

  it('is preceded, once in a turn, by a look at what still waits from earlier turns', async () => {
    const { socket, waiting } = await connected();
    const all = heard(3);
    for (const n of [0, 1]) socket.emit('n', n);
    await new Promise((resolve) => setImmediate(resolve));
    socket.emit('n', 2);
    await all;
    expect(waiting).toEqual([0, 0]);
  });
});

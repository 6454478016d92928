import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

/** An answer as it stood on the wire; status 0 when the relay hung up without one. */
export interface WireReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

interface Serving {
  readonly url: string;
}

/** Opens a connection to a relay, for bytes that no client would send. */
export async function connection({ url }: Serving): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  // It may be reset while we still write: what was answered before counts.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Sends bytes as they are, and reads until the relay hangs up: the request has to ask for that, or be one that ends so. */
export async function exchange(relay: Serving, bytes: string | Buffer): Promise<WireReply> {
  const socket = await connection(relay);
  socket.write(bytes);
  return replyOn(socket);
}

/** What comes over a connection until its end. */
export async function replyOn(socket: Socket): Promise<WireReply> {
  return parsed((await bytesOn(socket)).toString());
}

/** All that comes over a connection until its end, which may be that it is cut off. */
export async function bytesOn(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await new Promise((resolve) => socket.once('close', resolve));
  return Buffer.concat(chunks);
}

function parsed(wire: string): WireReply {
  const [head = '', ...rest] = wire.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.split(':')[0]!.toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return { status: Number(first.split(' ')[1] ?? 0), headers, text: rest.join('\r\n\r\n') };
}

interface Plain {
  readonly method: string;
  /** The target, written as it is to go over the wire. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request with its target untouched, after which the connection is closed. */
export function request({ method, target, headers = {}, body }: Plain): string {
  const all = {
    host: 'relay.example',
    connection: 'close',
    ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${String(value)}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`;
}

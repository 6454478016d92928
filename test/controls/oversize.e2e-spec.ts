import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { LIMITS } from '#protocol';
import { call, closeAfterEach, draftOf, pair, recordEvidence, type TestUser, until } from '#testing';
import { RawSocket } from '../e2e/raw-socket.js';
import { SeparateRelay } from './separate-relay.js';
import { SILENCES } from './silent-clients.js';

/** So many, that what the heap takes by itself meanwhile is little a stream. */
const STREAMS = 50;
const STREAM_BYTES = 1024 ** 3;
const MOST_KIBIBYTES_EACH = 1024;
const BLOCK = Buffer.alloc(64 * 1024, 'x');

const closeLater = closeAfterEach();

const relay = SeparateRelay.duringTests();
let ada: TestUser;
let conversationId: string;
beforeAll(async () => {
  ({ ada, conversationId } = await pair(relay));
});

/** The same, with spaces behind it until it is so long: JSON does not mind. */
const padded = (text: string, bytes: number): string => text.padEnd(bytes, ' ');

async function expectServing(): Promise<void> {
  expect((await ada.send(conversationId)).status).toBe(201);
  expect(relay.process.isRunning).toBe(true);
}

describe('one byte more than is allowed (R-13)', () => {
  it('in the body of a request is refused with 413, and the largest is not', async () => {
    const path = `/v1/conversations/${conversationId}/messages`;
    const statuses: number[] = [];
    for (const bytes of [LIMITS.bodyBytes, LIMITS.bodyBytes + 1]) {
      const body = padded(JSON.stringify(draftOf('padded')), bytes);
      statuses.push((await call(relay, 'POST', path, { token: ada.token, body })).status);
    }
    expect(statuses).toEqual([201, 413]);
  });

  it('in a frame closes its socket, and the largest does not', async () => {
    const raw = closeLater(await RawSocket.signedIn(relay.url, ada.token));
    const event = `421["sync",{"revision":0,"cursors":{}}`;
    raw.send(`${padded(event, LIMITS.frameBytes - 1)}]`);
    expect(await raw.heard('431')).toContain('"ok":true');
    raw.send(`${padded(event, LIMITS.frameBytes)}]`);
    await raw.closed(2_000);
    await expectServing();
  });

  it('in all headers together than Node takes is refused with 431', async () => {
    const headers = { 'x-long': 'x'.repeat(16 * 1024) };
    const response = await fetch(`${relay.url}/health/live`, { headers });
    expect(response.status).toBe(431);
  });
});

const AUTHORIZED = (): string =>
  `POST /v1/conversations/${conversationId}/messages HTTP/1.1\r\nHost: relay\r\nAuthorization: Bearer ${ada.token}\r\nContent-Type: application/json\r\n`;

/** The length of a frame with a mask of zeros, so that its content goes over the wire as it is. */
function frameHeader(first: number, bytes: number): Buffer {
  const header = Buffer.alloc(14);
  header[0] = first;
  header[1] = 0x80 | 127;
  header.writeBigUInt64BE(BigInt(bytes), 2);
  return header;
}

const STREAMS_OF_A_GIBIBYTE: Record<string, () => (string | Buffer)[]> = {
  'a body that says how long it is': () => [`${AUTHORIZED()}Content-Length: ${String(STREAM_BYTES)}\r\n\r\n`],
  'a body of chunks': () => [`${AUTHORIZED()}Transfer-Encoding: chunked\r\n\r\n${STREAM_BYTES.toString(16)}\r\n`],
  'a body of a stranger': () => [
    `POST /v1/auth/login HTTP/1.1\r\nHost: relay\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${STREAM_BYTES.toString(16)}\r\n`,
  ],
  'a body to no route': () => [
    `POST /nowhere HTTP/1.1\r\nHost: relay\r\nContent-Length: ${String(STREAM_BYTES)}\r\n\r\n`,
  ],
  'one frame': () => [SILENCES['an upgrade, and no token'], frameHeader(0x81, STREAM_BYTES)],
  'a frame that never ends': () => [
    SILENCES['an upgrade, and no token'],
    frameHeader(0x01, 1),
    'x',
    frameHeader(0x00, STREAM_BYTES),
  ],
};

/** Sends as fast as it is read, and until nobody reads any more. @returns how many bytes were taken. */
async function stream(beginning: readonly (string | Buffer)[]): Promise<number> {
  const socket = connect(relay.process.port, '127.0.0.1');
  socket.on('error', () => undefined).resume();
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  for (const part of beginning) socket.write(part);
  const finished = { yet: false };
  void closed.then(() => (finished.yet = true));
  while (!finished.yet && socket.bytesWritten < STREAM_BYTES)
    if (!socket.write(BLOCK)) await Promise.race([closed, drained(socket)]);
  socket.destroy();
  return socket.bytesWritten - socket.writableLength;
}

function streams(beginning: readonly (string | Buffer)[]): Promise<number[]> {
  return Promise.all(Array.from({ length: STREAMS }, () => stream(beginning)));
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('drain', () => resolve()));
}

describe('a stream of a gibibyte (R-13)', () => {
  it.each(Object.entries(STREAMS_OF_A_GIBIBYTE))('as %s is cut, and not kept', async (kind, beginning) => {
    // The first round costs what is paid once: code compiled, a heap grown to what so much at once wants.
    await streams(beginning());
    const before = relay.kibibytes;
    let most = before;
    const watching = setInterval(() => (most = Math.max(most, relay.kibibytes)), 20);
    const taken = await streams(beginning());
    clearInterval(watching);
    const kibibytesEach = Math.round((most - before) / STREAMS);
    const mostTaken = Math.round(Math.max(...taken) / 1024 ** 2);
    recordEvidence('R-13', { kind, streams: STREAMS, kibibytesEach, mebibytesTaken: mostTaken });
    expect(Math.max(...taken)).toBeLessThan(STREAM_BYTES / 2);
    expect(kibibytesEach).toBeLessThanOrEqual(MOST_KIBIBYTES_EACH);
    await expectServing();
  });
});

/** A text, or one byte of one that goes on; with a mask of zeros, too. */
function textFrame(text: string): Buffer {
  const content = Buffer.from(text);
  return Buffer.concat([
    Buffer.from([0x81, 0x80 | 126, content.length >> 8, content.length & 0xff, 0, 0, 0, 0]),
    content,
  ]);
}
const FRAGMENT = Buffer.from([0x00, 0x81, 0, 0, 0, 0, 0x78]);
const FRAGMENTS = 100_000;

describe('a frame in a hundred thousand fragments (R-13)', () => {
  it.each([
    ['of somebody who has signed in', () => textFrame(`40${JSON.stringify({ token: ada.token })}`)],
    ['of a stranger', () => textFrame('40{}')],
  ])('%s closes its socket, and costs nobody anything', async (who, entrance) => {
    const socket = connect(relay.process.port, '127.0.0.1');
    const heard: Buffer[] = [];
    socket.on('error', () => undefined).on('data', (data: Buffer) => heard.push(data));
    closeLater({ close: () => socket.destroy() });
    socket.write(SILENCES['an upgrade, and no token']);
    // Engine.IO loses what comes before it has said hello.
    await until(() => Buffer.concat(heard).includes('0{"sid"'), 'the relay has opened the connection');
    socket.write(entrance());
    await until(() => /40\{|44\{/.test(Buffer.concat(heard).toString()), 'the relay has answered');
    const before = relay.kibibytes;
    const closed = once(socket, 'close');
    const startedAt = performance.now();
    socket.write(
      Buffer.concat([Buffer.from([0x01]), FRAGMENT.subarray(1), Buffer.alloc(FRAGMENT.length * FRAGMENTS, FRAGMENT)]),
    );
    await closed;
    const figures = {
      fragments: FRAGMENTS,
      closedAfterMs: Math.round(performance.now() - startedAt),
      grownKibibytes: relay.kibibytes - before,
    };
    recordEvidence('R-13', { who, ...figures });
    expect(figures.closedAfterMs).toBeLessThan(2_000);
    expect(figures.grownKibibytes).toBeLessThan(16 * 1024);
    await expectServing();
  });
});

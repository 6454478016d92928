import type { Seeded } from '#testing';
import { bytesOn, connection } from '../raw-http.js';
import { flipped } from './mutations.js';

const PATIENCE_MS = 5_000;

/** What a server hears from those who do not speak its language, or speak it to deceive. */
const UTTERANCES: readonly string[] = [
  ...[
    '\r\n\r\n',
    '\0'.repeat(2_000),
    'GET\r\n\r\n',
    'GET /\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    'GET / HTTP/0.9\r\n\r\n',
    'get / http/1.1\r\n\r\n',
  ],
  ...[
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003',
    'SSH-2.0-x\r\n',
    'CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n',
    'OPTIONS * HTTP/1.1\r\nhost: a\r\n\r\n',
  ],
  ...[
    'GET http://evil/v1/auth/me HTTP/1.1\r\nhost: a\r\n\r\n',
    'GET //evil HTTP/1.1\r\nhost: a\r\n\r\n',
    'GET /\u00ff\u0001 HTTP/1.1\r\nhost: a\r\n\r\n',
    'GET /%ff%fe/%00 HTTP/1.1\r\nhost: a\r\n\r\n',
  ],
  ...[
    'GET / HTTP/1.1\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n',
    'GET / HTTP/1.1\r\nhost : a\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: a\r\n folded: x\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: a\r\nx: a\u0000b\r\n\r\n',
  ],
  `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
  `GET / HTTP/1.1\r\nhost: a\r\n${Array.from({ length: 3_000 }, (_none, index) => `x${index}: y`).join('\r\n')}\r\n\r\n`,
  `GET /${'a'.repeat(15_000)} HTTP/1.1\r\nhost: a\r\n\r\n`,
  ...['-1', '+2', '0x2', '2, 3', '99999999999999999999', '2 ', '', 'NaN', '1e1'].map((length) =>
    post(`content-length: ${length}`, '{}'),
  ),
  ...['chunked, gzip', 'gzip', 'chunked\r\ncontent-length: 2', 'x', ' chunked', 'chunked, chunked'].map((coding) =>
    post(`transfer-encoding: ${coding}`, '2\r\n{}\r\n0\r\n\r\n'),
  ),
  ...[
    'zz\r\n{}\r\n',
    'ffffffffffffffff\r\n{}',
    '2;x=y\r\n{}\r\n0\r\na: b\r\n\r\n',
    '-2\r\n{}\r\n',
    '2\n{}\n0\n\n',
    '2\r\n{}',
  ].map((chunks) => post('transfer-encoding: chunked', chunks)),
  ...['{}', '{"a":', ''].map((body) => post('content-length: 50', body)),
  post('content-length: 2\r\nexpect: 100-continue', '{}'),
  post('content-length: 300000', 'x'.repeat(300_000)),
  upgrade('GET', '/socket.io/?EIO=4&transport=websocket', 'sec-websocket-key: x'),
  upgrade(
    'GET',
    '/socket.io/?EIO=4&transport=websocket',
    'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 99',
  ),
  upgrade(
    'POST',
    '/socket.io/?EIO=4&transport=websocket',
    'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13',
  ),
  upgrade('GET', '/socket.io/?EIO=__proto__&transport=constructor', 'x: y'),
  upgrade('GET', '/socket.io/?EIO=4&transport=websocket&sid=../x', 'x: y'),
  upgrade('GET', '/socket.io/?EIO[]=4&transport[]=websocket', 'x: y'),
  upgrade('GET', '/v1/auth/me', 'x: y'),
  ...[
    '?EIO=4&transport=polling',
    '?EIO=3&transport=polling',
    '?transport=%00',
    '',
    '?EIO=4&transport=polling&sid=x',
    '?EIO=4&transport=polling&j=0',
  ].map((query) => `GET /socket.io/${query} HTTP/1.1\r\nhost: a\r\n\r\n`),
  'GET /health/live HTTP/1.1\r\nhost: a\r\n\r\n'.repeat(20),
];

function post(header: string, body: string): string {
  return `POST /v1/auth/login HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n${header}\r\n\r\n${body}`;
}

function upgrade(method: string, target: string, header: string): string {
  return `${method} ${target} HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n${header}\r\n\r\n`;
}

/** Bytes for a connection: noise, something close to HTTP, or a request with some bits turned over. */
export function rawBytes(random: Seeded): Buffer {
  const bytes = Buffer.from(random.pick(UTTERANCES), 'latin1');
  switch (random.between(1, 5)) {
    case 1:
      return random.bytes(random.between(1, 400));
    case 2:
      return flipped(bytes.subarray(0, 4_000), random);
    case 3:
      return bytes.subarray(0, random.between(1, bytes.length));
    default:
      return bytes;
  }
}

/** Sends bytes over a connection of their own, says that nothing follows, and takes what comes until the relay hangs up. */
export async function utter(url: string, bytes: Buffer): Promise<string> {
  const socket = await connection({ url });
  socket.setTimeout(PATIENCE_MS, () => socket.destroy());
  socket.end(bytes);
  return (await bytesOn(socket)).toString('latin1');
}

/** Statuses of all answers in what was heard. */
export function statusesIn(heard: string): number[] {
  return [...heard.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));
}

/** Refusals whose body is not in the form of all others. Those of Socket.IO, below its own path, are its own. */
export function formlessIn(heard: string, bytes: Buffer): boolean {
  if (bytes.includes('/socket.io')) return false;
  const refusals = heard.split(/^HTTP\/1\.1 (?=[45]\d\d )/m).slice(1);
  return refusals.some((refusal) =>
    /^content-type: (?!application\/problem\+json)/im.test(refusal.split('HTTP/1.1')[0]!),
  );
}

import { connect, type Socket } from 'node:net';
import type { Seeded } from '#testing';
import { anyText, flipped } from './mutations.js';

const PATIENCE_MS = 5_000;
const MASK = Buffer.from([0x0f, 0xf0, 0x55, 0xaa]);

/** Packets of Engine.IO and Socket.IO that an honest client does not send. */
const PACKETS: readonly string[] = [
  ...[
    '',
    '2',
    '3',
    '2probe',
    '5',
    '6',
    '7',
    '0{"sid":"x"}',
    '1',
    '4',
    '40',
    '41',
    '42',
    '43',
    '44',
    '45',
    '46',
    '47',
    '48',
    '49',
    '4\u0000',
  ],
  ...[
    '40/admin,',
    '40/admin,{"token":"x"}',
    '40{"token":{"$ne":1}}',
    '40{"token":null}',
    '40[]',
    '40"',
    '40{"__proto__":{"a":1}}',
    '41/admin,',
  ],
  ...[
    '42[]',
    '42[null]',
    '42[7]',
    '42[{}]',
    '42["disconnect"]',
    '42["connect"]',
    '42["error"]',
    '42["__proto__"]',
    '42["newListener"]',
  ],
  ...[
    '42{}',
    '42"x"',
    '42[',
    '421',
    '421[',
    '42-1["sync",{}]',
    '4299999999999999999999["sync",{}]',
    '421.5["sync",{}]',
    '42,["sync",{}]',
    '42/,1["sync",{}]',
  ],
  ...['430[]', '43', '43999999["x"]', '431', '44"x"', '44{"message":"x"}'],
  ...[
    '451-["sync",{"_placeholder":true,"num":0}]',
    '4599999999-["sync",{}]',
    '45-1-["sync",{}]',
    '45["sync"]',
    '451-1["sync",{"_placeholder":true,"num":9}]',
  ],
  ...[
    '452-1["sync",{"_placeholder":true,"num":-1}]',
    '451-1["sync",{"_placeholder":true,"num":"length"}]',
    '460-[]',
    '461-1[{"_placeholder":true,"num":0}]',
  ],
  `4510000-1["sync",[${Array.from({ length: 10_000 }, (_none, num) => `{"_placeholder":true,"num":${num}}`).join(',')}]]`.slice(
    0,
    180_000,
  ),
  ...[
    '421["sync",{"revision":0,"cursors":{}}]',
    '42["typing",{},{},{}]',
    '421["message:send",{"ciphertext":"AA"}]',
    'bAAAA',
    'b',
    'b4AQID',
  ],
  `42["${'x'.repeat(150_000)}"]`,
  `42${'['.repeat(150_000)}`,
];

/** Frames as they go over the wire, for one connection: some whole, some with bits turned over, some that were never any. */
export function wireFrames(random: Seeded): Buffer {
  const frames = Array.from({ length: random.between(1, 6) }, () => wireFrame(random));
  return Buffer.concat(frames);
}

function wireFrame(random: Seeded): Buffer {
  if (random.oneIn(15)) return random.bytes(random.between(1, 60));
  const text = random.oneIn(4) ? `42["${anyText(random)}",{}]` : random.pick(PACKETS);
  const payload = random.oneIn(4) ? flipped(Buffer.from(text), random) : Buffer.from(text);
  // Mostly text that is complete; sometimes bytes, a fragment, a control frame, or what is none of these.
  const firstByte = random.oneIn(3) ? random.between(0, 255) : random.oneIn(6) ? 0x82 : 0x81;
  const whole = frame(firstByte, payload, !random.oneIn(25));
  return random.oneIn(5) ? Buffer.concat([flipped(whole.subarray(0, 12), random), whole.subarray(12)]) : whole;
}

function frame(firstByte: number, payload: Buffer, isMasked = true): Buffer {
  const { length } = payload;
  const flag = isMasked ? 0x80 : 0;
  const head = length < 126 ? Buffer.from([firstByte, flag | length]) : Buffer.alloc(length < 65_536 ? 4 : 10);
  if (length >= 126) head.set([firstByte, flag | (length < 65_536 ? 126 : 127)]);
  if (length >= 65_536) head.writeUInt32BE(length, 6);
  else if (length >= 126) head.writeUInt16BE(length, 2);
  return Buffer.concat(
    isMasked ? [head, MASK, payload.map((byte, index) => byte ^ MASK[index % 4]!)] : [head, payload],
  );
}

/** Opens a WebSocket by hand, signs in if there is a token, sends the bytes, and waits until the relay hangs up. */
export async function sendFrames(url: string, bytes: Buffer, token: string | undefined): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.setTimeout(PATIENCE_MS, () => socket.destroy());
  // Being cut off is an answer, too.
  socket.on('error', () => undefined);
  const head = [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    'host: x',
    'connection: upgrade',
    'upgrade: websocket',
  ];
  const key = ['sec-websocket-version: 13', `sec-websocket-key: ${Buffer.alloc(16, 1).toString('base64')}`, '', ''];
  const opened = heard(socket, '"sid"');
  socket.write([...head, ...key].join('\r\n'));
  await opened;
  if (token !== undefined) {
    const ready = heard(socket, '42["ready"');
    socket.write(frame(0x81, Buffer.from(`40${JSON.stringify({ token })}`)));
    await ready;
  }
  socket.end(bytes);
  await closed;
}

async function heard(socket: Socket, what: string): Promise<void> {
  let text = '';
  await new Promise<void>((resolve, reject) => {
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (text.includes(what)) resolve();
    });
    socket.once('close', () => reject(new Error(`the relay hung up before it said ${what}: ${text.slice(0, 200)}`)));
  });
}

import { closeAfterEach, draftOf, pair, type TestSocket, type TestUser } from '#testing';
import { RawSocket } from '../e2e/raw-socket.js';
import { SeparateRelay } from './separate-relay.js';

const closeLater = closeAfterEach();

const relay = SeparateRelay.duringTests();
let ada: TestUser;
let conversationId: string;
let witness: TestSocket;
beforeAll(async () => {
  ({ ada, conversationId } = await pair(relay));
  witness = await ada.socket();
});
afterAll(() => witness.close());
// A fault that nobody catches would have ended the process, or begun to.
afterEach(async () => {
  expect(await witness.emit('sync', { revision: 0, cursors: {} })).toMatchObject({ ok: true });
  expect(relay.process.isRunning).toBe(true);
  expect(relay.process.output.filter((line) => /uncaught|unhandled|event failed|"level":[56]0/.test(line))).toEqual([]);
});

const BODY = '{"conversationId":"0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11","active":true}';
const REFUSED = '"code":"invalid_request"';
const CLOSES = 'closes its socket';
const placeholders = (count: number): string =>
  JSON.stringify(Array.from({ length: count }, (_none, num) => ({ _placeholder: true, num })));

/** What a frame is, the frame or frames, and what comes of it: words in an answer, or the end of the socket. */
const HOSTILE: readonly (readonly [string, readonly (string | Buffer)[], string])[] = [
  ['an unknown event', ['421["message:delete",{}]'], REFUSED],
  ['an event named like a method of objects', ['421["__proto__",{}]'], REFUSED],
  ['an event named by a number', ['421[7,{}]'], REFUSED],
  ['no body', ['421["typing"]'], REFUSED],
  ['two bodies', [`421["typing",${BODY},{}]`], REFUSED],
  ['a thousand bodies', [`421["typing"${`,${BODY}`.repeat(1_000)}]`], REFUSED],
  ['null for a body', ['421["typing",null]'], REFUSED],
  ['a body that is nested ten thousand deep', [`421["typing",${'['.repeat(10_000)}${']'.repeat(10_000)}]`], REFUSED],
  ['bytes for a body', ['451-1["message:send",{"_placeholder":true,"num":0}]', Buffer.from('{}')], REFUSED],
  [
    'bytes where text is expected',
    [
      '451-1["message:send",{"conversationId":"0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11","id":"0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d12","ciphertext":{"_placeholder":true,"num":0}}]',
      Buffer.from('raw'),
    ],
    REFUSED,
  ],
  ['ten thousand attachments, announced', [`4510000-1["message:send",${placeholders(10_000)}]`], CLOSES],
  ['ten thousand placeholders of one attachment', [`451-1["typing",${placeholders(5_000)}]`, Buffer.from('x')], CLOSES],
  [
    'a placeholder of an attachment that is none',
    ['451-1["typing",{"_placeholder":true,"num":-1}]', Buffer.from('x')],
    CLOSES,
  ],
  ['an attachment nobody announced', [Buffer.from('x')], CLOSES],
  [
    'text where an attachment was announced',
    ['451-1["typing",{"_placeholder":true,"num":0}]', '422["typing",{}]'],
    CLOSES,
  ],
  ['a half of one attachment is named', ['450.5-1["typing",{}]'], CLOSES],
  ['an event without a name', ['421[]'], CLOSES],
  ['an event that is reserved', ['421["disconnect",{}]'], CLOSES],
  ['no JSON', ['421{'], CLOSES],
  ['an unknown type of packet', ['49'], CLOSES],
  ['an unknown type of frame', ['x'], CLOSES],
  ['an empty frame', [''], CLOSES],
  ['a second entrance', ['40{}'], CLOSES],
  ['an error of its own', ['44{"message":"x"}'], CLOSES],
  ['a namespace that is not there', ['40/admin,{}'], 'Invalid namespace'],
  ['a namespace named like a method of objects', ['40/__proto__,{}'], 'Invalid namespace'],
  ['an event to another namespace', [`42/admin,1["typing",${BODY}]`], CLOSES],
  ['a namespace that never ends', [`40/${'a'.repeat(100_000)}`], 'Invalid namespace'],
];

describe('a frame that no honest client sends (C-46)', () => {
  it.each(HOSTILE)(
    'as %s is answered with an error, or the end of its socket (C-46)',
    async (_what, frames, outcome) => {
      const raw = closeLater(await RawSocket.signedIn(relay.url, ada.token));
      for (const frame of frames) raw.send(frame);
      if (outcome === CLOSES) await raw.closed(2_000);
      else await raw.heardWith(outcome);
    },
  );

  it('as an acknowledgement of nothing, or an event without one, does nothing (C-46)', async () => {
    const raw = closeLater(await RawSocket.signedIn(relay.url, ada.token));
    raw.send('4399[{}]');
    raw.send(`42["message:send",${JSON.stringify({ conversationId, ...draftOf('never stored') })}]`);
    raw.send('421["sync",{"revision":0,"cursors":{}}]');
    expect(await raw.heard('431')).not.toContain('ciphertext');
  });

  it('before its socket is let in is no better (C-46)', async () => {
    for (const [, frames] of HOSTILE) {
      const raw = closeLater(await RawSocket.open(relay.url));
      for (const frame of frames) raw.send(frame);
    }
  });
});

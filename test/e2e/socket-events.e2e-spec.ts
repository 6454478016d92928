import { connectUntilTestEnds, draftOf, pair, TestRelay, TestUser } from '#testing';
import { RawSocket } from './raw-socket.js';
import { sentinel } from './sending.js';

const relay = TestRelay.duringTests();
const connect = connectUntilTestEnds();

describe('an event', () => {
  const refusal = { ok: false, error: { code: 'invalid_request', status: 400 } };

  test.each([
    ['unknown to the protocol', 'message:delete', [{}]],
    ['named like a method of objects', 'constructor', [{}]],
    ['with two bodies', 'typing', [{ conversationId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11', active: true }, {}]],
    ['with no body', 'typing', []],
    ['with null for a body', 'typing', [null]],
    ['with a list for a body', 'typing', [[]]],
    ['with a field of the wrong type', 'typing', [{ conversationId: 7, active: true }]],
    [
      'with a field that nobody declared',
      'typing',
      [{ conversationId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11', active: true, room: 'x' }],
    ],
    [
      'with bytes where text is expected',
      'message:send',
      [{ conversationId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11', id: draftOf('').id, ciphertext: Buffer.from('raw') }],
    ],
    ['with bytes for a body', 'message:send', [Buffer.from('{}')]],
  ])('%s is refused in its acknowledgement (C-46)', async (_what, event, args) => {
    const socket = await connect(await TestUser.register(relay));
    expect(await socket.emit(event, ...args)).toMatchObject(refusal);
    expect(socket.isConnected).toBe(true);
  });

  test('names the field that was wrong, and never repeats its value', async () => {
    const { ada, conversationId } = await pair(relay);
    const socket = await connect(ada);
    const reply = await socket.emit('message:send', { conversationId, ...draftOf('x'), ciphertext: 'not base64url!' });
    expect(reply.error).toMatchObject({ errors: [{ path: '/ciphertext', message: expect.any(String) }] });
    expect(JSON.stringify(reply)).not.toContain('not base64url!');
  });

  test('without an acknowledgement does nothing and harms nobody (C-46)', async () => {
    const { ada, conversationId } = await pair(relay);
    const socket = await connect(ada);
    socket.socket.emit('message:send', { conversationId, ...draftOf('never') });
    socket.socket.emit('message:send', { conversationId, ...draftOf('never') }, 'no acknowledgement either');
    socket.socket.emit('no such event');
    expect(await socket.emit('message:send', { conversationId, ...draftOf('with one') })).toMatchObject({
      ok: true,
      seq: 1,
    });
  });

  test.each([
    ['an event named error', '421["error",{}]'],
    ['an event named by a number', '421[7,{}]'],
    ['an event with an empty name', '421["",{}]'],
    ['an acknowledgement of nothing', '4399[{}]'],
    ['a reserved event', '421["disconnect",{}]'],
    ['an event without a name', '421[]'],
    ['no JSON', '421{'],
    ['a binary event without its bytes', '451-1["message:send",{"_placeholder":true,"num":0}]'],
    ['an unknown packet type', '49'],
    ['an unknown frame type', 'x'],
  ])('that is malformed, as %s, harms nobody else', async (_what, frame) => {
    const { ada, bob } = await pair(relay);
    const listener = await connect(bob);
    const raw = await RawSocket.signedIn(relay.url, ada.token);
    raw.send(frame);
    raw.send('3');
    await sentinel(ada, bob, listener);
    raw.end();
  });

  test('larger than a frame may be closes its socket, and no other', async () => {
    const { ada, bob } = await pair(relay);
    const listener = await connect(bob);
    const raw = await RawSocket.signedIn(relay.url, ada.token);
    raw.send(`421["message:send",{"ciphertext":"${'A'.repeat(200 * 1024)}"}]`);
    await raw.closed();
    await sentinel(ada, bob, listener);
  });

  test('refused a hundred times and more closes its socket (C-44)', async () => {
    const socket = await connect(await TestUser.register(relay));
    const replies = Array.from({ length: 101 }, () => socket.emit('nonsense', {}).catch(() => undefined));
    await socket.closed();
    await Promise.all(replies);
  });
});

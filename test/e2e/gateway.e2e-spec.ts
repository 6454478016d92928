import { PROTOCOL_VERSION } from '#protocol';
import { io } from 'socket.io-client';
import { call, draftOf, FakeClock, TestRelay, TestSocket, TestUser, until } from '#testing';
import { ConnectionWatch } from '../../apps/relay/src/gateway/connection-watch.js';
import type { Connection } from '../../apps/relay/src/gateway/connection.js';
import { Connections } from '../../apps/relay/src/gateway/connections.js';
import { SessionsStore } from '../../apps/relay/src/sessions/sessions.store.js';
import { RawSocket } from './raw-socket.js';
import { draftsOf, groupOf, sendBurst } from './sending.js';

const ALLOWED = 'https://app.example.org';
let relay: TestRelay;
const clock = new FakeClock();
const open: { close(): void }[] = [];
beforeAll(async () => {
  relay = await TestRelay.start({ clock, environment: { CORS_ORIGINS: ALLOWED } });
});
afterEach(() => {
  jest.restoreAllMocks();
  for (const socket of open.splice(0)) socket.close();
});
afterAll(() => relay.stop());

async function connect(user: TestUser): Promise<TestSocket> {
  const socket = await user.socket();
  open.push(socket);
  return socket;
}

async function pair(): Promise<{ ada: TestUser; bob: TestUser; conversationId: string }> {
  const [ada, bob] = [await TestUser.register(relay), await TestUser.register(relay)];
  return { ada, bob, conversationId: await ada.directWith(bob) };
}

/** Everything that was pushed so far has arrived once a later push has. */
async function sentinel(from: TestUser, to: TestUser, listener: TestSocket): Promise<void> {
  const draft = draftOf('sentinel');
  await from.request('POST', '/messages', { ...draft, to: to.username });
  await until(() => listener.payloads<{ id: string }>('entry').some(({ id }) => id === draft.id), 'the sentinel came');
}

function connectionsOf(user: TestUser): Connection[] {
  return [...relay.part(Connections)].filter(({ caller }) => caller.accountId === user.accountId);
}

/** Holds the relay's look-ups of a session back until it is opened. */
class Gate {
  readonly opened: Promise<void>;
  open: () => void = () => undefined;
  private readonly looked: jest.SpiedFunction<SessionsStore['caller']>;

  constructor(store: SessionsStore) {
    this.opened = new Promise((resolve) => (this.open = resolve));
    const lookUp = store.caller.bind(store);
    this.looked = jest.spyOn(store, 'caller').mockImplementation(async (...args) => {
      const caller = await lookUp(...args);
      await this.opened;
      return caller;
    });
  }

  get lookedUp(): boolean {
    return this.looked.mock.calls.length > 0;
  }
}

describe('the handshake', () => {
  const invalid = { message: 'invalid_token', data: { code: 'invalid_token', status: 401 } };

  test.each([
    ['no token', () => ({})],
    ['an empty token', () => ({ token: '' })],
    ['a token that is no text', () => ({ token: { $ne: null } })],
    ['a token of nobody', () => ({ token: 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln' })],
    ['a refresh token', (user: TestUser) => ({ token: user.signedIn.refreshToken })],
    [
      'a token that expired',
      (user: TestUser) => {
        clock.advance(620_000);
        return { token: user.token };
      },
    ],
  ])('refuses %s', async (_what, auth) => {
    const user = await TestUser.register(relay);
    const socket = io(relay.url, { transports: ['websocket'], auth: auth(user), reconnection: false, forceNew: true });
    open.push(socket);
    await expect(
      new Promise((resolve, reject) => socket.on('connect', () => resolve('connected')).on('connect_error', reject)),
    ).rejects.toMatchObject(invalid);
  });

  test('takes no token from the URL or a header', async () => {
    const { token } = await TestUser.register(relay);
    const socket = io(relay.url, {
      transports: ['websocket'],
      query: { token },
      extraHeaders: { authorization: `Bearer ${token}` },
      reconnection: false,
      forceNew: true,
    });
    open.push(socket);
    await expect(
      new Promise((resolve, reject) => socket.on('connect', () => resolve('connected')).on('connect_error', reject)),
    ).rejects.toMatchObject(invalid);
  });

  test('refuses pages of other sites, whatever they bring, and lets in the allowed one and clients that are no page', async () => {
    await expect(RawSocket.open(relay.url, { origin: 'https://evil.example' })).rejects.toThrow('HTTP 400');
    await expect(RawSocket.open(relay.url, { origin: 'null' })).rejects.toThrow('HTTP 400');
    for (const headers of [{ origin: ALLOWED }, {}]) (await RawSocket.open(relay.url, headers)).end();
  });

  test('is by WebSocket only', async () => {
    const response = await fetch(`${relay.url}/socket.io/?EIO=4&transport=polling`);
    expect(response.status).toBe(400);
  });

  test('has one namespace', async () => {
    const { token } = await TestUser.register(relay);
    const raw = await RawSocket.signedIn(relay.url, token);
    raw.send(`40/admin,${JSON.stringify({ token })}`);
    expect(await raw.heard('44/admin')).toContain('Invalid namespace');
    raw.end();
  });

  test('is greeted with the protocol version and the time at which the token ends', async () => {
    const socket = await connect(await TestUser.register(relay));
    const [ready] = await socket.hear('ready');
    const [{ incarnation }] = (await relay.query('SELECT incarnation FROM relay')) as [{ incarnation: string }];
    expect(ready).toMatchObject({ protocol: PROTOCOL_VERSION, incarnation });
    expect(Math.abs(Date.parse(String(ready!.expiresAt)) - clock.millis() - 600_000)).toBeLessThan(5_000);
  });
});

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
  ])('%s is refused in its acknowledgement', async (_what, event, args) => {
    const socket = await connect(await TestUser.register(relay));
    expect(await socket.emit(event, ...args)).toMatchObject(refusal);
    expect(socket.isConnected).toBe(true);
  });

  test('names the field that was wrong, and never repeats its value', async () => {
    const { ada, conversationId } = await pair();
    const socket = await connect(ada);
    const reply = await socket.emit('message:send', { conversationId, ...draftOf('x'), ciphertext: 'not base64url!' });
    expect(reply.error).toMatchObject({ errors: [{ path: '/ciphertext', message: expect.any(String) }] });
    expect(JSON.stringify(reply)).not.toContain('not base64url!');
  });

  test('without an acknowledgement does nothing and harms nobody', async () => {
    const { ada, conversationId } = await pair();
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
    const { ada, bob } = await pair();
    const listener = await connect(bob);
    const raw = await RawSocket.signedIn(relay.url, ada.token);
    raw.send(frame);
    raw.send('3');
    await sentinel(ada, bob, listener);
    raw.end();
  });

  test('larger than a frame may be closes its socket, and no other', async () => {
    const { ada, bob } = await pair();
    const listener = await connect(bob);
    const raw = await RawSocket.signedIn(relay.url, ada.token);
    raw.send(`421["message:send",{"ciphertext":"${'A'.repeat(200 * 1024)}"}]`);
    await raw.closed();
    await sentinel(ada, bob, listener);
  });

  test('refused a hundred times and more closes its socket', async () => {
    const socket = await connect(await TestUser.register(relay));
    const replies = Array.from({ length: 101 }, () => socket.emit('nonsense', {}).catch(() => undefined));
    await socket.closed();
    await Promise.all(replies);
  });
});

describe('limits of one socket', () => {
  let strict: TestRelay;
  beforeAll(async () => {
    strict = await TestRelay.start({
      environment: {
        LIMITS: 'events=5/3600,register=100/1,strangersAccount=100/1,strangersAddress=100/1',
        QUOTAS: 'socketsPerAddress=4',
      },
    });
  });
  afterAll(() => strict.stop());

  test('events beyond the limit are refused, and say for how long', async () => {
    const socket = await TestSocket.connect(strict.url, (await TestUser.register(strict)).token);
    open.push(socket);
    const replies = [];
    for (let index = 0; index < 6; index++) replies.push(await socket.emit('sync', { revision: 0, cursors: {} }));
    expect(replies.map(({ ok }) => ok)).toEqual([true, true, true, true, true, false]);
    expect(replies[5]!.error).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 720 });
  });

  test('an address has as many sockets as it may, whoever they belong to', async () => {
    const users = await Promise.all([1, 2, 3, 4, 5].map(() => TestUser.register(strict)));
    const sockets = await Promise.all(users.slice(0, 4).map((user) => TestSocket.connect(strict.url, user.token)));
    await expect(TestSocket.connect(strict.url, users[4]!.token)).rejects.toMatchObject({
      data: { code: 'too_many_connections' },
    });
    for (const socket of sockets) socket.close();
  });
});

describe('an account', () => {
  test('has ten sockets at most, and one more when one closes', async () => {
    const user = await TestUser.register(relay);
    const sockets = [];
    for (let index = 0; index < 10; index++) sockets.push(await connect(user));
    await expect(connect(user)).rejects.toMatchObject({
      data: { code: 'too_many_connections', status: 429, retryAfterSeconds: 30 },
    });
    sockets[0]!.close();
    await until(() => connectionsOf(user).length === 9, 'the relay noticed');
    await connect(user);
  });

  test('has ten at most also when it opens many at once', async () => {
    const user = await TestUser.register(relay);
    const sockets = await Promise.all(Array.from({ length: 25 }, () => RawSocket.open(relay.url)));
    const gate = new Gate(relay.part(SessionsStore));
    for (const socket of sockets) socket.send(`40${JSON.stringify({ token: user.token })}`);
    await until(() => gate.lookedUp, 'the first handshake looked the session up');
    await call(relay, 'GET', '/health/live');
    gate.open();
    await Promise.all(sockets.map((socket) => socket.heard('4')));
    expect(sockets.filter(({ frames }) => frames.some((frame) => frame.startsWith('40')))).toHaveLength(10);
    expect(connectionsOf(user)).toHaveLength(10);
    for (const socket of sockets) socket.end();
  });

  test('does not keep a transport open that it no longer uses', async () => {
    const user = await TestUser.register(relay);
    const raw = await RawSocket.signedIn(relay.url, user.token);
    raw.send('41');
    await raw.closed(2_000);
    expect(connectionsOf(user)).toEqual([]);
  });

  test('gets the place back of a handshake that never ended', async () => {
    const user = await TestUser.register(relay);
    for (let round = 0; round < 15; round++) {
      const raw = await RawSocket.open(relay.url);
      raw.send(`40${JSON.stringify({ token: user.token })}`);
      raw.end();
    }
    await until(() => connectionsOf(user).length === 0, 'all of them are forgotten');
    await connect(user);
  });
});

describe('rooms', () => {
  test('are nobody’s to join: a stranger who asks in every way hears nothing', async () => {
    const { ada, bob, conversationId } = await pair();
    const stranger = await TestUser.register(relay);
    const [eve, listener] = [await connect(stranger), await connect(bob)];
    const rooms = [conversationId, `account:${bob.accountId}`, `device:${bob.deviceId}`];
    for (const event of ['join', 'subscribe', 'room', 'conversation:join', 'joinRoom'])
      for (const room of rooms)
        expect(await eve.emit(event, { room, conversationId, id: room })).toMatchObject({ ok: false });
    expect(await eve.emit('typing', { conversationId, active: true })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
    expect(await eve.emit('receipt:update', { conversationId, read: 1 })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
    expect(await eve.emit('message:send', { conversationId, ...draftOf('x') })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
    expect(await eve.emit('sync', { revision: 0, cursors: { [conversationId]: 0 } })).toMatchObject({
      ok: true,
      conversations: [],
    });

    await ada.send(conversationId, 'private');
    await listener.hear('entry');
    await listener.emit('typing', { conversationId, active: true });
    await bob.request('PUT', `/conversations/${conversationId}/receipts`, { read: 1 });
    await sentinel(ada, stranger, eve);
    const heard = eve.payloads<{ conversationId: string }>('entry');
    expect(heard.filter((entry) => entry.conversationId === conversationId)).toEqual([]);
    expect([...eve.payloads('typing'), ...eve.payloads('receipt')]).toEqual([]);
  });

  test('are left at once by a member who is removed', async () => {
    const [ada, bob, cleo] = [
      await TestUser.register(relay),
      await TestUser.register(relay),
      await TestUser.register(relay),
    ];
    const conversationId = await groupOf(ada, [bob, cleo]);
    const [removed, listener] = [await connect(bob), await connect(cleo)];
    await ada.request('DELETE', `/conversations/${conversationId}/members`, { members: [bob.username] });
    const { id } = (await ada.send(conversationId, 'without bob')).body;
    await until(() => listener.payloads<{ id: string }>('entry').some((entry) => entry.id === id), 'cleo heard it');
    await sentinel(ada, bob, removed);
    expect(removed.payloads<{ id: string }>('entry').some((entry) => entry.id === id)).toBe(false);
    expect(await removed.emit('typing', { conversationId, active: true })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
  });
});

test('typing reaches the other members, and not the devices of who types', async () => {
  const { ada, bob, conversationId } = await pair();
  const [typist, own, other] = [await connect(ada), await connect(await ada.onNewDevice()), await connect(bob)];
  for (const active of [true, false])
    expect(await typist.emit('typing', { conversationId, active })).toEqual({ ok: true });
  const heard = await other.hear('typing', 2);
  expect(heard).toEqual([true, false].map((active) => ({ conversationId, accountId: ada.accountId, active })));
  await sentinel(bob, ada, own);
  expect([...own.payloads('typing'), ...typist.payloads('typing')]).toEqual([]);
});

test('an entry of more than 32 KiB is pushed as a hint, one of 32 KiB whole', async () => {
  const { ada, bob, conversationId } = await pair();
  const listener = await connect(bob);
  const [whole, large] = [32 * 1024, 32 * 1024 + 1].map((bytes) => draftOf('x'.repeat(bytes)));
  for (const draft of [whole, large])
    expect((await ada.request('POST', `/conversations/${conversationId}/messages`, draft)).status).toBe(201);
  const [first, second] = await listener.hear('entry', 2);
  expect(first).toMatchObject({ id: whole!.id, ciphertext: whole!.ciphertext });
  expect(second).toMatchObject({ id: large!.id, seq: 2, senderId: ada.accountId });
  expect(second).not.toHaveProperty('ciphertext');
  const { items } = await bob.syncAll({ [conversationId]: 1 });
  expect(items[conversationId]![0]!.ciphertext).toBe(large!.ciphertext);
});

describe('the access token of a socket', () => {
  const LIFE_MS = 600_000;
  const look = () => relay.part(ConnectionWatch).look();

  async function refreshed(user: TestUser): Promise<string> {
    const { body } = await call(relay, 'POST', '/v1/auth/refresh', {
      body: { refreshToken: user.signedIn.refreshToken },
    });
    return body.accessToken;
  }

  test('ends it 30 seconds after it expired', async () => {
    const socket = await connect(await TestUser.register(relay));
    clock.advance(LIFE_MS + 28_000);
    look();
    expect(await socket.emit('sync', { revision: 0, cursors: {} })).toMatchObject({ ok: true });
    clock.advance(4_000);
    look();
    expect(await socket.closed()).toBe('io server disconnect');
  });

  test('can be renewed with a fresh one of the same session', async () => {
    const user = await TestUser.register(relay);
    const [renewed, forgetful] = [await connect(user), await connect(user)];
    clock.advance(LIFE_MS / 2);
    const reply = await renewed.emit('auth:renew', { token: await refreshed(user) });
    expect(Date.parse(String(reply.expiresAt)) - clock.millis()).toBeGreaterThan(LIFE_MS - 5_000);
    clock.advance(LIFE_MS / 2 + 32_000);
    look();
    await forgetful.closed();
    expect(await renewed.emit('sync', { revision: 0, cursors: {} })).toMatchObject({ ok: true });
  });

  test('cannot be renewed with a bad one, a refresh token, or one of another session', async () => {
    const user = await TestUser.register(relay);
    const socket = await connect(user);
    const renew = async (token: string) => (await socket.emit('auth:renew', { token })).error?.code;
    expect(await renew('nonsense')).toBe('invalid_token');
    expect(await renew(user.signedIn.refreshToken)).toBe('invalid_token');
    expect(await renew((await user.onNewDevice()).token)).toBe('forbidden');
    expect(await renew((await TestUser.register(relay)).token)).toBe('forbidden');
  });
});

describe('a session that ends', () => {
  async function expectClosedWithinASecond(socket: TestSocket, reason: string): Promise<void> {
    await socket.closed(1_000);
    expect(socket.payloads('session:revoked')).toEqual([{ reason }]);
  }

  test('by signing out closes its sockets, and only its own', async () => {
    const user = await TestUser.register(relay);
    const other = await user.onNewDevice();
    const [socket, second, spared] = [await connect(user), await connect(user), await connect(other)];
    expect((await user.request('POST', '/auth/logout')).status).toBe(204);
    await expectClosedWithinASecond(socket, 'signed_out');
    await expectClosedWithinASecond(second, 'signed_out');
    expect(await spared.emit('sync', { revision: 0, cursors: {} })).toMatchObject({ ok: true });
    await expect(connect(user)).rejects.toMatchObject({ data: { code: 'invalid_token' } });
  });

  test('by the owner’s word from another device closes its sockets', async () => {
    const user = await TestUser.register(relay);
    const other = await user.onNewDevice();
    const socket = await connect(other);
    expect((await user.request('DELETE', `/auth/sessions/${other.signedIn.sessionId}`)).status).toBe(204);
    await expectClosedWithinASecond(socket, 'revoked');
  });

  test('with its device closes its sockets', async () => {
    const user = await TestUser.register(relay);
    const other = await user.onNewDevice();
    const socket = await connect(other);
    expect((await user.request('DELETE', `/devices/${other.deviceId}`)).status).toBe(204);
    await expectClosedWithinASecond(socket, 'device_revoked');
  });

  test('in the database only, as another relay or an operator would end it, closes its sockets', async () => {
    const user = await TestUser.register(relay);
    const socket = await connect(user);
    await relay.query('UPDATE sessions SET revoked_at = $2 WHERE id = $1', [user.signedIn.sessionId, clock.now()]);
    await expectClosedWithinASecond(socket, 'revoked');
    expect((await user.request('GET', '/auth/me')).status).toBe(401);
  });

  test('while its socket is being opened closes that one, too', async () => {
    const user = await TestUser.register(relay);
    const store = relay.part(SessionsStore);
    const gate = new Gate(store);
    const connecting = connect(user);
    await until(() => gate.lookedUp, 'the handshake looked the session up');
    await relay.query('UPDATE sessions SET revoked_at = $2 WHERE id = $1', [user.signedIn.sessionId, clock.now()]);
    const watched = jest.spyOn(store, 'revokedSince');
    await until(() => watched.mock.calls.length > 1, 'the watch has seen it');
    gate.open();
    const outcome = await connecting.then(
      (socket) => socket.closed(1_000),
      () => 'refused',
    );
    expect(outcome).toBeDefined();
  });
});

test('a reader who stops reading is cut off; everybody else goes on', async () => {
  const [ada, bob, cleo] = [
    await TestUser.register(relay),
    await TestUser.register(relay),
    await TestUser.register(relay),
  ];
  const conversationId = await groupOf(ada, [bob, cleo]);
  const [sender, healthy] = [await connect(ada), await connect(bob)];
  const stalled = await RawSocket.signedIn(relay.url, cleo.token);
  const [connection] = connectionsOf(cleo);
  stalled.pause();
  const ciphertext = Buffer.alloc(32 * 1024).toString('base64url');
  let sent = 0;
  for (; connectionsOf(cleo).length > 0 && sent < 1_500; sent += 20)
    await sendBurst(
      sender,
      conversationId,
      draftsOf(20).map((draft) => ({ ...draft, ciphertext })),
    );
  expect(connectionsOf(cleo)).toEqual([]);
  expect(connection!.socket.request.socket.destroyed).toBe(true);
  expect(relay.logLines.some((line) => line.includes('slow_consumer'))).toBe(true);
  await healthy.hear('entry', sent, 30_000);
  expect(sender.isConnected).toBe(true);

  stalled.resume();
  await stalled.closed(2_000);
  expect(stalled.frames.length).toBeLessThan(sent);
  const caughtUp = await cleo.syncAll();
  expect(caughtUp.items[conversationId]).toHaveLength(sent + 1);
});

import { call, closeAfterEach, connectUntilTestEnds, people, TestRelay, TestSocket, TestUser, until } from '#testing';
import type { Connection } from '../../apps/relay/src/gateway/connection.js';
import { Connections } from '../../apps/relay/src/gateway/connections.js';
import { RawSocket } from './raw-socket.js';
import { draftsOf, groupOf, sendBurst } from './sending.js';
import { SessionGate } from './session-gate.js';

const relay = TestRelay.duringTests();
const connect = connectUntilTestEnds();
const closeLater = closeAfterEach();
afterEach(() => jest.restoreAllMocks());

function connectionsOf(user: TestUser): Connection[] {
  return [...relay.part(Connections)].filter(({ caller }) => caller.accountId === user.accountId);
}

describe('limits of one socket', () => {
  const strict = TestRelay.duringTests({
    environment: {
      LIMITS: 'events=5/3600,register=100/1,strangersAccount=100/1,strangersAddress=100/1',
      QUOTAS: 'socketsPerAddress=4',
    },
  });

  test('events beyond the limit are refused, and say for how long', async () => {
    const socket = closeLater(await TestSocket.connect(strict.url, (await TestUser.register(strict)).token));
    const replies = [];
    for (let index = 0; index < 6; index++) replies.push(await socket.emit('sync', { revision: 0, cursors: {} }));
    expect(replies.map(({ ok }) => ok)).toEqual([true, true, true, true, true, false]);
    expect(replies[5]!.error).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 720 });
  });

  test('an address has as many sockets as it may, whoever they belong to', async () => {
    const users = await people(strict, 5);
    const sockets = await Promise.all(users.slice(0, 4).map((user) => TestSocket.connect(strict.url, user.token)));
    await expect(TestSocket.connect(strict.url, users[4].token)).rejects.toMatchObject({
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
    const gate = new SessionGate(relay);
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

test('a reader who stops reading is cut off; everybody else goes on', async () => {
  const [ada, bob, cleo] = await people(relay, 3);
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

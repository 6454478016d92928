import { LIMITS } from '#protocol';
import {
  call,
  closeAfterEach,
  connectUntilTestEnds,
  people,
  recordEvidence,
  TestRelay,
  TestSocket,
  TestUser,
  until,
} from '#testing';
import type { Connection } from '../../apps/relay/src/gateway/connection.js';
import { ConnectionWatch } from '../../apps/relay/src/gateway/connection-watch.js';
import { Connections } from '../../apps/relay/src/gateway/connections.js';
import { LIMIT_TABLE } from '../../apps/relay/src/platform/limits/limit-table.js';
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
    environment: { LIMITS: 'events=5/3600,register=100/1,strangersAccount=100/1,strangersAddress=100/1' },
  });

  test('events beyond the limit are refused, and say for how long (C-44)', async () => {
    const socket = closeLater(await TestSocket.connect(strict.url, (await TestUser.register(strict)).token));
    const replies = [];
    for (let index = 0; index < 6; index++) replies.push(await socket.emit('sync', { revision: 0, cursors: {} }));
    expect(replies.map(({ ok }) => ok)).toEqual([true, true, true, true, true, false]);
    expect(replies[5]!.error).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 720 });
  });
});

describe('with the limits that relays come with', () => {
  const usual = TestRelay.duringTests({ environment: { LIMITS: 'register=100/1', QUOTAS: '' } });

  test('an address has fifty sockets, whoever they belong to (C-45)', async () => {
    const users = await people(usual, 6);
    const owners = users.slice(0, 5).flatMap((user) => Array.from({ length: 10 }, () => user));
    for (const { token } of owners) closeLater(await TestSocket.connect(usual.url, token));
    await expect(TestSocket.connect(usual.url, users[5].token)).rejects.toMatchObject({
      data: { code: 'too_many_connections' },
    });
  });

  test('bytes beyond the limit are refused, for events that keep to theirs, and in the end close the socket (C-44)', async () => {
    const raw = await RawSocket.signedIn(usual.url, (await TestUser.register(usual)).token);
    const mostFrames = LIMIT_TABLE.events.burst - 1;
    for (let n = 1; n <= mostFrames; n++)
      raw.send(`42${n}["sync",{"revision":0,"cursors":{}}`.padEnd(LIMITS.frameBytes - 1) + ']');
    expect(await raw.heardWith('"ok":true')).toContain('incarnation');
    expect(await raw.heardWith('"ok":false')).toContain('rate_limited');
    await raw.closed();
    const received = raw.frames.filter((frame) => frame.startsWith('43')).length;
    expect(received).toBeGreaterThan(LIMIT_TABLE.socketBytes.burst / LIMITS.frameBytes);
    expect(received).toBeLessThan(mostFrames);
  });
});

describe('a flood of what is no event', () => {
  const narrow = TestRelay.duringTests({ environment: { LIMITS: 'register=100/1,socketBytes=100000/4' } });

  test.each([
    ['frames', (raw: RawSocket) => raw.send(`3${'x'.repeat(10_000)}`)],
    ['pings below all frames', (raw: RawSocket) => pingOften(raw)],
    ['questions for other namespaces', (raw: RawSocket) => raw.send(`40/${'x'.repeat(10_000)},{}`)],
  ])('as of %s, closes its socket, and keeps its device out for a while (C-44)', async (_what, flood) => {
    const user = await TestUser.register(narrow);
    const raw = await RawSocket.signedIn(narrow.url, user.token);
    const flooding = setInterval(() => flood(raw), 10);
    await raw.closed().finally(() => clearInterval(flooding));
    const expelled = { data: { code: 'rate_limited' } };
    await expect(TestSocket.connect(narrow.url, user.token)).rejects.toMatchObject(expelled);
    narrow.clock.advance(10_000);
    closeLater(await TestSocket.connect(narrow.url, user.token));
  });
});

function pingOften(raw: RawSocket): void {
  for (let n = 0; n < 100; n++) raw.ping(Buffer.alloc(125));
}

describe('an account', () => {
  test('has ten sockets at most, and one more when one closes (C-45)', async () => {
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

/** The most that the relay holds back for a reader, and for how long that is more than it may be. */
function watchBacklog(connection: Connection): { mostBytes: number; fullForMs: number } {
  const seen = { mostBytes: 0, fullForMs: 0 };
  let fullAt: number | undefined;
  const watching = setInterval(() => {
    const { backlogBytes } = connection;
    seen.mostBytes = Math.max(seen.mostBytes, backlogBytes);
    if (backlogBytes > LIMITS.socketBacklogBytes) fullAt ??= performance.now();
  }, 1);
  connection.socket.request.socket.once('close', () => {
    clearInterval(watching);
    if (fullAt !== undefined) seen.fullForMs = Math.round(performance.now() - fullAt);
  });
  return seen;
}

test('a reader who stops reading is cut off at once; everybody else goes on (R-05)', async () => {
  const [ada, bob, cleo] = await people(relay, 3);
  const conversationId = await groupOf(ada, [bob, cleo]);
  const [sender, healthy] = [await connect(ada), await connect(bob)];
  const stalled = await RawSocket.signedIn(relay.url, cleo.token);
  const [connection] = connectionsOf(cleo);
  stalled.pause();
  const backlog = watchBacklog(connection!);
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
  recordEvidence('R-05', { ...backlog });
  expect(backlog.mostBytes).toBeLessThanOrEqual(2 * 1024 ** 2);
  expect(backlog.fullForMs).toBeLessThanOrEqual(5_000);
  await healthy.hear('entry', sent, 30_000);
  expect(sender.isConnected).toBe(true);

  stalled.resume();
  await stalled.closed(2_000);
  expect(stalled.frames.length).toBeLessThan(sent);
  const caughtUp = await cleo.syncAll();
  expect(caughtUp.items[conversationId]).toHaveLength(sent + 1);
});

test('a reader who is slow to read one answer that is longer than what may wait is left in peace until it has it', async () => {
  const [ada, bob] = await people(relay, 2);
  const conversationId = await groupOf(ada, [bob]);
  const sender = await connect(ada);
  const slow = await RawSocket.signedIn(relay.url, bob.token);
  const [connection] = connectionsOf(bob);
  slow.pause();
  // What the network holds for a reader does not count: that has to be full first.
  const ciphertext = Buffer.alloc(32 * 1024).toString('base64url');
  const fill = async (count: number): Promise<void> => {
    await sendBurst(
      sender,
      conversationId,
      draftsOf(count).map((draft) => ({ ...draft, ciphertext })),
    );
  };
  while (connection!.backlogBytes === 0) await fill(4);
  await relay.query(
    `UPDATE entries SET body = decode(repeat('00', $2), 'hex') WHERE conversation_id = $1 AND kind = 0 AND seq =
       (SELECT min(seq) FROM entries WHERE conversation_id = $1 AND kind = 0)`,
    [conversationId, LIMITS.mlsCommitBytes],
  );
  slow.send(`421["sync",${JSON.stringify({ revision: 0, cursors: { [conversationId]: 1 } })}]`);
  await until(() => connection!.backlogBytes > LIMITS.mlsCommitBytes, 'the answer waits');
  relay.part(ConnectionWatch).look();
  await fill(1);
  expect(connection!.isClosing).toBe(false);
  slow.resume();
  await slow.heard('431[');
  slow.end();
});

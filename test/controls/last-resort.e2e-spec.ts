import { join } from 'node:path';
import { connectUntilTestEnds, draftOf, pair, people, type Reply, TestRelay, TestUser, until } from '#testing';
import { AccessGuard } from '../../apps/relay/src/auth/access.guard.js';
import { AccessTokens } from '../../apps/relay/src/auth/index.js';
import { OwnAccountService } from '../../apps/relay/src/auth/own-account.service.js';
import { Delivery } from '../../apps/relay/src/delivery/index.js';
import { Connection } from '../../apps/relay/src/gateway/connection.js';
import { Connections } from '../../apps/relay/src/gateway/connections.js';
import { RelayGateway } from '../../apps/relay/src/gateway/relay.gateway.js';
import { ReceiptsService } from '../../apps/relay/src/messages/receipts.service.js';
import { ShapePipe } from '../../apps/relay/src/platform/http/shape.pipe.js';
import { LimitsGuard } from '../../apps/relay/src/platform/limits/limits.guard.js';
import { Log } from '../../apps/relay/src/platform/logging/log.js';
import { SessionsStore } from '../../apps/relay/src/sessions/sessions.store.js';
import { BuiltRelay } from '../chaos/built-relay.js';

const SECRET = 'swordfish of ada';
const FAULT = new Error(SECRET);
const throwIt = (): never => {
  throw FAULT;
};

const relay = TestRelay.duringTests();
const connect = connectUntilTestEnds();
let ada: TestUser;
let bob: TestUser;
let conversationId: string;
beforeAll(async () => {
  ({ ada, bob, conversationId } = await pair(relay));
  await bob.send(conversationId, 'there is something to read');
});
afterEach(() => jest.restoreAllMocks());

/** The line of the log that tells of a fault. */
async function logged(msg: string): Promise<void> {
  await until(() => relay.logLines.some((line) => line.includes(`"msg":"${msg}"`)), `the log says "${msg}"`);
  expect(relay.logLines.join('')).not.toContain(SECRET);
}

/** Whether everybody else is served, over HTTP and over sockets. */
async function expectOthersServed(): Promise<void> {
  expect((await bob.request('GET', '/auth/me')).status).toBe(200);
  const socket = await bob.socket();
  expect(await socket.emit('sync', { revision: 0, cursors: {} })).toMatchObject({ ok: true });
  socket.close();
}

interface Place {
  readonly name: string;
  /** Makes the next call throw. */
  readonly break: () => unknown;
}

const circular: Record<string, unknown> = {};
circular.self = circular;

const ON_THE_WAY: readonly Place[] = [
  { name: 'a guard', break: () => jest.spyOn(AccessGuard.prototype, 'canActivate').mockImplementationOnce(throwIt) },
  { name: 'another guard', break: () => jest.spyOn(LimitsGuard.prototype, 'canActivate').mockRejectedValueOnce(FAULT) },
  { name: 'a pipe', break: () => jest.spyOn(ShapePipe.prototype, 'transform').mockImplementationOnce(throwIt) },
  {
    name: 'a handler',
    break: () => jest.spyOn(relay.part(OwnAccountService), 'update').mockImplementationOnce(throwIt),
  },
  {
    name: 'a handler, later',
    break: () => jest.spyOn(relay.part(OwnAccountService), 'update').mockRejectedValueOnce(FAULT),
  },
  {
    name: 'the writing of a reply',
    break: () =>
      jest
        .spyOn(relay.part(OwnAccountService), 'update')
        .mockResolvedValueOnce({ displayName: circular, createdAt: new Date() } as never),
  },
  {
    name: 'what throws no error',
    break: () => jest.spyOn(relay.part(OwnAccountService), 'update').mockRejectedValueOnce(undefined),
  },
];

describe('a fault on the way of a request (C-75)', () => {
  const ask = (): Promise<Reply> => ada.request('PATCH', '/auth/me', { displayName: 'Ada' });

  it.each(ON_THE_WAY)('in $name is a 500 to that caller, and to nobody else', async (place) => {
    place.break();
    const { status, body } = await ask();
    expect([status, body.code, JSON.stringify(body).includes('swordfish')]).toEqual([500, 'internal', false]);
    await expectOthersServed();
    expect((await ask()).status).toBe(200);
  });

  it('in the filter that answers for faults is a 500 all the same, and says no more', async () => {
    jest.spyOn(relay.part(OwnAccountService), 'update').mockImplementationOnce(throwIt);
    jest.spyOn(relay.part(Log), 'error').mockImplementation(throwIt);
    const { status, body } = await ask();
    jest.restoreAllMocks();
    expect([status, body.code, JSON.stringify(body).includes('swordfish')]).toEqual([500, 'internal', false]);
    await expectOthersServed();
  });

  it('in the hook that logs it harms nobody', async () => {
    jest.spyOn(relay.part(Log), 'request').mockImplementationOnce(throwIt);
    expect((await ask()).status).toBe(200);
    await expectOthersServed();
  });
});

describe('a fault over a socket (C-75)', () => {
  const update = { conversationId: '', read: 1 };
  beforeAll(() => {
    update.conversationId = conversationId;
  });

  it.each([
    ['the handler of an event', () => jest.spyOn(relay.part(ReceiptsService), 'mark').mockImplementationOnce(throwIt)],
    ['the handler, later', () => jest.spyOn(relay.part(ReceiptsService), 'mark').mockRejectedValueOnce(FAULT)],
  ])('in %s is "internal" to that caller, and to nobody else', async (_what, breakIt) => {
    const socket = await connect(ada);
    breakIt();
    expect(await socket.emit('receipt:update', update)).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(await socket.emit('receipt:update', update)).toMatchObject({ ok: true });
    await expectOthersServed();
    await logged('event failed');
  });

  it('in what answers for faults leaves the event without an answer, and the socket open', async () => {
    const socket = await connect(ada);
    jest.spyOn(relay.part(ReceiptsService), 'mark').mockRejectedValueOnce(FAULT);
    jest.spyOn(relay.part(Log), 'error').mockImplementationOnce(throwIt);
    socket.socket.emit('receipt:update', update, () => undefined);
    await logged('answering an event failed');
    expect(await socket.emit('receipt:update', update)).toMatchObject({ ok: true });
    await expectOthersServed();
  });

  it('in the handshake refuses that one', async () => {
    jest.spyOn(relay.part(AccessTokens), 'verify').mockRejectedValueOnce(FAULT);
    await expect(ada.socket()).rejects.toMatchObject({ message: 'internal', data: { code: 'internal' } });
    await logged('handshake failed');
    await expectOthersServed();
  });

  it('in what welcomes a socket closes that one', async () => {
    const { adapter } = Reflect.get(relay.part(RelayGateway), 'server').sockets as { adapter: { addAll: () => void } };
    // Socket.IO itself puts each socket into a room of its own first.
    const addAll = adapter.addAll.bind(adapter);
    jest.spyOn(adapter, 'addAll').mockImplementationOnce(addAll).mockImplementationOnce(throwIt);
    const socket = await ada.socket();
    await socket.closed();
    await logged('connecting a socket failed');
    await expectOthersServed();
  });

  it('in what lets a socket go harms nobody', async () => {
    const socket = await connect(ada);
    const remove = jest.spyOn(relay.part(Connections), 'remove').mockImplementation(throwIt);
    socket.close();
    await until(() => remove.mock.calls.length > 0, 'the relay lets it go');
    await logged('letting go of a socket failed');
    jest.restoreAllMocks();
    await expectOthersServed();
  });

  it('in a push after COMMIT leaves the message acknowledged, and everybody told to catch up', async () => {
    const [sender, listener] = [await connect(ada), await connect(bob)];
    jest.spyOn(relay.part(Delivery), 'push').mockImplementationOnce(throwIt);
    expect(await sender.emit('message:send', { conversationId, ...draftOf('x') })).toMatchObject({ ok: true });
    await logged('push failed');
    await listener.hear('resync');
    await expectOthersServed();
  });
});

describe('a fault in a round of a timer (C-75)', () => {
  it('that looks after sockets does not keep the others from their turn', async () => {
    const [first] = [await connect(ada), await connect(bob)];
    const backlog = jest.spyOn(Connection.prototype, 'backlogBytes', 'get').mockImplementationOnce(throwIt);
    await until(() => backlog.mock.calls.length > 2, 'the round goes on');
    await logged('looking after a socket failed');
    expect(first.isConnected).toBe(true);
    await expectOthersServed();
  });

  it('that announces receipts is logged, and the next are announced', async () => {
    const [carl, dora] = await people(relay, 2);
    const id = await carl.directWith(dora);
    const hearer = await connect(carl);
    for (const text of ['one', 'two', 'three']) await carl.send(id, text);
    const mark = (read: number): Promise<Reply> => dora.request('PUT', `/conversations/${id}/receipts`, { read });
    await mark(1);
    await hearer.hear('receipt', 2);
    await mark(2);
    jest.spyOn(relay.part(Delivery), 'push').mockImplementationOnce(throwIt);
    await logged('announcing receipts failed');
    await mark(3);
    await until(() => hearer.payloads('receipt').some(({ upTo }) => upTo === 3), 'the next mark is heard');
  });

  it('that looks for ended sessions is logged once, and the next looks', async () => {
    const revoked = jest.spyOn(relay.part(SessionsStore), 'revokedSince').mockImplementationOnce(throwIt);
    await logged('looking for ended sessions failed');
    await until(() => revoked.mock.calls.length > 2, 'it looks again');
    await expectOthersServed();
  });
});

describe('connections to the database that break while nobody uses them (C-75)', () => {
  it('are logged, and replaced', async () => {
    await relay.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND usename <> current_user AND state = 'idle'`,
    );
    await logged('database connection lost');
    await until(async () => (await bob.request('GET', '/auth/me')).status === 200, 'the relay serves');
    await expectOthersServed();
  });
});

describe('an error that nobody caught (C-75)', () => {
  it.each([
    ['exception', 'uncaught exception'],
    ['rejection', 'unhandled rejection'],
  ])(
    'an %s: is logged in one line, what was taken in is answered, and the process ends with 1',
    async (kind, msg) => {
      const { applicationUrl, ownerUrl } = relay.database;
      const built = await BuiltRelay.prepare(
        { DATABASE_URL: applicationUrl, MIGRATION_DATABASE_URL: ownerUrl, FAULT: kind },
        [`--import=${join(import.meta.dirname, 'fault.fixture.mjs')}`],
      );
      try {
        await built.start();
        const one = await TestUser.register(built);
        const id = await one.directWith(await TestUser.register(built));
        const holder = await relay.connection();
        await holder.query('BEGIN');
        await holder.query('SELECT FROM conversations WHERE id = $1 FOR NO KEY UPDATE', [id]);
        const waiting = one.send(id, 'taken in');
        await until(() => isWaiting(), 'the message waits for its lock');
        process.kill(built.pid, 'SIGUSR2');
        await until(() => built.output.some((line) => line.includes(msg)), 'the fault is logged');
        await holder.query('COMMIT');
        holder.release();
        expect((await waiting).status).toBe(201);
        expect(await built.exited()).toBe(1);
        expect(built.output.filter((line) => line.includes('"level":60'))).toHaveLength(1);
        expect(built.output.join()).not.toContain('a fault');
      } finally {
        await built.remove();
      }
    },
    120_000,
  );
});

async function isWaiting(): Promise<boolean> {
  const [row] = await relay.query<{ waiting: boolean }>(
    `SELECT count(*) > 0 AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return row!.waiting;
}

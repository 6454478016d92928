import { CLIENT_EVENTS } from '#protocol';
import { io } from 'socket.io-client';
import { call, draftOf, TestRelay, TestSocket, TestUser, until } from '#testing';
import { v7 } from 'uuid';
import type { AsyncApiDocument } from '../../apps/relay/src/gateway/asyncapi/asyncapi-document.js';
import { RelayGateway } from '../../apps/relay/src/gateway/relay.gateway.js';
import { Delivery } from '../../apps/relay/src/delivery/index.js';
import { Database } from '../../apps/relay/src/platform/database/database.js';
import { Limiter } from '../../apps/relay/src/platform/limits/limiter.js';
import { MlsGroup } from '../e2e/mls-group.js';
import { type Answer, EventWitness } from './event-witness.js';

type Body = Record<string, unknown>;

let relay: TestRelay;
let document: AsyncApiDocument;
let witness: EventWitness;
let ada: TestUser;
let grace: TestUser;
/** Of the two. */
let conversationId: string;
const open: TestSocket[] = [];

beforeAll(async () => {
  relay = await TestRelay.start();
  document = (await call(relay, 'GET', '/asyncapi.json')).body;
  witness = new EventWitness(document);
  [ada, grace] = await Promise.all([TestUser.register(relay), TestUser.register(relay)]);
  conversationId = await ada.directWith(grace);
});
afterEach(() => {
  jest.restoreAllMocks();
  for (const socket of open.splice(0)) socket.close();
});
afterAll(() => relay.stop());

interface Handshake {
  readonly token: string;
  readonly protocol?: string;
}

/** Connects, and lets a witness see everything from the first event on. */
async function connect({ token, protocol }: Handshake, to = relay, seenBy = witness): Promise<TestSocket> {
  const socket = io(to.url, {
    transports: ['websocket'],
    auth: { token, protocol },
    reconnection: false,
    forceNew: true,
  });
  seenBy.watch((listener) => socket.onAny(listener));
  const client = TestSocket.around(socket);
  open.push(client);
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
  return client;
}

function ask(socket: TestSocket, event: string, body: unknown, seenBy = witness): Promise<Answer> {
  return seenBy.ask((...args) => socket.emit(...args), event, body);
}

async function expectRefused(socket: TestSocket, event: string, body: unknown, code: string): Promise<void> {
  expect([event, await ask(socket, event, body)]).toMatchObject([event, { ok: false, error: { code } }]);
}

async function expectHandshakeRefused(user: Handshake, code: string, to = relay): Promise<void> {
  const { data } = await connect(user, to).then(
    () => ({ data: { code: 'none' } }),
    (error: unknown) => error as { data: { code: string } },
  );
  expect(data.code).toBe(code);
  witness.refusedHandshake(data);
}

/** For each event a body that the relay takes, but for what it is about. */
function bodies(conversation = conversationId): Record<(typeof CLIENT_EVENTS)[number], Body> {
  return {
    'message:send': { conversationId: conversation, ...draftOf('sealed') },
    'receipt:update': { conversationId: conversation, read: 1 },
    sync: { revision: 0, cursors: {} },
    typing: { conversationId: conversation, active: true },
    'auth:renew': { token: ada.token },
  };
}

describe('what goes over sockets is what the document says', () => {
  it('of every event that a client sends, and of what the relay draws on for it', async () => {
    const socket = await connect(ada);
    const drawn = jest.spyOn(relay.part(Limiter), 'takeLocal');
    for (const [event, body] of Object.entries(bodies())) {
      drawn.mockClear();
      expect([event, await ask(socket, event, body)]).toMatchObject([event, { ok: true }]);
      const { 'x-limits': limits = [] } = Object.values(document.operations).find(
        ({ action, title }) => action === 'receive' && title === event,
      )!;
      expect([event, drawn.mock.calls.map(([id]) => id).sort()]).toEqual([event, limits.map(({ id }) => id).sort()]);
    }
    const repeat = { conversationId, ...draftOf('twice', { expiresIn: 60 }) };
    await ask(socket, 'message:send', repeat);
    expect(await ask(socket, 'message:send', repeat)).toMatchObject({ ok: true, duplicate: true });
  });

  it('of a sync that has changes, receipts, entries of every kind, and gaps to tell', async () => {
    const { body: group } = await ada.request('POST', '/conversations', { kind: 'group', members: [grace.username] });
    await ada.request('PUT', `/conversations/${group.id}/metadata`, { id: v7(), metadata: 'AAAA' });
    await ada.send(group.id, 'soon gone', { expiresIn: 1 });
    await ada.send(group.id, 'kept');
    await grace.request('PUT', `/conversations/${group.id}/receipts`, { read: 4 });
    relay.clock.advance(2_000);
    const synced = await ask(await connect(ada), 'sync', { revision: 0, cursors: { [conversationId]: 0 } });
    const told = JSON.stringify(synced);
    for (const kind of ['"members"', '"metadata"', '"message"', '"gap"', '"what"', '"read"'])
      expect(told).toContain(kind);
  });

  it('of every event that the relay pushes', async () => {
    const [second, peer] = [await connect(await ada.onNewDevice()), await connect(grace)];
    const socket = await connect(ada);
    await ask(socket, 'message:send', { conversationId, ...draftOf('short') });
    await ask(socket, 'message:send', { conversationId, ...draftOf('x'.repeat(40_000)) });
    await ada.request('POST', '/conversations', { kind: 'group', members: [grace.username], metadata: 'AAAA' });
    const entries = await peer.hear<{ kind: string; ciphertext?: string }>('entry', 4);
    expect(entries.map(({ kind, ciphertext }) => [kind, typeof ciphertext])).toEqual([
      ['message', 'string'],
      ['message', 'undefined'],
      ['members', 'undefined'],
      ['metadata', 'string'],
    ]);
    await ask(peer, 'receipt:update', { conversationId, delivered: 2, read: 1 });
    await socket.hear('receipt', 2);
    await socket.hear('account:changed');
    await ask(socket, 'typing', { conversationId, active: true });
    await peer.hear('typing');
    await MlsGroup.with(ada, grace);
    await peer.hear('welcome');
    relay.part(Delivery).resync();
    await peer.hear('resync');
    relay.part(Delivery).broadcast('announcements', {});
    await peer.hear('announcements');
    relay.part(Delivery).push('keyPackages:low', { suite: 83, available: 0 }, { devices: [ada.deviceId as never] });
    await socket.hear('keyPackages:low');
    const third = await grace.onNewDevice();
    const leaving = await connect(third);
    await third.request('POST', '/auth/logout');
    await leaving.hear('session:revoked');
    expect(second.payloads('ready')).toHaveLength(1);
  });

  it('of every refusal for what is asked', async () => {
    const [socket, peer] = [await connect(ada), await connect(grace)];
    for (const event of CLIENT_EVENTS) await expectRefused(socket, event, { colour: 'red' }, 'invalid_request');
    const { sync: _answered, 'auth:renew': _token, ...elsewhere } = bodies(v7());
    for (const [event, body] of Object.entries(elsewhere)) await expectRefused(socket, event, body, 'not_found');
    const mine = { conversationId, ...draftOf('mine') };
    await ask(socket, 'message:send', mine);
    await expectRefused(peer, 'message:send', mine, 'id_reused');
    const group = await MlsGroup.with(ada, grace);
    const sealed = { conversationId: group.id, ...group.message(grace, { generation: 1, epoch: 9 }) };
    await expectRefused(peer, 'message:send', sealed, 'stale_epoch');
    const second = await grace.onNewDevice();
    const outside = { conversationId: group.id, ...group.message(second) };
    await expectRefused(await connect(second), 'message:send', outside, 'forbidden');
    await grace.request('POST', `/conversations/${group.id}/leave`);
    const late = { conversationId: group.id, ...group.message(ada) };
    await expectRefused(socket, 'message:send', late, 'removal_pending');
    await expectRefused(socket, 'auth:renew', { token: 'none' }, 'invalid_token');
    await expectRefused(socket, 'auth:renew', { token: grace.token }, 'forbidden');
    await expectHandshakeRefused({ token: 'none' }, 'invalid_token');
    await expectHandshakeRefused({ token: ada.token, protocol: '2' }, 'unsupported_protocol');
  });

  it('of every refusal for too much', async () => {
    const environment = {
      LIMITS: 'events=1/3600,register=10/1,strangersAddress=100/1',
      QUOTAS: 'socketsPerAccount=1',
    };
    const strict = await TestRelay.start({ environment });
    try {
      const user = await TestUser.register(strict);
      const socket = await connect(user, strict);
      await ask(socket, 'sync', { revision: 0, cursors: {} });
      for (const [event, body] of Object.entries(bodies())) await expectRefused(socket, event, body, 'rate_limited');
      await expectHandshakeRefused(user, 'too_many_connections', strict);
      for (let n = 0; n < 100; n++) socket.socket.emit('sync', {}, () => undefined);
      await socket.closed();
      await expectHandshakeRefused(user, 'rate_limited', strict);
    } finally {
      await strict.stop();
    }
  });

  it('of every refusal for want of a database, and for a fault of the relay', async () => {
    const failing = await TestRelay.start();
    try {
      const user = await TestUser.register(failing);
      const socket = await connect(user, failing);
      const database = failing.part(Database);
      const all = Object.entries({ ...bodies(v7()), 'auth:renew': { token: user.token } });
      const everyRefusal = async (code: string): Promise<void> => {
        for (const [event, body] of all) {
          // What is known of sessions is forgotten within a second.
          failing.clock.advance(2_000);
          await expectRefused(socket, event, body, code);
        }
        await expectHandshakeRefused(user, code, failing);
      };
      const fault = new Error('a fault');
      for (const method of ['query', 'prepared', 'transaction', 'snapshot'] as const)
        jest.spyOn(database, method).mockRejectedValue(fault);
      jest.spyOn(database, 'manager', 'get').mockImplementation(() => {
        throw fault;
      });
      await everyRefusal('internal');
      jest.restoreAllMocks();
      await database.onApplicationShutdown();
      await everyRefusal('unavailable');
    } finally {
      await failing.stop();
    }
  });

  it('and nothing else was seen, and nothing of it was not', () => {
    expect(witness.mistakes).toEqual([]);
    expect(witness.unseen()).toEqual([]);
  });
});

describe('the witness notices', () => {
  let own: EventWitness;
  let socket: TestSocket;
  beforeEach(async () => {
    own = new EventWitness(document);
    socket = await connect(ada, relay, own);
  });
  const mistakes = (): Promise<string[]> =>
    until(() => (own.mistakes.length > 0 ? own.mistakes : undefined), 'it noticed');
  const mark = { accountId: v7(), kind: 'read', upTo: 1, at: '2026-11-22T09:30:00.000Z' };

  it.each([
    ['a field too many', { conversationId: v7(), ...mark, ip: '::1' }, 'must NOT have additional properties'],
    ['a field too few', mark, "must have required property 'conversationId'"],
    ['a value of another type', { conversationId: v7(), ...mark, upTo: '1' }, 'must be integer'],
    [
      'a value that is none of those allowed',
      { conversationId: v7(), ...mark, kind: 'seen' },
      'must be equal to one of',
    ],
  ])('a push with %s', async (_what, payload, mistake) => {
    relay.part(Delivery).push('receipt', payload as never, { accounts: [ada.accountId as never] });
    expect(await mistakes()).toEqual([expect.stringContaining(mistake)]);
  });

  it('a push of an event that the document does not have', async () => {
    relay.part(RelayGateway).push('gossip' as never, {}, { accounts: [ada.accountId as never] });
    expect(await mistakes()).toEqual(['gossip is not in the document']);
  });

  it('an acknowledgement that says more than is documented', async () => {
    const { typing: body } = bodies();
    await own.ask(async (...args) => ({ ...(await socket.emit(...args)), members: 2 }), 'typing', body);
    expect(await mistakes()).toEqual([expect.stringContaining('"additionalProperty":"members"')]);
  });

  it('a refusal with a code that the event does not have', async () => {
    const { typing: body } = bodies();
    await own.ask(async () => refusal('last_owner'), 'typing', body);
    expect(await mistakes()).toEqual([expect.stringContaining('typingRefused/error/code must be equal to one of')]);
  });

  it('what it did not see', async () => {
    await socket.hear('ready');
    const { sync } = bodies();
    await ask(socket, 'sync', sync, own);
    expect(own.mistakes).toEqual([]);
    const unseen = own.unseen();
    for (const name of ['sync', 'syncAccepted', 'pushReady']) expect(unseen).not.toContain(name);
    for (const name of ['typing', 'typingAccepted', 'pushTyping', 'syncRefused', 'syncRefused with rate_limited'])
      expect(unseen).toContain(name);
  });
});

function refusal(code: string): Answer {
  const error = { type: `urn:sealpost:problem:${code}`, title: 'No', status: 409, code };
  return { ok: false, error };
}

import { call, draftOf, people, type Reply, TestRelay, TestSocket, TestUser } from '#testing';
import { io } from 'socket.io-client';
import { v7 } from 'uuid';
import { filled } from '../operations.js';
import { eventBodies, outsiderScene, type OutsiderScene, requestBodies } from './outsider-scene.js';

const relay = TestRelay.duringTests();
let scene: OutsiderScene;
beforeAll(async () => {
  scene = await outsiderScene(relay);
});

/** A connection with whatever in its handshake. */
async function connected(options: { auth: object; query: Record<string, string> }): Promise<TestSocket> {
  const client = io(relay.url, { transports: ['websocket'], reconnection: false, forceNew: true, ...options });
  const wrapped = TestSocket.around(client);
  await new Promise<void>((resolve, reject) => {
    client.once('connect', resolve);
    client.once('connect_error', reject);
  });
  return wrapped;
}

/** All that tells one answer from another: bytes and headers, but those that differ between any two requests. */
function fingerprint({ status, headers, body }: Reply): string {
  const shown = [...headers].filter(([name]) => !['date', 'x-request-id', 'keep-alive'].includes(name)).sort();
  return JSON.stringify([status, shown, { ...body, requestId: '' }]);
}

describe('rooms', () => {
  it('are joined by nothing that a client sends: not by an event, nor by what stands in one, nor in the handshake', async () => {
    const { ada, grace, eve, conversationId } = scene;
    const spy = await eve.socket();
    const rooms = [ada.accountId, ada.deviceId, conversationId].flatMap((id) => [id, `account:${id}`, `device:${id}`]);
    const events = ['join', 'subscribe', 'room', 'enter', 'watch', 'listen', 'rooms', 'joinRoom', 'join:room', 'auth'];
    for (const event of events) {
      await spy.emit(event, rooms[0]);
      await spy.emit(event, { room: rooms[1], rooms, conversationId, accountId: ada.accountId });
      await spy.emit(event, ...rooms);
      spy.socket.emit(event, rooms);
    }
    for (const [event, body] of Object.entries(eventBodies(scene)))
      await spy.emit(event, { ...body, room: rooms[1], rooms });
    const bold = await connected({ auth: { token: eve.token, room: rooms[1], rooms }, query: { room: rooms[1]! } });
    const heidi = await TestUser.register(relay);
    const theirs = await eve.directWith(heidi);

    const listening = await grace.socket();
    await ada.send(conversationId, 'for grace only');
    await listening.emit('typing', { conversationId, active: true });
    await listening.emit('receipt:update', { conversationId, read: 2 });
    await listening.hear('entry');
    await heidi.send(theirs, 'for eve');

    // What came for eve came after all of it, and is all that came.
    const [own] = await spy.hear('entry', 1);
    await bold.hear('entry', 1);
    expect(own).toMatchObject({ conversationId: theirs, senderId: heidi.accountId });
    for (const socket of [spy, bold]) {
      expect(socket.payloads('entry').filter((entry) => entry.conversationId !== theirs)).toEqual([]);
      expect([...socket.payloads('typing'), ...socket.payloads('receipt')]).toEqual([]);
    }
    for (const socket of [spy, bold, listening]) socket.close();
  });

  it('of an account are left by whoever it removed: the next message is not heard', async () => {
    const [owner, member] = await people(relay, 2);
    const { body } = await owner.request('POST', '/conversations', { kind: 'group', members: [member.username] });
    const socket = await member.socket();
    await owner.request('DELETE', `/conversations/${body.id}/members`, { members: [member.username] });
    await owner.send(body.id, 'without you');
    const direct = await owner.directWith(member);
    await owner.send(direct, 'bye');
    await socket.hear('entry', 2);
    const heard = socket.payloads<{ conversationId: string; kind: string }>('entry');
    expect(heard.filter((entry) => entry.conversationId === body.id && entry.kind === 'message')).toEqual([]);
    socket.close();
  });
});

describe('a stranger', () => {
  it('gets the same answer for what is absent and what is not theirs, on every route of a conversation (C-05)', async () => {
    const { operations, grace, eve, conversationId, messageId } = scene;
    const routes = operations.filter(
      ({ path }) => /\{(id|conversationId)\}/.test(path) && path.includes('/conversations/'),
    );
    expect(routes.length).toBeGreaterThan(12);
    for (const { method, path, operationId } of routes) {
      const ask = (ids: Record<string, string>): Promise<Reply> =>
        eve.request(
          method,
          filled(path, { ...ids, username: grace.username }).slice(3),
          requestBodies(scene)[operationId],
        );
      const notTheirs = await ask({ id: conversationId, conversationId, messageId });
      const unknownMessage = await ask({ id: conversationId, conversationId, messageId: v7() });
      const absent = await ask({ id: v7(), conversationId: v7(), messageId: v7() });
      expect([operationId, notTheirs.status, notTheirs.body.code]).toEqual([operationId, 404, 'not_found']);
      expect(fingerprint(notTheirs)).toBe(fingerprint(absent));
      expect(fingerprint(unknownMessage)).toBe(fingerprint(absent));
    }
  });

  it('gets the same answer to every event about a conversation', async () => {
    const { eve } = scene;
    const socket = await eve.socket();
    for (const event of ['message:send', 'receipt:update', 'typing']) {
      const body = eventBodies(scene)[event]!;
      const notTheirs = await socket.emit(event, body);
      const absent = await socket.emit(event, { ...body, conversationId: v7() });
      expect(notTheirs).toEqual(absent);
      expect([event, notTheirs.error?.code]).toEqual([event, 'not_found']);
    }
    socket.close();
  });

  it('gets the same answer for a message that is absent and one of another conversation', async () => {
    const { grace, eve, messageId } = scene;
    const own = await eve.directWith(grace);
    for (const [method, suffix] of [
      ['GET', ''],
      ['POST', '/delivered'],
      ['POST', '/read'],
    ] as const) {
      const elsewhere = await eve.request(method, `/conversations/${own}/messages/${messageId}${suffix}`);
      const absent = await eve.request(method, `/conversations/${own}/messages/${v7()}${suffix}`);
      expect([elsewhere.status, fingerprint(elsewhere)]).toEqual([404, fingerprint(absent)]);
    }
  });

  it('gets the same answer for a device or session that is absent and one of somebody else', async () => {
    const { ada, eve } = scene;
    for (const [method, path, theirs] of [
      ['PATCH', '/devices', ada.deviceId],
      ['DELETE', '/devices', ada.deviceId],
      ['DELETE', '/auth/sessions', ada.signedIn.sessionId],
    ] as const) {
      const body = method === 'PATCH' ? { name: 'Mine' } : undefined;
      const notTheirs = await eve.request(method, `${path}/${theirs}`, body);
      const absent = await eve.request(method, `${path}/${v7()}`, body);
      expect([notTheirs.status, fingerprint(notTheirs)]).toEqual([404, fingerprint(absent)]);
    }
    expect((await ada.request('GET', '/auth/me')).status).toBe(200);
  });
});

describe('the ids of others', () => {
  it('in a path may be anything but what they are for: never a fault of the relay', async () => {
    const { operations, eve } = scene;
    const odd = ['%00', '..%2f..', "1'--", '[]', '{}', v7().toUpperCase(), `${v7()}%0a`, 'a'.repeat(129)];
    for (const { method, path, operationId } of operations.filter((one) => one.path.includes('{')))
      for (const value of odd) {
        const url = path.replaceAll(/\{\w+\}/g, value).slice(3);
        const { status } = await eve.request(method, url, requestBodies(scene)[operationId]);
        expect([method, url, status >= 400 && status < 500]).toEqual([method, url, true]);
      }
  });

  it('do not let me sign in, as them or as their device', async () => {
    const { ada, eve } = scene;
    const body = { username: eve.username, authKey: eve.authKey, deviceId: ada.deviceId };
    expect((await call(relay, 'POST', '/v1/auth/login', { body })).body.code).toBe('invalid_credentials');
  });

  it('in sync show nothing of theirs, and are not remembered', async () => {
    const { eve, conversationId } = scene;
    const { body } = await eve.request('POST', '/sync', { revision: 0, cursors: { [conversationId]: 0 } });
    const shown = (body.conversations as { conversationId: string }[]).map((one) => one.conversationId);
    expect(shown).not.toContain(conversationId);
    const rows = await relay.query('SELECT 1 FROM cursors WHERE device_id = $1 AND conversation_id = $2', [
      eve.deviceId,
      conversationId,
    ]);
    expect(rows).toEqual([]);
  });

  it('chosen for a group of mine give me nothing of theirs', async () => {
    const { ada, eve, conversationId } = scene;
    const before = await ada.request('GET', `/conversations/${conversationId}`);
    const { status, body } = await eve.request('POST', '/conversations', {
      kind: 'group',
      members: [],
      id: conversationId,
    });
    expect([status, body.code]).toEqual([409, 'id_reused']);
    expect((await ada.request('GET', `/conversations/${conversationId}`)).body).toEqual(before.body);
    expect((await eve.request('GET', `/conversations/${conversationId}`)).status).toBe(404);
  });

  it('chosen for a message of mine are refused in a conversation of both, and change nothing', async () => {
    const { ada, grace, conversationId } = scene;
    const theirs = draftOf('theirs');
    await ada.send(conversationId, 'theirs', theirs);
    const { status, body } = await grace.send(conversationId, 'mine', { id: theirs.id });
    expect([status, body.code]).toEqual([409, 'id_reused']);
    const { body: kept } = await grace.request('GET', `/conversations/${conversationId}/messages/${theirs.id}`);
    expect([kept.senderId, kept.ciphertext]).toEqual([ada.accountId, theirs.ciphertext]);
  });
});

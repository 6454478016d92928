import { generateKeyPairSync } from 'node:crypto';
import { call, draftOf, type Reply, TestRelay, TestSocket, TestUser } from '#testing';
import { io } from 'socket.io-client';
import { v7 } from 'uuid';
import { filled, type Operation, operationsOf } from '../operations.js';

let relay: TestRelay;
let operations: Operation[];
let ada: TestUser;
let grace: TestUser;
let eve: TestUser;
/** Of ada and grace. */
let conversationId: string;
let messageId: string;

beforeAll(async () => {
  relay = await TestRelay.start();
  operations = await operationsOf(relay);
  [ada, grace, eve] = await Promise.all([TestUser.register(relay), TestUser.register(relay), TestUser.register(relay)]);
  const group = await ada.request('POST', '/conversations', { kind: 'group', members: [grace.username] });
  conversationId = group.body.id;
  messageId = draftOf('sealed').id;
  await ada.send(conversationId, 'sealed', { id: messageId });
});
afterAll(() => relay.stop());

const newcomer = (): Promise<TestUser> => TestUser.register(relay);

/** A body for every operation that takes one, good enough to pass as a request. */
function bodies(): Record<string, Record<string, unknown>> {
  const { authKey } = eve;
  const device = { name: 'Laptop' };
  const kdf = { algorithm: 'pbkdf2-sha256', salt: 'A'.repeat(22), iterations: 600_000 };
  const draft = draftOf('sealed');
  const members = [grace.username];
  return {
    register: { username: `x${v7().slice(-12)}`, displayName: 'X', authKey, kdf, device, transport: 'body' },
    login: { username: eve.username, authKey, device, transport: 'body' },
    refresh: { refreshToken: authKey },
    changeMe: { displayName: 'Eve', privacy: 'everyone' },
    deleteMe: { authKey: 'A'.repeat(43) },
    changePassword: { authKey: 'A'.repeat(43), newAuthKey: authKey, newKdf: kdf, keepOtherSessions: true },
    addDevice: device,
    renameDevice: device,
    uploadIdentityKey: { algorithm: 'x25519', publicKey: authKey, version: 9 },
    decideContact: { state: 'accepted' },
    createConversation: { kind: 'group', members, id: v7(), metadata: 'AAAA' },
    addMembers: { id: v7(), members, role: 'member' },
    removeMembers: { id: v7(), members },
    changeRole: { role: 'member' },
    setMetadata: { id: v7(), metadata: 'AAAA' },
    sendDirectMessage: { ...draft, to: grace.username, expiresIn: 60 },
    sendMessage: { ...draft, expiresIn: 60 },
    updateReceipts: { delivered: 1, read: 1 },
    sync: { incarnation: v7(), revision: 0, cursors: { [v7()]: 0 } },
  };
}

describe('rooms', () => {
  it('are joined by nothing that a client sends: not by an event, nor by what stands in one, nor in the handshake', async () => {
    const spy = await eve.socket();
    const rooms = [ada.accountId, ada.deviceId, conversationId].flatMap((id) => [id, `account:${id}`, `device:${id}`]);
    const events = ['join', 'subscribe', 'room', 'enter', 'watch', 'listen', 'rooms', 'joinRoom', 'join:room', 'auth'];
    for (const event of events) {
      await spy.emit(event, rooms[0]);
      await spy.emit(event, { room: rooms[1], rooms, conversationId, accountId: ada.accountId });
      await spy.emit(event, ...rooms);
      spy.socket.emit(event, rooms);
    }
    for (const [event, body] of Object.entries(eventBodies()))
      await spy.emit(event, { ...body, room: rooms[1], rooms });
    const bold = await connected({ auth: { token: eve.token, room: rooms[1], rooms }, query: { room: rooms[1]! } });
    const heidi = await newcomer();
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
    const [owner, member] = [await newcomer(), await newcomer()];
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

/** A good body for each event, of somebody who is in no conversation. */
function eventBodies(): Record<string, Record<string, unknown>> {
  return {
    'message:send': { conversationId, ...draftOf('sealed') },
    'receipt:update': { conversationId, delivered: 1, read: 1 },
    sync: { revision: 0, cursors: {} },
    typing: { conversationId, active: true },
    'auth:renew': { token: eve.token },
  };
}

describe('a refresh token', () => {
  it('is no access token, over HTTP or on a socket', async () => {
    const { refreshToken } = eve.signedIn;
    expect(await call(relay, 'GET', '/v1/auth/me', { token: refreshToken })).toMatchObject({
      status: 401,
      body: { code: 'invalid_token' },
    });
    await expect(TestSocket.connect(relay.url, refreshToken)).rejects.toMatchObject({
      data: { code: 'invalid_token' },
    });
    const socket = await eve.socket();
    const { error } = await socket.emit('auth:renew', { token: refreshToken });
    expect(error?.code).toBe('invalid_token');
    socket.close();
  });

  it('is not what an access token can be used as, whole or in part', async () => {
    const [, , signature] = eve.token.split('.');
    const whole = await call(relay, 'POST', '/v1/auth/refresh', { body: { refreshToken: eve.token } });
    const part = await call(relay, 'POST', '/v1/auth/refresh', { body: { refreshToken: signature } });
    expect([whole.status, part.status, part.body.code]).toEqual([400, 401, 'invalid_refresh_token']);
  });

  it('renews no socket with the access token of somebody else', async () => {
    const socket = await eve.socket();
    const { ok, error } = await socket.emit('auth:renew', { token: ada.token });
    expect([ok, error?.code]).toEqual([false, 'forbidden']);
    socket.close();
  });
});

describe('a list', () => {
  it('refuses every limit that is not a number from 1 to 200', async () => {
    const lists = operations.filter(({ queries }) => queries.includes('limit'));
    expect(lists.length).toBeGreaterThan(6);
    const values = { conversationId, id: conversationId, username: ada.username };
    for (const { path } of lists) {
      const url = filled(path, values).replace('/v1', '');
      const answers = await Promise.all(
        ['1e9', '1000000000', '201', '0', '-1', '1.5', 'all', 'NaN', 'Infinity', '', '5&limit=5', '[5]'].map((limit) =>
          ada.request('GET', `${url}?limit=${limit}`),
        ),
      );
      expect([url, answers.map(({ status }) => status)]).toEqual([url, answers.map(() => 400)]);
      expect(answers.map(({ body }) => body.errors[0].path)).toEqual(answers.map(() => '/limit'));
      expect((await ada.request('GET', `${url}?limit=200`)).status).not.toBe(400);
    }
  });

  it('refuses a cursor that is none, and a query that it does not have', async () => {
    for (const { path } of operations.filter(({ queries }) => queries.includes('cursor'))) {
      const url = filled(path, { username: ada.username }).replace('/v1', '');
      for (const query of ['cursor=AAAA', 'cursor=%27--', 'cursor[]=AAAA', 'offset=0', 'limit[$gt]=1', '__proto__=1'])
        expect([url, query, (await ada.request('GET', `${url}?${query}`)).status]).toEqual([url, query, 400]);
    }
  });
});

describe('an uploaded key', () => {
  it('never overwrites the history', async () => {
    const owner = await newcomer();
    const history = async (): Promise<{ publicKey: string; version: number }[]> =>
      (await grace.request('GET', `/keys/${owner.username}/history`)).body.items;
    const put = (body: object): Promise<Reply> => owner.request('PUT', '/keys/me', { algorithm: 'ed25519', ...body });
    const [first, second] = [publicKey(), publicKey()];
    await put({ publicKey: first });
    const before = await history();
    const refused = await Promise.all([
      put({ publicKey: second }),
      put({ publicKey: second, version: 1 }),
      put({ publicKey: second, version: 1, signature: 'A'.repeat(86) }),
      put({ publicKey: second, version: 2, reset: true, authKey: owner.authKey }),
    ]);
    expect(refused.map(({ status }) => status >= 400)).toEqual([true, true, true, true]);
    expect(await history()).toEqual(before);

    expect((await put({ publicKey: second, version: 1, reset: true, authKey: owner.authKey })).status).toBe(200);
    await put({ publicKey: first, version: 2, reset: true, authKey: owner.authKey });
    const after = await history();
    expect(after.slice(0, 1)).toEqual(before);
    expect(after.map((key) => [key.version, key.publicKey])).toEqual([
      [1, first],
      [2, second],
      [3, first],
    ]);
  });

  it('is never taken back: no route does that', () => {
    expect(operations.filter(({ path, method }) => path.startsWith('/v1/keys') && method === 'DELETE')).toEqual([]);
  });
});

function publicKey(): string {
  const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  return x!;
}

/** All that tells one answer from another: bytes and headers, but those that differ between any two requests. */
function fingerprint({ status, headers, body }: Reply): string {
  const shown = [...headers].filter(([name]) => !['date', 'x-request-id', 'keep-alive'].includes(name)).sort();
  return JSON.stringify([status, shown, { ...body, requestId: '' }]);
}

describe('a stranger', () => {
  it('gets the same answer for what is absent and what is not theirs, on every route of a conversation (C-05)', async () => {
    const routes = operations.filter(
      ({ path }) => /\{(id|conversationId)\}/.test(path) && path.includes('/conversations/'),
    );
    expect(routes.length).toBeGreaterThan(12);
    for (const { method, path, operationId } of routes) {
      const ask = (ids: Record<string, string>): Promise<Reply> =>
        eve.request(method, filled(path, { ...ids, username: grace.username }).slice(3), bodies()[operationId]);
      const notTheirs = await ask({ id: conversationId, conversationId, messageId });
      const unknownMessage = await ask({ id: conversationId, conversationId, messageId: v7() });
      const absent = await ask({ id: v7(), conversationId: v7(), messageId: v7() });
      expect([operationId, notTheirs.status, notTheirs.body.code]).toEqual([operationId, 404, 'not_found']);
      expect(fingerprint(notTheirs)).toBe(fingerprint(absent));
      expect(fingerprint(unknownMessage)).toBe(fingerprint(absent));
    }
  });

  it('gets the same answer to every event about a conversation', async () => {
    const socket = await eve.socket();
    for (const event of ['message:send', 'receipt:update', 'typing']) {
      const body = eventBodies()[event]!;
      const notTheirs = await socket.emit(event, body);
      const absent = await socket.emit(event, { ...body, conversationId: v7() });
      expect(notTheirs).toEqual(absent);
      expect([event, notTheirs.error?.code]).toEqual([event, 'not_found']);
    }
    socket.close();
  });

  it('gets the same answer for a message that is absent and one of another conversation', async () => {
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

/** JSON that no `JSON.stringify` would write. */
const withPrototype = (body: object): string =>
  JSON.stringify(body).replace('{', '{"__proto__":{"admin":true},').replace(',}', '}');

/** What stands where a text should: each of these has fooled some relay. */
const DISGUISES = [['x'], { $ne: null }, { $gt: '' }, 7, true, null, '', '\u0000', 'x'.repeat(300_000)];

interface Asking {
  readonly name: string;
  readonly body: Record<string, unknown>;
  readonly ask: (body: unknown) => Promise<Reply>;
}

function askings(): Asking[] {
  const ids = { id: v7(), conversationId: v7(), messageId: v7(), username: grace.username };
  const examples = bodies();
  return operations
    .filter(({ hasBody }) => hasBody)
    .map(({ operationId, method, path, isAnonymous }) => ({
      name: operationId,
      body: examples[operationId]!,
      ask: (body) => call(relay, method, filled(path, ids), { body, ...(isAnonymous ? {} : { token: eve.token }) }),
    }));
}

describe('a body', () => {
  it('has an example here for every operation that takes one', () => {
    const taking = operations.filter(({ hasBody }) => hasBody).map(({ operationId }) => operationId);
    expect(Object.keys(bodies()).sort()).toEqual(taking.sort());
  });

  it('with a field that is not documented is refused, on every route (C-23)', async () => {
    for (const { name, body, ask } of askings()) {
      const odd = [
        { ...body, isAdmin: true },
        { ...body, accountId: ada.accountId },
        { ...body, constructor: { prototype: { admin: true } } },
        { ...body, toString: 'x' },
      ];
      const answers = [...(await Promise.all(odd.map(ask))), await ask(withPrototype(body))];
      expect([name, answers.map(({ status }) => status)]).toEqual([name, answers.map(() => 400)]);
    }
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  it.each([
    ['a list', '[]'],
    ['null', 'null'],
    ['a text', '"text"'],
    ['a number', '7'],
    ['nothing', ''],
    ['half an object', '{'],
    ['an object with a comma too many', '{"a":1,}'],
    ['40,000 open brackets', '['.repeat(40_000)],
    ['5,000 objects in each other', '{"a":'.repeat(5_000)],
  ])('that is no object but %s is refused on every route', async (_what, raw) => {
    for (const { name, ask } of askings()) {
      const { status } = await ask(raw);
      // Those whose fields are all optional take an empty one.
      const allowed = ['refresh', 'changeMe', 'updateReceipts'].includes(name) && ['', 'null'].includes(raw);
      expect([name, allowed || (status >= 400 && status < 500)]).toEqual([name, true]);
    }
  });

  it('with anything but a text where a text belongs is refused, on every route (C-23)', async () => {
    for (const { name, body, ask } of askings()) {
      const texts = Object.keys(body).filter((field) => typeof body[field] === 'string');
      for (const field of texts) {
        const answers = await Promise.all(DISGUISES.map((value) => ask({ ...body, [field]: value })));
        const statuses = answers.map(({ status }) => status);
        expect([name, field, statuses]).toEqual([name, field, [...DISGUISES.slice(1).map(() => 400), 413]]);
      }
    }
  });

  it('with a list where a list belongs is refused when what it lists is no name', async () => {
    const lists: unknown[] = [
      'grace',
      { 0: 'grace', length: 1 },
      [['grace']],
      [null],
      [{ $ne: 1 }],
      ['a b'],
      Array(101).fill('x'),
    ];
    for (const { name, body, ask } of askings().filter(({ body }) => 'members' in body)) {
      const answers = await Promise.all(lists.map((members) => ask({ ...body, members })));
      expect([name, answers.map(({ status }) => status)]).toEqual([name, lists.map(() => 400)]);
    }
  });

  it('of an event is refused likewise', async () => {
    for (const [event, body] of Object.entries(eventBodies())) {
      const socket = await eve.socket();
      const odd = [{ ...body, isAdmin: true }, { ...body, constructor: {} }, [body], null, 'text', 7, Buffer.from('x')];
      const disguised = Object.keys(body)
        .filter((field) => typeof body[field] === 'string')
        .flatMap((field) => DISGUISES.slice(0, -1).map((value) => ({ ...body, [field]: value })))
        // Any text may be a token; that one is refused as such.
        .filter((one) => !('token' in one && one.token === '\u0000'));
      for (const one of [...odd, ...disguised]) {
        const { ok, error } = await socket.emit(event, one);
        expect([event, one, ok, error?.code]).toEqual([event, one, false, 'invalid_request']);
      }
      expect((await socket.emit(event)).error?.code).toBe('invalid_request');
      expect((await socket.emit(event, body, body)).error?.code).toBe('invalid_request');
      socket.close();
    }
  });

  it('as it should be is not refused as malformed, so what was refused above was the malformation', async () => {
    // The salt of a registration has to be the one shown, which is refused in the same words.
    for (const { name, body, ask } of askings().filter((one) => !['register', 'uploadIdentityKey'].includes(one.name)))
      expect([name, (await ask(body)).status]).not.toEqual([name, 400]);
  });
});

describe('the ids of others', () => {
  it('in a path may be anything but what they are for: never a fault of the relay', async () => {
    const odd = ['%00', '..%2f..', "1'--", '[]', '{}', v7().toUpperCase(), `${v7()}%0a`, 'a'.repeat(129)];
    for (const { method, path, operationId } of operations.filter((one) => one.path.includes('{')))
      for (const value of odd) {
        const url = path.replaceAll(/\{\w+\}/g, value).slice(3);
        const { status } = await eve.request(method, url, bodies()[operationId]);
        expect([method, url, status >= 400 && status < 500]).toEqual([method, url, true]);
      }
  });

  it('do not let me sign in, as them or as their device', async () => {
    const body = { username: eve.username, authKey: eve.authKey, deviceId: ada.deviceId };
    expect((await call(relay, 'POST', '/v1/auth/login', { body })).body.code).toBe('invalid_credentials');
  });

  it('in sync show nothing of theirs, and are not remembered', async () => {
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
    const theirs = draftOf('theirs');
    await ada.send(conversationId, 'theirs', theirs);
    const { status, body } = await grace.send(conversationId, 'mine', { id: theirs.id });
    expect([status, body.code]).toEqual([409, 'id_reused']);
    const { body: kept } = await grace.request('GET', `/conversations/${conversationId}/messages/${theirs.id}`);
    expect([kept.senderId, kept.ciphertext]).toEqual([ada.accountId, theirs.ciphertext]);
  });
});

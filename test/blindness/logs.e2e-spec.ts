import { call, draftOf, TestRelay, TestSocket, TestUser } from '#testing';
import { v7 } from 'uuid';
import { Log } from '../../apps/relay/src/platform/logging/log.js';
import { filled, type Operation, operationsOf } from '../operations.js';

/** Where clients seem to come from, by the proxy that the relay trusts here. */
const ADDRESSES = ['203.0.113.77', '2001:db8::77'];
const DEVICE_NAME = 'Kestrel';
const DISPLAY_NAME = 'Peregrine';

const relay = TestRelay.duringTests({ environment: { LOG_LEVEL: 'debug', TRUST_PROXY: '127.0.0.1' } });
const { clock } = relay;
let operations: Operation[];
const people: TestUser[] = [];
/** What must not be logged, by what it is. */
const secrets = new Map<string, string>();

beforeAll(async () => {
  operations = await operationsOf(relay);
  for (const address of ADDRESSES) keep('address', address);
  keep('display name', DISPLAY_NAME);
  keep('device name', DEVICE_NAME);
  await liveThroughEverything();
});

/** Short words would be found by chance. */
function keep(what: string, value: unknown): void {
  if (typeof value === 'string' && value.length >= 6) secrets.set(value, what);
}

/** Keeps whatever an answer names that is an identifier, a name or a secret. */
function keepAll(value: unknown, field = ''): void {
  // The id of a request is made for the log.
  if (field === 'requestId') return;
  if (typeof value === 'string' && /id$|token|key|salt|cursor|username|subject|hash|sender/i.test(field))
    keep(field, value);
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value)) keepAll(inner, Array.isArray(value) ? field : name);
}

async function arrive(): Promise<TestUser> {
  const person = await TestUser.register(relay, { displayName: DISPLAY_NAME });
  keep('authKey', person.authKey);
  keepAll(person.signedIn);
  // An access token is not to be found in part either.
  for (const part of person.token.split('.').slice(1)) keep('part of a token', part);
  people.push(person);
  return person;
}

/** Any request, from an address that the proxy names; what comes back is kept. */
async function ask(method: string, path: string, options: { body?: unknown; token?: string } = {}): Promise<number> {
  const headers = { 'x-forwarded-for': ADDRESSES[path.length % ADDRESSES.length]! };
  const { status, body } = await call(relay, method, path, { ...options, headers });
  keepAll(body);
  return status;
}

async function liveThroughEverything(): Promise<void> {
  const [ada, grace] = [await arrive(), await arrive()];
  const conversationId = await ada.directWith(grace);
  const draft = draftOf('sealed');
  await ada.request('POST', `/conversations/${conversationId}/messages`, draft);
  keep('conversation', conversationId);
  keep('message', draft.id);
  await failToSignIn(ada);
  await useSockets(ada, grace, conversationId);
  await useEveryRoute(ada, { id: conversationId, conversationId, messageId: draft.id, username: grace.username });
  await breakThings(ada, conversationId);
  await injectLines(ada);
}

async function failToSignIn(ada: TestUser): Promise<void> {
  const device = { name: DEVICE_NAME };
  const stranger = { username: 'nobody-at-all', authKey: grab(43), device };
  keep('unknown username', stranger.username);
  keep('wrong authKey', stranger.authKey);
  for (const body of [stranger, { ...stranger, username: ada.username }, { ...stranger, username: 'Not A Name' }])
    await ask('POST', '/v1/auth/login', { body });
  const { body: kdf } = await call(relay, 'GET', `/v1/auth/kdf?username=${ada.username}`);
  const taken = { username: ada.username, authKey: stranger.authKey, kdf, device };
  expect(await ask('POST', '/v1/auth/register', { body: taken })).toBe(409);
  // A refresh token used again after the time in which a lost reply may be repeated.
  const { refreshToken } = (await arrive()).signedIn;
  expect(await ask('POST', '/v1/auth/refresh', { body: { refreshToken } })).toBe(200);
  clock.advance(60_000);
  expect(await ask('POST', '/v1/auth/refresh', { body: { refreshToken } })).toBe(401);
}

async function useSockets(ada: TestUser, grace: TestUser, conversationId: string): Promise<void> {
  const [mine, theirs] = [await ada.socket(), await grace.socket()];
  const draft = draftOf('sealed, too');
  keep('message', draft.id);
  await mine.emit('message:send', { conversationId, ...draft });
  await theirs.emit('receipt:update', { conversationId, delivered: 2, read: 2 });
  await theirs.emit('typing', { conversationId, active: true });
  await theirs.emit('sync', { revision: 0, cursors: { [conversationId]: 0 } });
  await theirs.emit('auth:renew', { token: ada.token });
  await theirs.emit('message:send', { conversationId: v7(), ...draft });
  await theirs.emit(`join ${ada.accountId}`, { room: `account:${ada.accountId}` });
  await expect(TestSocket.connect(relay.url, grace.signedIn.refreshToken)).rejects.toThrow();
  mine.close();
  theirs.close();
}

const DESTRUCTIVE = ['logout', 'deleteMe', 'revokeDevice', 'endSession', 'leaveConversation', 'changePassword'];

/** Each route as it may be and as it may not be used; what ends things, by somebody who has nothing. */
async function useEveryRoute(ada: TestUser, values: Record<string, string>): Promise<void> {
  const [grumpy] = [await arrive()];
  for (const { method, path, operationId, hasBody } of operations) {
    const { token } = DESTRUCTIVE.includes(operationId) ? grumpy : ada;
    const url = `${filled(path, values)}?limit=5&username=${ada.username}`;
    const body = hasBody ? { body: { ...draftOf('x'), name: DEVICE_NAME, username: ada.username } } : {};
    await ask(method, url, { token, ...body });
    await ask(method, filled(path, values), { token, ...body });
    await ask(method, filled(path, values), { token: `${token.slice(0, -3)}abc`, ...body });
    await ask(method, filled(path, values), body);
  }
  await ask('GET', `/v1/users/${ada.username}/nothing/of/this/kind`, { token: ada.token });
  await ask('POST', `/v1/conversations/${values.id!}`, { token: ada.token, body: '{"half":' });
}

/** What the database says of a failure names the values, as in "Key (name)=(Kestrel) already exists". */
async function breakThings(ada: TestUser, conversationId: string): Promise<void> {
  await relay.query('CREATE UNIQUE INDEX careless ON devices (name) WHERE revoked_at IS NULL AND name = $$Kestrel$$');
  for (const expected of [201, 500])
    expect(await ask('POST', '/v1/devices', { token: ada.token, body: { name: DEVICE_NAME } })).toBe(expected);
  await relay.query('DROP INDEX careless');
  const socket = await ada.socket();
  for (const table of ['contacts', 'receipts', 'entries', 'members', 'sessions']) {
    await relay.query(`ALTER TABLE ${table} RENAME TO broken`);
    for (const { path } of operations.filter(({ method, isAnonymous }) => method === 'GET' && !isAnonymous))
      await ask('GET', filled(path, { conversationId, id: conversationId }), { token: ada.token });
    await ada.send(conversationId);
    await socket.emit('sync', { revision: 0, cursors: { [conversationId]: 0 } });
    await socket.emit('receipt:update', { conversationId, read: 1 });
    await TestSocket.connect(relay.url, ada.token).catch(() => undefined);
    // Sessions are remembered for a second.
    clock.advance(2_000);
    await TestSocket.connect(relay.url, ada.token).catch(() => undefined);
    await relay.query(`ALTER TABLE broken RENAME TO ${table}`);
  }
  socket.close();
}

const INJECTED = '\r\n{"level":60,"msg":"injected"}\u001b[2J\u2028';

async function injectLines(ada: TestUser): Promise<void> {
  const path = encodeURIComponent(INJECTED);
  await ask('GET', `/v1/users/${path}`, { token: ada.token });
  await ask('GET', `/v1/${path}`, { token: ada.token });
  await ask('POST', '/v1/auth/login', { body: { username: INJECTED, [INJECTED]: INJECTED } });
  const socket = await ada.socket();
  await socket.emit(`sync${INJECTED}`, { [INJECTED]: INJECTED });
  socket.close();
  relay.part(Log).warn(`control${INJECTED}`, { reason: INJECTED, event: INJECTED }, new Error(INJECTED));
}

function grab(length: number): string {
  return (
    v7()
      .replaceAll('-', '')
      .repeat(2)
      .slice(0, length - 1) + 'A'
  );
}

function logged(value: string): string[] {
  return relay.logLines.filter((line) => line.includes(value));
}

const FIELDS = [
  'level',
  'time',
  'msg',
  'requestId',
  'method',
  'route',
  'event',
  'status',
  'code',
  'durationMs',
  'count',
];
const MORE_FIELDS = ['attempt', 'port', 'reason', 'signal', 'limit', 'migration', 'error', 'errorCode', 'at'];

describe('the log', () => {
  it('tells of everything that happened: every route, and every kind of failure', () => {
    const lines = relay.logLines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const routes = new Set(lines.map(({ route }) => route));
    const expected = operations.map(({ path }) => path.replace(/\{(\w+)\}/g, ':$1'));
    expect(expected.filter((route) => !routes.has(route))).toEqual([]);
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ msg: 'request failed', errorCode: '23505', route: '/v1/devices' }),
        expect.objectContaining({ msg: 'request failed', errorCode: '42P01', route: '/v1/contacts' }),
        expect.objectContaining({ msg: 'event failed', errorCode: '42P01', event: 'sync' }),
        expect.objectContaining({ msg: 'handshake failed', errorCode: '42P01' }),
        expect.objectContaining({ msg: 'refresh token used twice, session ended' }),
      ]),
    );
  });

  it('names no person, device, session, conversation or message, no token and no address', () => {
    expect(secrets.size).toBeGreaterThan(40);
    const leaks = [...secrets].flatMap(([value, what]) => logged(value).map((line) => `${what} in ${line}`));
    expect(leaks).toEqual([]);
  });

  it('would be caught naming one', () => {
    relay.part(Log).info(`careless: ${people[0]!.username}`);
    expect(logged(people[0]!.username)).toHaveLength(1);
    relay.logLines.pop();
  });

  it('names no address of anybody, nor any other id than those of requests', () => {
    const told = relay.logLines.map((line) => {
      const { requestId: _id, time: _time, ...rest } = JSON.parse(line) as Record<string, unknown>;
      return JSON.stringify(rest);
    });
    expect(told.filter((line) => /\b\d{1,3}(\.\d{1,3}){3}\b/.test(line))).toEqual([]);
    expect(told.filter((line) => /[0-9a-f]{8}-[0-9a-f]{4}-/.test(line))).toEqual([]);
  });

  it('has only the fields that were thought about', () => {
    const names = new Set(relay.logLines.flatMap((line) => Object.keys(JSON.parse(line) as object)));
    expect([...names].filter((name) => ![...FIELDS, ...MORE_FIELDS].includes(name))).toEqual([]);
  });

  it('is one line of JSON per event, whatever clients put into it (C-73)', () => {
    const controls = relay.logLines.filter((line) => line.includes('control'));
    expect(controls.filter((line) => line.includes('injected'))).toHaveLength(1);
    for (const line of relay.logLines) {
      expect(line.endsWith('\n')).toBe(true);
      // eslint-disable-next-line no-control-regex -- those are what is looked for
      expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), msg: expect.any(String) });
    }
  });

  it('says nothing of an error but its name, its code and where it arose', () => {
    const faults = relay.logLines.filter((line) => line.includes('"error":'));
    expect(faults.length).toBeGreaterThan(5);
    expect(faults.filter((line) => /already exists|does not exist|relation|duplicate key/.test(line))).toEqual([]);
    expect(faults.filter((line) => /node_modules\/|\/apps\/|\/work\//.test(line))).toEqual([]);
  });
});

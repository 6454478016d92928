import { randomBytes } from 'node:crypto';
import { call, TestRelay, TestSocket, TestUser, until } from '#testing';
import { io } from 'socket.io-client';
import { v7 } from 'uuid';
import { Log } from '../../apps/relay/src/platform/logging/log.js';
import { eventBodies, outsiderScene, type OutsiderScene, requestBodies } from '../e2e/outsider-scene.js';
import { filled } from '../operations.js';
import { utter } from './fuzz/raw-http.js';
import { textsIn } from './texts-in.js';

/** Looks like the end of a line and the begin of another, like commands to a terminal, and like ends of lines to some readers. */
const INJECTED = '\r\n{"level":60,"msg":"injected"}\n\u001b[2J\u001b]0;x\u0007\u009b31m\u0085\u2028\u2029\u0000\u007f';

const relay = TestRelay.duringTests();
let scene: OutsiderScene;
beforeAll(async () => {
  scene = await outsiderScene(relay);
});

/** What of the log is not one line of JSON, free of characters that command. */
function broken(lines: readonly string[]): string[] {
  return lines.filter((line) => {
    // eslint-disable-next-line no-control-regex -- those are what is looked for
    const isPlain = line.endsWith('\n') && !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(line.slice(0, -1));
    return !isPlain || typeof (JSON.parse(line) as { msg?: unknown }).msg !== 'string';
  });
}

/** Headers as no client library would write them. */
function rawRequests(): Buffer[] {
  const encoded = encodeURIComponent(INJECTED);
  const heads = [
    ...[
      'user-agent',
      'x-request-id',
      'x-forwarded-for',
      'origin',
      'authorization',
      'cookie',
      'content-type',
      'referer',
      'host',
    ].flatMap((name) => [
      `GET /v1/auth/me HTTP/1.1\r\nhost: a\r\n${name}: ${INJECTED}`,
      `GET /v1/auth/me HTTP/1.1\r\nhost: a\r\n${name}: a\u009b31m\u0085`,
    ]),
    `GET /v1/${INJECTED} HTTP/1.1\r\nhost: a`,
    `GET /v1/${encoded}?${encoded}=${encoded} HTTP/1.1\r\nhost: a`,
    `${INJECTED} / HTTP/1.1\r\nhost: a`,
    `GET /socket.io/?EIO=4&transport=${encoded} HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\nuser-agent: \u009b31m`,
  ];
  return heads.map((head) => Buffer.from(`${head}\r\n\r\n`));
}

async function injectOverHttp(): Promise<number> {
  const { operations, eve } = scene;
  const bodies = requestBodies(scene);
  const text = encodeURIComponent(INJECTED);
  let sent = 0;
  for (const { operationId, method, path, hasBody, isAnonymous, queries } of operations) {
    const token = isAnonymous || operationId === 'logout' ? {} : { token: eve.token };
    const targets = [
      filled(path, {}, text),
      ...[...queries, text].map((name) => `${filled(path, {}, v7())}?${name}=${text}`),
    ];
    for (const target of targets) await call(relay, method, target, token);
    const asked = hasBody ? textsIn(bodies[operationId]!).map(({ put }) => put(INJECTED)) : [];
    for (const body of asked) await call(relay, method, filled(path, {}, v7()), { ...token, body });
    sent += targets.length + asked.length;
  }
  return sent;
}

async function injectOverSockets(): Promise<void> {
  const { eve } = scene;
  const socket = await eve.socket();
  for (const [event, body] of Object.entries(eventBodies(scene)))
    for (const { put } of textsIn(body)) await socket.emit(event, put(INJECTED));
  await socket.emit(INJECTED, { [INJECTED]: INJECTED });
  socket.close();
  const refused = io(relay.url, {
    transports: ['websocket'],
    auth: { token: INJECTED, [INJECTED]: INJECTED },
    query: { [INJECTED]: INJECTED },
    reconnection: false,
    forceNew: true,
  });
  await new Promise((resolve) => refused.once('connect_error', resolve));
  refused.close();
}

describe('what clients put into the log (C-73)', () => {
  it('is nothing, in any field of any request or event: all lines stay single lines of JSON', async () => {
    const before = relay.logLines.length;
    expect(await injectOverHttp()).toBeGreaterThan(150);
    for (const bytes of rawRequests()) expect(await utter(relay.url, bytes)).not.toContain('injected');
    await injectOverSockets();
    relay.part(Log).tellRefusals();
    const lines = relay.logLines.slice(before);
    expect(lines.length).toBeGreaterThan(150);
    expect(broken(lines)).toEqual([]);
    expect(lines.filter((line) => line.includes('injected') || line.includes('31m'))).toEqual([]);
  });

  it('would be escaped if it came there, in every field and in messages', () => {
    const before = relay.logLines.length;
    const fields = ['requestId', 'method', 'route', 'event', 'code', 'reason', 'signal', 'limit', 'migration'];
    const log = relay.part(Log);
    log.warn(`careless${INJECTED}`, Object.fromEntries(fields.map((name) => [name, INJECTED])), new Error(INJECTED));
    log.log(INJECTED);
    const lines = relay.logLines.slice(before);
    expect([lines.length, broken(lines)]).toEqual([2, []]);
    expect(JSON.parse(lines[0]!)).toMatchObject({ msg: `careless${INJECTED}`, reason: INJECTED, route: INJECTED });
  });

  it('would be noticed if it broke a line', () => {
    expect(
      broken(['{"msg":"a\u009b31m"}\n', '{"msg":"a"}', '{"msg":"a\nb"}\n', '{"msg":7}\n', '{"msg":"a"}\n']),
    ).toHaveLength(4);
  });
});

/** Messages of the log since a moment, each with what is said beside it. */
function told(before: number): Record<string, unknown>[] {
  const lines = relay.logLines.slice(before).map((line) => JSON.parse(line) as Record<string, unknown>);
  return lines
    .filter(({ level }) => Number(level) >= 30)
    .map(({ msg, reason, code, count }) => ({
      msg,
      ...(reason === undefined ? {} : { reason }),
      ...(code === undefined ? {} : { code }),
      ...(count === undefined ? {} : { count }),
    }));
}

describe('what happens to accounts and sessions is logged (C-73)', () => {
  let person: TestUser;
  let other: TestUser;
  beforeAll(async () => {
    person = await TestUser.register(relay);
    other = await person.onNewDevice();
  });

  const wrong = (): string => randomBytes(32).toString('base64url');
  const newSecret = async (user: TestUser, authKey: string): Promise<number> => {
    const { body: kdf } = await call(relay, 'GET', `/v1/auth/kdf?username=${user.username}`);
    const body = { authKey, newAuthKey: user.authKey, newKdf: kdf };
    return (await user.request('POST', '/auth/password', body)).status;
  };
  const signIn = (authKey: string): Promise<unknown> =>
    call(relay, 'POST', '/v1/auth/login', { body: { username: person.username, authKey, device: { name: 'x' } } });

  const HAPPENINGS: readonly [string, () => Promise<unknown>, object[]][] = [
    ['a registration', () => TestUser.register(relay), [{ msg: 'account registered' }]],
    ['a sign-in', () => signIn(person.authKey), [{ msg: 'signed in' }]],
    ['a sign-in that fails', () => signIn(wrong()), [{ msg: 'wrong username or secret' }]],
    ['a secret that is not confirmed', () => newSecret(person, wrong()), [{ msg: 'wrong username or secret' }]],
    [
      'the end of another session',
      () => person.request('DELETE', `/auth/sessions/${other.signedIn.sessionId}`),
      [{ msg: 'sessions ended', reason: 'revoked', count: 1 }],
    ],
    [
      'the end of a device',
      async () => person.request('DELETE', `/devices/${(await person.onNewDevice()).deviceId}`),
      [{ msg: 'signed in' }, { msg: 'sessions ended', reason: 'device_revoked', count: 1 }],
    ],
    [
      'another secret',
      async () => newSecret(person, person.authKey),
      [{ msg: 'secret changed' }, { msg: 'sessions ended', reason: 'password_changed', count: expect.any(Number) }],
    ],
    [
      'signing out',
      async () => (await person.onNewDevice()).request('POST', '/auth/logout'),
      [{ msg: 'signed in' }, { msg: 'sessions ended', reason: 'signed_out', count: 1 }],
    ],
    [
      'the end of an account',
      () => person.request('DELETE', '/auth/me', { authKey: person.authKey }),
      [{ msg: 'account deleted' }, { msg: 'sessions ended', reason: 'account_deleted', count: expect.any(Number) }],
    ],
  ];

  it.each(HAPPENINGS)('%s', async (_what, happen, expected) => {
    const before = relay.logLines.length;
    await happen();
    // Those are told once a minute, whenever that is.
    expect(told(before).filter(({ msg }) => msg !== 'refused')).toEqual(expected);
  });

  it('with no name, secret, token or id in it', () => {
    const { signedIn, authKey, username, accountId, deviceId, token } = person;
    const secrets = [
      authKey,
      username,
      accountId,
      deviceId,
      signedIn.sessionId,
      signedIn.refreshToken,
      ...token.split('.').slice(1),
    ];
    expect(relay.logLines.filter((line) => secrets.some((secret) => line.includes(secret)))).toEqual([]);
  });
});

describe('what is refused is counted in the log (C-73)', () => {
  it('by its code, in one line however many there are', async () => {
    const log = relay.part(Log);
    log.tellRefusals();
    const before = relay.logLines.length;
    const [user, socket] = [await TestUser.register(relay), await scene.eve.socket()];
    for (let count = 0; count < 3; count++) await call(relay, 'GET', '/v1/auth/me', { token: 'none' });
    await user.request('PUT', `/conversations/${scene.conversationId}/metadata`, { id: v7(), metadata: 'AAAA' });
    await socket.emit('typing', { conversationId: v7(), active: true });
    await expect(TestSocket.connect(relay.url, 'none')).rejects.toThrow('invalid_token');
    await socket.emit('no such event');
    socket.close();
    log.tellRefusals();
    await until(() => told(before).some(({ msg }) => msg === 'refused'), 'they are told');
    expect(told(before).filter(({ msg }) => msg === 'refused')).toEqual([
      { msg: 'refused', code: 'invalid_token', count: 4 },
      { msg: 'refused', code: 'not_found', count: 2 },
      { msg: 'refused', code: 'invalid_request', count: 1 },
    ]);
  });
});

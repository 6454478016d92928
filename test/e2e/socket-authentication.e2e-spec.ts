import { PROTOCOL_VERSION } from '#protocol';
import { io } from 'socket.io-client';
import { closeAfterEach, connectUntilTestEnds, TestRelay, type TestSocket, TestUser, until } from '#testing';
import { ConnectionWatch } from '../../apps/relay/src/gateway/connection-watch.js';
import { SessionsStore } from '../../apps/relay/src/sessions/sessions.store.js';
import { RawSocket } from './raw-socket.js';
import { refresh } from './renewal.js';
import { SessionGate } from './session-gate.js';

const ALLOWED = 'https://app.example.org';
const relay = TestRelay.duringTests({ environment: { CORS_ORIGINS: ALLOWED } });
const { clock } = relay;
const connect = connectUntilTestEnds();
const closeLater = closeAfterEach();
afterEach(() => jest.restoreAllMocks());

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
    const socket = closeLater(
      io(relay.url, { transports: ['websocket'], auth: auth(user), reconnection: false, forceNew: true }),
    );
    await expect(
      new Promise((resolve, reject) => socket.on('connect', () => resolve('connected')).on('connect_error', reject)),
    ).rejects.toMatchObject(invalid);
  });

  test('takes no token from the URL or a header (C-18, C-42)', async () => {
    const { token } = await TestUser.register(relay);
    const socket = closeLater(
      io(relay.url, {
        transports: ['websocket'],
        query: { token },
        extraHeaders: { authorization: `Bearer ${token}` },
        reconnection: false,
        forceNew: true,
      }),
    );
    await expect(
      new Promise((resolve, reject) => socket.on('connect', () => resolve('connected')).on('connect_error', reject)),
    ).rejects.toMatchObject(invalid);
  });

  test('refuses pages of other sites, whatever they bring, and lets in the allowed one and clients that are no page (C-41)', async () => {
    await expect(RawSocket.open(relay.url, { origin: 'https://evil.example' })).rejects.toThrow('HTTP 400');
    await expect(RawSocket.open(relay.url, { origin: 'null' })).rejects.toThrow('HTTP 400');
    for (const headers of [{ origin: ALLOWED }, {}]) (await RawSocket.open(relay.url, headers)).end();
  });

  test('takes no cookie for a token, with an origin or without one (C-41)', async () => {
    const { signedIn } = await TestUser.register(relay);
    for (const headers of [{}, { origin: ALLOWED }]) {
      const cookie = `__Host-sealpost-refresh=${signedIn.refreshToken}; token=${signedIn.accessToken}`;
      const raw = await RawSocket.open(relay.url, { ...headers, cookie });
      raw.send('40{}');
      expect(await raw.heard('44')).toContain('invalid_token');
      raw.end();
    }
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

describe('the access token of a socket', () => {
  const LIFE_MS = 600_000;
  const look = () => relay.part(ConnectionWatch).look();

  const refreshed = async ({ signedIn }: TestUser): Promise<string> =>
    (await refresh(relay, signedIn.refreshToken)).body.accessToken;

  test('ends it 30 seconds after it expired (C-43)', async () => {
    const socket = await connect(await TestUser.register(relay));
    clock.advance(LIFE_MS + 28_000);
    look();
    expect(await socket.emit('sync', { revision: 0, cursors: {} })).toMatchObject({ ok: true });
    clock.advance(4_000);
    look();
    expect(await socket.closed()).toBe('io server disconnect');
  });

  test('can be renewed with a fresh one of the same session (C-43)', async () => {
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

  test('cannot be renewed with a bad one, a refresh token, or one of another session (C-43)', async () => {
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
    const gate = new SessionGate(relay);
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

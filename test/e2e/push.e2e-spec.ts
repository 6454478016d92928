import { WAKE_UP } from '#protocol';
import { connectUntilTestEnds, draftOf, people, TestRelay, TestUser, until } from '#testing';
import { PushStore } from '../../apps/relay/src/push/push.store.js';
import { PushSweepService } from '../../apps/relay/src/push/push-sweep.service.js';
import { WakeUps } from '../../apps/relay/src/push/wake-ups.service.js';
import { accept, reserved } from './conversing.js';
import { STRONG } from './recovering.js';
import { groupOf } from './sending.js';
import { secret } from './signing-in.js';
import { WebPushService } from './web-push-service.js';

const service = WebPushService.duringTests();
let relay: TestRelay;
beforeAll(async () => {
  const environment = { PUSH_ALLOWED_ORIGINS: service.origin, PUSH_CONTACT: 'mailto:post@example.org' };
  relay = await TestRelay.start({ environment });
});
afterAll(() => relay.stop());
afterEach(() => expect(service.faults).toEqual([]));
const connect = connectUntilTestEnds();

const APART_MS = 21_000;

/** Two people in a conversation; the second is woken. */
async function scene() {
  const [ada, bob] = await people(relay, 2);
  const conversationId = await ada.directWith(bob);
  return { ada, bob, conversationId, subscription: await service.wake(bob) };
}

/** Everything that has come until now is done with once this has woken somebody. */
async function sentinel(): Promise<void> {
  const { ada, conversationId, subscription } = await scene();
  await ada.send(conversationId);
  await service.takes(subscription);
  await relay.part(WakeUps).settled();
}

const rows = async ({ deviceId }: TestUser) =>
  relay.query('SELECT * FROM push_registrations WHERE device_id = $1', [deviceId]);

async function endSession(bob: TestUser): Promise<void> {
  await (await bob.onNewDevice()).request('DELETE', `/auth/sessions/${bob.signedIn.sessionId}`);
}

async function revoke(bob: TestUser): Promise<void> {
  await (await bob.onNewDevice()).request('DELETE', `/devices/${bob.deviceId}`);
}

async function changeSecret(bob: TestUser): Promise<void> {
  const change = { authKey: bob.authKey, newAuthKey: secret(), newKdf: STRONG };
  await (await bob.onNewDevice()).request('POST', '/auth/password', change);
}

describe('a device that is not connected', () => {
  it('is woken by a message, with the same bytes whatever it says, where, and by whom (C-38)', async () => {
    const { ada, bob, conversationId, subscription } = await scene();
    const [eve] = await people(relay, 1);
    const group = await groupOf(eve, [bob, ada]);
    const long = 'x'.repeat(60_000);
    const sends = [
      () => ada.send(conversationId, 'a'),
      () => ada.send(conversationId, long),
      () => eve.send(group, 'b', { expiresIn: 60 }),
      () => ada.send(group, long),
      async () => (await connect(ada)).emit('message:send', { conversationId, ...draftOf('c') }),
    ];
    for (const [index, send] of sends.entries()) {
      await send();
      await service.takes(subscription, index + 1);
      await relay.part(WakeUps).settled();
      relay.clock.advance(APART_MS);
    }
    const taken = service.takenFor(subscription);
    expect(new Set(taken.map(({ plaintext }) => plaintext))).toEqual(new Set([WAKE_UP]));
    expect(new Set(taken.map(({ body }) => body.length)).size).toBe(1);
    const constant = ['ttl', 'urgency', 'topic', 'content-type', 'content-encoding', 'content-length', 'authorization'];
    for (const name of constant) expect(new Set(taken.map(({ headers }) => headers[name])).size).toBe(1);
    expect(Object.keys(taken[0]!.headers).sort()).toEqual([...constant, 'connection', 'host'].sort());
    // Encrypted anew each time.
    expect(new Set(taken.map(({ body }) => body.toString('hex'))).size).toBe(taken.length);
  });

  it('is woken once for many messages, and again when more come later', async () => {
    const { ada, conversationId, subscription } = await scene();
    for (let message = 0; message < 5; message++) await ada.send(conversationId);
    await service.takes(subscription);
    for (let message = 0; message < 5; message++) await ada.send(conversationId);
    await sentinel();
    expect(service.takenFor(subscription)).toHaveLength(1);
    // What came meanwhile is not forgotten.
    relay.clock.advance(APART_MS);
    await service.takes(subscription, 2);
    relay.clock.advance(APART_MS);
    await sentinel();
    expect(service.takenFor(subscription)).toHaveLength(2);
  });

  it('is woken for what it was sent when its socket fell silent', async () => {
    const { ada, bob, conversationId, subscription } = await scene();
    const socket = await connect(bob);
    await ada.send(conversationId);
    await socket.hear('entry');
    await sentinel();
    expect(service.takenFor(subscription)).toEqual([]);
    // As a network does that goes away: nobody says goodbye.
    (
      socket.socket.io.engine.transport as unknown as { ws: { _socket: { resetAndDestroy(): void } } }
    ).ws._socket.resetAndDestroy();
    await service.takes(subscription);
  });
});

describe('nobody is woken', () => {
  it('who is connected, or has written the message', async () => {
    const { ada, bob, conversationId, subscription } = await scene();
    const other = await bob.onNewDevice();
    const otherSubscription = await service.wake(other);
    await connect(other);
    await bob.send(conversationId);
    await ada.send(conversationId);
    await service.takes(subscription);
    await sentinel();
    expect(service.takenFor(subscription)).toHaveLength(1);
    expect(service.takenFor(otherSubscription)).toEqual([]);
  });

  it('by a stranger who has not been let in (C-33)', async () => {
    const ada = await TestUser.register(relay);
    const bob = await reserved(relay);
    const subscription = await service.wake(bob);
    const conversationId = await ada.directWith(bob);
    await ada.send(conversationId);
    await sentinel();
    expect(service.takenFor(subscription)).toEqual([]);
    await accept(bob, conversationId);
    await ada.send(conversationId);
    await service.takes(subscription);
  });

  it('who is muted, until that is over', async () => {
    const { ada, bob, conversationId, subscription } = await scene();
    const { body: forGood } = await bob.request('PUT', '/push/mute', {});
    expect(forGood).toMatchObject({ kind: 'webpush', muted: true, mutedUntil: null });
    await ada.send(conversationId);
    await sentinel();
    const until = new Date(relay.clock.millis() + 60_000).toISOString();
    expect((await bob.request('PUT', '/push/mute', { until })).body).toMatchObject({ muted: true, mutedUntil: until });
    // Registered again, it stays muted.
    const { target } = subscription;
    expect((await bob.request('PUT', '/push', { target })).body).toMatchObject({ muted: true, mutedUntil: until });
    await ada.send(conversationId);
    await sentinel();
    expect(service.takenFor(subscription)).toEqual([]);
    relay.clock.advance(61_000);
    expect((await bob.request('GET', '/push')).body).toMatchObject({ muted: false, mutedUntil: null });
    await ada.send(conversationId);
    await service.takes(subscription);
  });

  it('who has muted, and unmuted again', async () => {
    const { ada, bob, conversationId, subscription } = await scene();
    await bob.request('PUT', '/push/mute', {});
    expect((await bob.request('DELETE', '/push/mute')).body).toMatchObject({ muted: false });
    await ada.send(conversationId);
    await service.takes(subscription);
  });
});

describe('where a device is woken is forgotten', () => {
  const ways: [string, (bob: TestUser) => Promise<unknown>][] = [
    ['when it says so', (bob) => bob.request('DELETE', '/push')],
    ['when it signs out', (bob) => bob.request('POST', '/auth/logout')],
    ['with its session', endSession],
    ['when it is revoked', revoke],
    ['when the secret changes', changeSecret],
    ['with the account', (bob) => bob.request('DELETE', '/auth/me', { authKey: bob.authKey })],
  ];
  it.each(ways)('%s', async (_when, end) => {
    const { ada, bob, conversationId, subscription } = await scene();
    expect(await rows(bob)).toHaveLength(1);
    await end(bob);
    expect(await rows(bob)).toEqual([]);
    await ada.send(conversationId);
    await sentinel();
    expect(service.takenFor(subscription)).toEqual([]);
  });

  it('when its session has ended by itself', async () => {
    const { ada, bob, conversationId, subscription } = await scene();
    await relay.query(`UPDATE sessions SET last_used_at = last_used_at - interval '15 days' WHERE device_id = $1`, [
      bob.deviceId,
    ]);
    await ada.send(conversationId);
    await sentinel();
    expect(service.takenFor(subscription)).toEqual([]);
    await relay.part(PushSweepService).sweep();
    expect(await rows(bob)).toEqual([]);
    expect(await rows(ada)).toEqual([]);
  });

  it.each([404, 410])('when the push service answers %i', async (status) => {
    const { ada, bob, conversationId, subscription } = await scene();
    service.refusals.set(subscription.id, [{ status }]);
    await ada.send(conversationId);
    await until(async () => (await rows(bob)).length === 0, 'it is forgotten');
    expect((await bob.request('GET', '/push')).status).toBe(404);
  });

  it('but not when it has been replaced meanwhile', async () => {
    const { bob, subscription } = await scene();
    const store = relay.part(PushStore);
    const [old] = await store.targetsOf([bob.deviceId as never], relay.clock.now());
    await service.wake(bob);
    await store.removeGone(old!);
    expect(await rows(bob)).toMatchObject([{ kind: 'webpush' }]);
    expect(old!.target).toMatchObject({ endpoint: subscription.target.endpoint });
  });

  it('in no race of a registration with the end of its session', async () => {
    const { bob, subscription } = await scene();
    const ending = await relay.connection();
    try {
      await ending.query('BEGIN');
      await ending.query('UPDATE sessions SET revoked_at = now() WHERE id = $1', [bob.signedIn.sessionId]);
      const registering = bob.request('PUT', '/push', { target: subscription.target });
      const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      await until(async () => (await relay.query(waiting)).length === 1, 'it waits for the session');
      await ending.query('COMMIT');
      expect(await registering).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
    } finally {
      ending.release();
    }
    expect(await rows(bob)).toEqual([]);
  });
});

describe('a push service that cannot take a wake-up now', () => {
  it.each([
    ['429, and asks for a minute', { status: 429, headers: { 'retry-after': '60' } }, 55_000, 10_000],
    ['503', { status: 503 }, 0, 6_000],
  ])('is asked again when it answers %s', async (_answer, refusal, tooSoonMs, laterMs) => {
    const { ada, conversationId, subscription } = await scene();
    service.refusals.set(subscription.id, [refusal]);
    await ada.send(conversationId);
    await until(() => service.refusals.get(subscription.id)?.length === 0, 'it was refused');
    await relay.part(WakeUps).settled();
    relay.clock.advance(tooSoonMs);
    await sentinel();
    expect(service.takenFor(subscription)).toEqual([]);
    relay.clock.advance(laterMs);
    await service.takes(subscription);
  });

  it('and never answers, holds up neither messages nor other devices', async () => {
    const { ada, conversationId, subscription } = await scene();
    service.refusals.set(subscription.id, [{ status: 0 }]);
    await ada.send(conversationId);
    await until(() => service.refusals.get(subscription.id)?.length === 0, 'it was asked');
    const others = [await scene(), await scene()];
    for (const other of others) {
      expect((await other.ada.send(other.conversationId)).status).toBe(201);
      await service.takes(other.subscription);
    }
    expect((await ada.send(conversationId)).status).toBe(201);
    expect(service.takenFor(subscription)).toEqual([]);
  });

  it('leads nowhere else', async () => {
    const { ada, bob, conversationId, subscription } = await scene();
    service.refusals.set(subscription.id, [{ status: 307, headers: { location: `${service.origin}/wake/other` } }]);
    expect((await ada.send(conversationId)).status).toBe(201);
    await until(() => service.refusals.get(subscription.id)?.length === 0, 'it was refused');
    await sentinel();
    expect(service.takenFor(subscription)).toEqual([]);
    expect(await rows(bob)).toHaveLength(1);
  });
});

it('tells nobody where a device is woken, and writes it to no log', async () => {
  const { ada, bob, conversationId, subscription } = await scene();
  await ada.send(conversationId);
  await service.takes(subscription);
  const reply = await bob.request('GET', '/push');
  expect(Object.keys(reply.body as object).sort()).toEqual(['kind', 'muted', 'mutedUntil', 'registeredAt']);
  expect(relay.logLines.join('')).not.toContain(subscription.id);
});

it('wakes nobody where it is switched off', async () => {
  const off = await TestRelay.start({ environment: { PUSH: 'off' } });
  try {
    const user = await TestUser.register(off);
    expect((await user.request('GET', '/server')).body.push).toEqual({
      vapidPublicKey: null,
      fcm: false,
      apnsTopics: [],
    });
    const subscription = await service.wake(await TestUser.register(relay));
    const refused = await user.request('PUT', '/push', { target: subscription.target });
    expect(refused).toMatchObject({ status: 409, body: { code: 'push_unsupported' } });
  } finally {
    await off.stop();
  }
});

import { randomBytes } from 'node:crypto';
import { people, TestRelay, type TestUser, until } from '#testing';
import { WakeUps } from '../../apps/relay/src/push/wake-ups.service.js';
import { APNS_TOPICS, ApnsService } from './apns-service.js';
import { FcmService } from './fcm-service.js';

const fcm = FcmService.duringTests();
const apns = ApnsService.duringTests();
let relay: TestRelay;
beforeAll(async () => {
  relay = await TestRelay.start({ environment: { ...fcm.environment, ...apns.environment } });
});
afterAll(() => relay.stop());
afterEach(() => expect([...fcm.faults, ...apns.faults]).toEqual([]));

const APART_MS = 21_000;

type Target = { kind: 'fcm'; token: string } | { kind: 'apns'; token: string; topic?: string };

const fcmTarget = (): Target => ({ kind: 'fcm', token: randomBytes(20).toString('base64url') });
const apnsTarget = (topic?: string): Target => ({
  kind: 'apns',
  token: randomBytes(32).toString('hex'),
  ...(topic === undefined ? {} : { topic }),
});

/** Two people in a conversation; the second has an app. */
async function scene(
  target: Target,
): Promise<{ bob: TestUser; send: (text?: string) => Promise<void>; token: string }> {
  const [ada, bob] = await people(relay, 2);
  const conversationId = await ada.directWith(bob);
  expect((await bob.request('PUT', '/push', { target })).status).toBe(200);
  const send = async (text = 'sealed') => {
    expect((await ada.send(conversationId, text)).status).toBe(201);
  };
  return { bob, send, token: target.token };
}

const takenByFcm = (token: string): string[] => fcm.taken.filter((body) => body.includes(token));
const takenByApns = (token: string): ApnsService['taken'] => apns.taken.filter((push) => push.token === token);

/** The app has been woken so often, and the relay knows. */
async function woken(taken: () => readonly unknown[], times: number): Promise<void> {
  await until(() => taken().length === times, `${String(times)} wake-ups came`);
  await relay.part(WakeUps).settled();
}

const isForgotten = async (user: TestUser): Promise<boolean> => (await user.request('GET', '/push')).status === 404;

it('both are offered where they are set up', async () => {
  const [ada] = await people(relay, 1);
  expect((await ada.request('GET', '/server')).body.push).toMatchObject({ fcm: true, apnsTopics: APNS_TOPICS });
});

describe('an app that FCM reaches', () => {
  it('is woken with the same bytes for all messages and apps, but for its token (C-38)', async () => {
    const [one, other] = [await scene(fcmTarget()), await scene(fcmTarget())];
    await one.send('a');
    await woken(() => takenByFcm(one.token), 1);
    relay.clock.advance(APART_MS);
    await one.send('x'.repeat(50_000));
    await other.send('b');
    await woken(() => takenByFcm(one.token), 2);
    await woken(() => takenByFcm(other.token), 1);
    const bodies = [one, other].flatMap(({ token }) => takenByFcm(token).map((body) => body.replace(token, 'token')));
    expect(bodies).toHaveLength(3);
    expect(new Set(bodies).size).toBe(1);
    expect(fcm.grants).toBe(1);
  });

  it('is woken with new access when the old has ended, or was taken back', async () => {
    const { send, token } = await scene(fcmTarget());
    await send();
    await woken(() => takenByFcm(token), 1);
    const before = fcm.grants;
    fcm.forgetAccess();
    relay.clock.advance(APART_MS);
    await send();
    await until(() => fcm.strangers === 1, 'it was refused');
    await relay.part(WakeUps).settled();
    relay.clock.advance(6_000);
    await woken(() => takenByFcm(token), 2);
    expect(fcm.grants).toBe(before + 1);
  });

  it('is forgotten when it is no longer installed, and for no other reason', async () => {
    const { bob, send } = await scene(fcmTarget());
    const unregistered = { '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode: 'UNREGISTERED' };
    fcm.refusals.push({ status: 404, body: { error: { code: 404, status: 'NOT_FOUND', message: 'no project' } } });
    await send();
    await until(() => fcm.refusals.length === 0, 'it was refused');
    await relay.part(WakeUps).settled();
    expect(await isForgotten(bob)).toBe(false);
    const next = await scene(fcmTarget());
    fcm.refusals.push({ status: 404, body: { error: { code: 404, status: 'NOT_FOUND', details: [unregistered] } } });
    await next.send();
    await until(() => isForgotten(next.bob), 'it is forgotten');
  });

  it('is woken later when there is too much to do', async () => {
    const { send, token } = await scene(fcmTarget());
    fcm.refusals.push({ status: 429, body: {}, headers: { 'retry-after': '30' } });
    await send();
    await until(() => fcm.refusals.length === 0, 'it was refused');
    await relay.part(WakeUps).settled();
    relay.clock.advance(31_000);
    await woken(() => takenByFcm(token), 1);
  });
});

describe('an app that APNs reaches', () => {
  it('is woken with the same bytes for all messages and apps (C-38)', async () => {
    const [one, other] = [await scene(apnsTarget()), await scene(apnsTarget(APNS_TOPICS[1]))];
    await one.send('a');
    await woken(() => takenByApns(one.token), 1);
    relay.clock.advance(APART_MS);
    await one.send('x'.repeat(50_000));
    await other.send('b');
    await woken(() => takenByApns(one.token), 2);
    await woken(() => takenByApns(other.token), 1);
    const taken = [...takenByApns(one.token), ...takenByApns(other.token)];
    expect(new Set(taken.map(({ body }) => body)).size).toBe(1);
    expect(taken.map(({ headers }) => headers['apns-topic'])).toEqual([APNS_TOPICS[0], APNS_TOPICS[0], APNS_TOPICS[1]]);
    expect(new Set(taken.map(({ headers }) => headers['apns-collapse-id'])).size).toBe(1);
    // Apple takes many connections, or many tokens, for an attack.
    expect([apns.connections, apns.providerTokens.size]).toEqual([1, 1]);
  });

  it('is woken over a new connection when the old one has ended', async () => {
    const { send, token } = await scene(apnsTarget());
    await send();
    await woken(() => takenByApns(token), 1);
    for (const session of apns.sessions) session.close();
    await until(() => apns.sessions.size === 0, 'it has ended');
    relay.clock.advance(APART_MS);
    await send();
    await woken(() => takenByApns(token), 2);
    expect(apns.connections).toBe(2);
  });

  it('is woken with a new token of the relay within the hour', async () => {
    const { send, token } = await scene(apnsTarget());
    const before = apns.providerTokens.size;
    await send();
    await woken(() => takenByApns(token), 1);
    relay.clock.advance(9 * 60_000);
    for (let rest = 0; rest < 4; rest++) relay.clock.advance(9 * 60_000);
    const later = await scene(apnsTarget());
    await later.send();
    await woken(() => takenByApns(later.token), 1);
    expect(apns.providerTokens.size).toBe(before + 1);
  });

  it.each([
    { status: 410, reason: 'Unregistered' },
    { status: 400, reason: 'BadDeviceToken' },
    { status: 400, reason: 'DeviceTokenNotForTopic' },
  ])('is forgotten on $status $reason', async (refusal) => {
    const { bob, send } = await scene(apnsTarget());
    apns.refusals.push(refusal);
    await send();
    await until(() => isForgotten(bob), 'it is forgotten');
  });

  it.each([
    { status: 403, reason: 'InvalidProviderToken' },
    { status: 400, reason: 'BadTopic' },
  ])('is not forgotten on $status $reason, which is no fault of its', async (refusal) => {
    const { bob, send } = await scene(apnsTarget());
    apns.refusals.push(refusal);
    await send();
    await until(() => apns.refusals.length === 0, 'it was refused');
    await relay.part(WakeUps).settled();
    expect(await isForgotten(bob)).toBe(false);
  });

  it.each([
    { status: 429, reason: 'TooManyRequests' },
    { status: 503, reason: 'ServiceUnavailable' },
    { status: 403, reason: 'ExpiredProviderToken' },
  ])('is woken later on $status $reason', async (refusal) => {
    const { send, token } = await scene(apnsTarget());
    apns.refusals.push(refusal);
    await send();
    await until(() => apns.refusals.length === 0, 'it was refused');
    await relay.part(WakeUps).settled();
    relay.clock.advance(6_000);
    await woken(() => takenByApns(token), 1);
  });

  it('is none of an operator who does not know it', async () => {
    const [ada] = await people(relay, 1);
    const refused = await ada.request('PUT', '/push', { target: apnsTarget('org.example.other') });
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ path: '/target/topic' }] },
    });
  });
});

it('neither is taken by a relay on which it is not set up', async () => {
  const bare = await TestRelay.start();
  try {
    const [ada] = await people(bare, 1);
    for (const target of [fcmTarget(), apnsTarget()])
      expect(await ada.request('PUT', '/push', { target })).toMatchObject({
        status: 409,
        body: { code: 'push_unsupported' },
      });
  } finally {
    await bare.stop();
  }
});

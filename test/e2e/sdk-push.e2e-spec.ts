import './cheap-argon2.js';
import { WAKE_UP } from '#protocol';
import { TestRelay } from '#testing';
import { WakeUps } from '../../apps/relay/src/push/wake-ups.service.js';
import { LinkingDevice, name, stopAll } from './linking-devices.js';
import { WebPushService } from './web-push-service.js';

/** How a device is woken, as its app says it. */

const service = WebPushService.duringTests();
let relay: TestRelay;
beforeAll(async () => {
  const environment = { PUSH_ALLOWED_ORIGINS: service.origin, PUSH_CONTACT: 'mailto:post@example.org' };
  relay = await TestRelay.start({ environment });
});
afterAll(() => relay.stop());
afterEach(stopAll);

describe('a device', () => {
  it('says where it is woken, mutes that for a while or for good, and takes it back', async () => {
    const { push } = (await LinkingDevice.registered(relay, name('ada'))).sealpost;
    const offers = await push.offers();
    expect(offers).toEqual({ vapidPublicKey: expect.stringMatching(/^B[\w-]{86}$/), fcm: false, apnsTopics: [] });
    expect(await push.status()).toBeUndefined();
    await expect(push.mute()).rejects.toMatchObject({ code: 'not_found' });
    await expect(push.register({ kind: 'fcm', token: 'token' })).rejects.toMatchObject({ code: 'push_unsupported' });
    const { target } = service.subscribe(offers.vapidPublicKey ?? '');
    const status = await push.register(target);
    expect(status).toEqual({ kind: 'webpush', muted: false, mutedUntil: null, registeredAt: expect.any(String) });
    expect(await push.status()).toEqual(status);
    const until = new Date(relay.clock.millis() + 60_000).toISOString();
    expect(await push.mute(until)).toMatchObject({ muted: true, mutedUntil: until });
    expect(await push.mute()).toMatchObject({ muted: true, mutedUntil: null });
    expect(await push.unmute()).toEqual(status);
    await push.unregister();
    await push.unregister();
    expect(await push.status()).toBeUndefined();
  });

  it('is woken by a message of the SDK, with the same bytes for a short one and a long one (C-38)', async () => {
    const ada = await LinkingDevice.registered(relay, name('ada'));
    const grace = await LinkingDevice.registered(relay, name('grace'));
    const chat = await grace.sealpost.conversations.direct(ada.sealpost.self.username);
    await grace.sealpost.messages.send(chat.id, 'hello');
    await ada.reads(chat.id, 'hello');
    const subscription = service.subscribe((await ada.sealpost.push.offers()).vapidPublicKey ?? '');
    await ada.sealpost.push.register(subscription.target);
    await ada.sealpost.lock();
    const sends = [
      () => grace.sealpost.messages.send(chat.id, 'are you there?'),
      () => grace.sealpost.messages.send(chat.id, 'x'.repeat(10_000)),
    ];
    for (const [index, send] of sends.entries()) {
      await send();
      await service.takes(subscription, index + 1);
      await relay.part(WakeUps).settled();
      relay.clock.advance(21_000);
    }
    const taken = service.takenFor(subscription);
    expect(new Set(taken.map(({ plaintext }) => plaintext))).toEqual(new Set([WAKE_UP]));
    expect(new Set(taken.map(({ body }) => body.length)).size).toBe(1);
    expect(service.faults).toEqual([]);
  });
});

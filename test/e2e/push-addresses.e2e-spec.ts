import { createECDH } from 'node:crypto';
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { DeviceId } from '#protocol';
import { people, TestRelay, type TestUser } from '#testing';
import { PushStore } from '../../apps/relay/src/push/push.store.js';
import { PushSenders } from '../../apps/relay/src/push/push-senders.js';
import { WakeUps } from '../../apps/relay/src/push/wake-ups.service.js';
import { WebPushService } from './web-push-service.js';

/** Something inside the operator's network that nobody outside may reach: it counts who tries. */
let inner: Server;
let knocks = 0;
beforeAll(async () => {
  inner = createServer((socket) => {
    knocks++;
    socket.destroy();
  });
  await new Promise<void>((listening) => inner.listen(0, '127.0.0.1', listening));
});
afterAll(() => inner.close());

const service = WebPushService.duringTests();
let relay: TestRelay;
beforeAll(async () => {
  relay = await TestRelay.start({
    environment: { PUSH_ALLOWED_ORIGINS: service.origin, PUSH_CONTACT: 'https://chat.example.org' },
  });
});
afterAll(() => relay.stop());

const port = (): number => (inner.address() as AddressInfo).port;

function target(endpoint: string) {
  const key = createECDH('prime256v1');
  const p256dh = key.generateKeys().toString('base64url');
  return { kind: 'webpush', endpoint, p256dh, auth: Buffer.alloc(16, 7).toString('base64url') };
}

const register = (user: TestUser, endpoint: string) => user.request('PUT', '/push', { target: target(endpoint) });

describe('an endpoint', () => {
  it('inside, or in clear, is refused', async () => {
    const [ada] = await people(relay, 1);
    for (const endpoint of [
      `https://127.0.0.1:${String(port())}/`,
      `https://[::1]:${String(port())}/`,
      'https://10.0.0.1/',
      'https://169.254.169.254/latest/meta-data/',
      'https://[fd00::1]/',
      'https://2130706433/',
      'http://push.example.org/',
      `http://localhost:${String(port())}/`,
      'https://user:password@push.example.org/',
      'file:///etc/passwd',
      'gopher://127.0.0.1/',
      'no url',
    ]) {
      const refused = await register(ada, endpoint);
      expect([endpoint, refused.status, refused.body.code]).toEqual([endpoint, 400, 'invalid_request']);
    }
  });

  it('with a name that leads inside is taken, and never called', async () => {
    const [ada, bob] = await people(relay, 2);
    const conversationId = await ada.directWith(bob);
    expect((await register(bob, `https://localhost:${String(port())}/wake`)).status).toBe(200);
    const other = await bob.onNewDevice();
    const subscription = await service.wake(other);
    await ada.send(conversationId);
    await service.takes(subscription);
    await relay.part(WakeUps).settled();
    expect(knocks).toBe(0);
    // Nor does anybody learn that there is such a name.
    expect(await bob.request('GET', '/push')).toMatchObject({ status: 200, body: { muted: false } });
  });

  it('that the operator took from the list is not called any more', async () => {
    const [ada, bob] = await people(relay, 2);
    const conversationId = await ada.directWith(bob);
    const subscription = await service.wake(bob);
    const strict = await TestRelay.start({
      beside: relay,
      environment: { PUSH_ALLOWED_ORIGINS: 'http://127.0.0.1:1' },
    });
    try {
      // As if it had come to the other relay: its own sender decides.
      const [wakeable] = await strict.part(PushStore).targetsOf([bob.deviceId as DeviceId], relay.clock.now());
      await expect(strict.part(PushSenders).send(wakeable!.target)).rejects.toThrow('not on the public internet');
      expect(service.takenFor(subscription)).toEqual([]);
    } finally {
      await strict.stop();
    }
    await ada.send(conversationId);
    await service.takes(subscription);
  });
});

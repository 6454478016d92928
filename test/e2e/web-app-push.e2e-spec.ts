import './cheap-argon2.js';
import { isDeepStrictEqual } from 'node:util';
import { WAKE_UP } from '#protocol';
import { MemoryStore, Sealpost } from '#sdk';
import { until } from '#testing';
import type { CDPSession, Page, Worker } from 'playwright-core';
import { describeInChromium } from '../browser/chromium.js';
import { PASSWORD, type Person, WebApp } from '../browser/web-app.js';
import { WebPushService } from './web-push-service.js';

/** The app while no tab of it is open: the browser's push service is on this machine, all else is the browser's own. */

/** As much of a service worker as is asked here. */
interface WorkerScope {
  readonly registration: { getNotifications(): Promise<{ readonly title: string; readonly body: string }[]> };
  readonly clients: object;
  readonly NotificationEvent: new (kind: string, given: { notification: unknown }) => Event;
  dispatchEvent(event: Event): boolean;
}

type Subscribed = ReturnType<WebPushService['subscribe']>;

/** Instead of the browser's subscribing, which asks a service of its maker. */
function subscribeElsewhere(subscribed: Subscribed['target']): void {
  const { endpoint, p256dh, auth } = subscribed;
  const KEY = 'test.subscription';
  const subscription = (key: string) => ({
    options: {
      applicationServerKey: Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
        char.charCodeAt(0),
      ).buffer,
    },
    toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
    unsubscribe: () => {
      localStorage.removeItem(KEY);
      return Promise.resolve(true);
    },
  });
  const { PushManager: Manager } = globalThis as unknown as { PushManager: { prototype: object } };
  Object.assign(Manager.prototype, {
    subscribe: ({
      applicationServerKey,
      userVisibleOnly,
    }: {
      applicationServerKey: string;
      userVisibleOnly: boolean;
    }) => {
      if (!userVisibleOnly) return Promise.reject(new Error('only with notifications'));
      localStorage.setItem(KEY, applicationServerKey);
      return Promise.resolve(subscription(applicationServerKey));
    },
    getSubscription: () => {
      const key = localStorage.getItem(KEY);
      return Promise.resolve(key === null ? null : subscription(key));
    },
  });
}

describeInChromium('a web app whose tabs are closed', () => {
  const service = WebPushService.duringTests();
  let app: WebApp;
  let ada: Person;
  let grace: Sealpost;
  let chat: string;
  let subscription: Subscribed;
  let elsewhere: Page;
  let session: CDPSession;
  let registrationId = '';

  const worker = (): Worker => ada.page.context().serviceWorkers()[0]!;
  const shown = (): Promise<{ title: string; body: string }[]> =>
    worker().evaluate(async () => {
      const { registration } = globalThis as unknown as WorkerScope;
      return (await registration.getNotifications()).map(({ title, body }) => ({ title, body }));
    });
  /** What the push service has taken, as it would hand it on. */
  const deliver = async (data: string): Promise<void> => {
    await session.send('ServiceWorker.deliverPushMessage', { origin: app.relay.url, registrationId, data });
  };
  const openSettings = async (): Promise<void> => {
    await ada.press('Menu');
    await ada.page.getByRole('menuitem', { name: 'Settings' }).click();
  };
  const closedSwitch = () => ada.page.getByRole('switch', { name: /^While it is closed/ });

  beforeAll(async () => {
    app = await WebApp.start({ PUSH_ALLOWED_ORIGINS: service.origin, PUSH_CONTACT: 'mailto:post@example.org' });
    ada = await app.newPerson('ada.lovelace');
    const context = ada.page.context();
    await context.grantPermissions(['notifications'], { origin: app.relay.url });
    const { push } = (await (await fetch(`${app.relay.url}/v1/server`)).json()) as { push: { vapidPublicKey: string } };
    subscription = service.subscribe(push.vapidPublicKey);
    await context.addInitScript(subscribeElsewhere, subscription.target);
    await ada.page.reload();
    grace = new Sealpost({ url: app.relay.url, store: await MemoryStore.open() });
    await Promise.all([ada.register(), grace.register({ username: 'grace', password: PASSWORD })]);
    await ada.keepRecoveryCode();
    ({ id: chat } = await grace.conversations.direct(ada.username));
    await until(() => context.serviceWorkers().length > 0, 'the app is kept', 20_000);
    elsewhere = await context.newPage();
    session = await context.newCDPSession(elsewhere);
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      registrationId =
        registrations.find(({ scopeURL }) => scopeURL.startsWith(app.relay.url))?.registrationId ?? registrationId;
    });
    await session.send('ServiceWorker.enable');
    await until(() => registrationId !== '', 'the browser tells of the service worker');
  }, 60_000);
  afterEach(() => {
    expect([...app.takeComplaints(), ...service.faults]).toEqual([]);
  });
  afterAll(async () => {
    await grace.close();
    await app.stop();
  });

  it('is woken once its owner wants that, which the settings say', async () => {
    await ada.page.bringToFront();
    await openSettings();
    expect(await closedSwitch().isChecked()).toBe(false);
    await closedSwitch().click();
    await until(() => closedSwitch().isChecked(), 'it is on');
    const rows = await app.relay.query('SELECT kind, address FROM push_registrations');
    expect(rows).toEqual([{ kind: 'webpush', address: subscription.target.endpoint }]);
    expect(await ada.obstacles()).toEqual([]);
  });

  it('tells of nothing while somebody has it before their eyes', async () => {
    await ada.page.bringToFront();
    await deliver(WAKE_UP);
    await deliver(WAKE_UP);
    expect(await shown()).toEqual([]);
  });

  it('tells that there is a message and no more, once for many', async () => {
    await ada.page.goto('about:blank');
    await grace.messages.send(chat, 'Are you there?');
    const [taken] = await service.takes(subscription);
    await deliver(taken!.plaintext);
    await until(async () => (await shown()).length > 0, 'a notification');
    await deliver(taken!.plaintext);
    expect(await shown()).toEqual([{ title: 'Sealpost', body: 'New message' }]);
  });

  it('opens when the notification is pressed, and takes it away', async () => {
    const opened = await worker().evaluate(async () => {
      const scope = globalThis as unknown as WorkerScope;
      const asked: string[] = [];
      // A browser opens windows for the press of a person only.
      Object.assign(scope.clients, {
        openWindow: (url: string) => {
          asked.push(url);
          return Promise.resolve(null);
        },
      });
      const [notification] = await scope.registration.getNotifications();
      scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }));
      while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      return asked;
    });
    expect(opened).toEqual(['/']);
    expect(await shown()).toEqual([]);
  });

  it('goes on being woken in the session after, and takes away what it told', async () => {
    await app.relay.query('DELETE FROM push_registrations');
    await deliver(WAKE_UP);
    await until(async () => (await shown()).length > 0, 'a notification');
    await ada.page.goto(app.relay.url);
    await ada.unlock();
    await until(
      async () => (await app.relay.query('SELECT 1 FROM push_registrations')).length === 1,
      'it says so again',
    );
    await ada.openChat('grace');
    await ada.reads('Are you there?');
    await until(async () => (await shown()).length === 0, 'the notification is gone');
  });

  it('is muted for a while, which the relay knows, and is told again after an unlock', async () => {
    await openSettings();
    const muted = async (): Promise<unknown> => {
      const [row] = await app.relay.query(
        `SELECT muted_until IS NOT NULL AS muted, muted_until = 'infinity' AS for_good FROM push_registrations`,
      );
      return row;
    };
    const mute = ada.page.getByLabel(/^Mute this browser/);
    await mute.selectOption('For an hour');
    await ada.sees(/^Muted until/);
    await until(async () => isDeepStrictEqual(await muted(), { muted: true, for_good: false }), 'it is muted');
    expect(await ada.obstacles()).toEqual([]);
    await mute.selectOption('For good');
    await until(async () => isDeepStrictEqual(await muted(), { muted: true, for_good: true }), 'it is muted for good');
    await app.relay.query('UPDATE push_registrations SET muted_until = NULL');
    await ada.page.reload();
    await ada.unlock();
    await until(async () => isDeepStrictEqual(await muted(), { muted: true, for_good: true }), 'that was said again');
    await openSettings();
    await mute.selectOption('No');
    await until(async () => isDeepStrictEqual(await muted(), { muted: false, for_good: null }), 'it is woken again');
  });

  it('is woken no longer once its owner does not want that', async () => {
    await openSettings();
    expect(await closedSwitch().isChecked()).toBe(true);
    await closedSwitch().click();
    await until(async () => (await app.relay.query('SELECT 1 FROM push_registrations')).length === 0, 'it is off');
    expect(await closedSwitch().isChecked()).toBe(false);
  });
});

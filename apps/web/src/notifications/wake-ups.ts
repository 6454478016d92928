import type { Client } from '../client/open-client.js';
import { mutingNow } from './muting-choice.js';
import { rememberWakeUps } from './wake-up-choice.js';

/** Nothing wakes this browser: it cannot, or the relay does not. */
export class NoWakeUps extends Error {}

/** The browser does not let this page notify. */
export class NotificationsRefused extends Error {}

type Push = Pick<Client, 'push'>;

/**
 * Has a push service wake this browser while the app is closed, and asks for the permission to notify where there is none.
 *
 * @throws {NoWakeUps} @throws {NotificationsRefused}
 */
export async function wakeWhileClosed({ push }: Push): Promise<void> {
  // First of all: browsers take it for somebody's wish only as long as the press of a button is fresh.
  if ((await Notification.requestPermission()) !== 'granted') throw new NotificationsRefused();
  const { pushManager } = await keptApp();
  const { vapidPublicKey } = await push.offers();
  if (vapidPublicKey === null) throw new NoWakeUps();
  await push.register(await subscriptionFor(pushManager, vapidPublicKey));
  await sayMuting({ push });
  rememberWakeUps(true);
}

/** Tells the relay whether this browser is muted. It forgets that at the end of each session. */
export async function sayMuting({ push }: Push): Promise<void> {
  const { choice, untilMs } = mutingNow();
  if (choice === 'off') await push.unmute();
  else await push.mute(untilMs === null ? undefined : new Date(untilMs).toISOString());
}

/** Says again at the start of a session what ends with each, and takes away what told of messages that are seen now. */
export async function goOnWaking(client: Push): Promise<void> {
  try {
    const registration = await keptApp();
    for (const notification of await registration.getNotifications()) notification.close();
    if (Notification.permission === 'granted') await wakeWhileClosed(client);
  } catch {
    // Out of reach: what was said before may still hold, and the next start says it again.
  }
}

/** The browser forgets it in any case, after which the push service tells the relay that it is gone. */
export async function stopWaking({ push }: Push): Promise<void> {
  rememberWakeUps(false);
  const subscription = await (await keptApp()).pushManager.getSubscription();
  await subscription?.unsubscribe();
  await push.unregister();
}

/** The service worker that is woken. @throws {NoWakeUps} */
async function keptApp(): Promise<ServiceWorkerRegistration> {
  const registration = 'PushManager' in window ? await navigator.serviceWorker.getRegistration() : undefined;
  if (registration === undefined) throw new NoWakeUps();
  return registration;
}

/** The one there is, unless it was made for another key: after the relay got another secret, nobody could use it. */
async function subscriptionFor(pushManager: PushManager, key: string) {
  const known = await pushManager.getSubscription();
  const isUsable = known !== null && encoded(known.options.applicationServerKey) === key;
  if (!isUsable) await known?.unsubscribe();
  const wanted = { userVisibleOnly: true, applicationServerKey: key };
  const { endpoint, keys } = (isUsable ? known : await pushManager.subscribe(wanted)).toJSON();
  if (endpoint === undefined || keys?.p256dh === undefined || keys.auth === undefined) throw new NoWakeUps();
  return { kind: 'webpush', endpoint, p256dh: keys.p256dh, auth: keys.auth } as const;
}

/** Base64url, without padding. */
function encoded(bytes: ArrayBuffer | null): string {
  const text = String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer()));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

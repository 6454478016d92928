import { WORDS } from './words.js';

const TAG = 'sealpost-wake-up';
const TITLE = 'Sealpost';

/**
 * Tells that there is a message when a push service wakes this browser, unless somebody has the app before their eyes. What it
 * was woken with is not looked at: it is the same every time, and nobody here has the keys to know more. The language is the
 * browser's: which was chosen in the app only its pages can read.
 */
export async function tellOfMessage({ clients, registration, navigator }: ServiceWorkerGlobalScope): Promise<void> {
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (windows.some(({ visibilityState }) => visibilityState === 'visible')) return;
  const language = navigator.languages.map((tag) => tag.slice(0, 2)).find((code) => Object.hasOwn(WORDS, code)) ?? 'en';
  const body = WORDS[language] ?? TITLE;
  await registration.showNotification(TITLE, { body, tag: TAG, icon: '/icon.svg', lang: language });
}

/** Leads to the app, where it is open already, or anew. */
export async function openApp({ clients }: ServiceWorkerGlobalScope, notification: Notification): Promise<void> {
  notification.close();
  const [open] = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (open === undefined) await clients.openWindow('/');
  else await open.focus();
}

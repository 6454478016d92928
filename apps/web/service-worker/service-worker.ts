/**
 * Keeps the app of one version in the browser, so that it opens without the relay, and never a file of another version beside
 * it. What the relay answers goes past it. And it is what a push service wakes when no page is open.
 */
import { isWebAppPlace } from '#protocol';
import { openApp, tellOfMessage } from './wake-up.js';

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build: the path of each file of this version, and its SHA-256 in base64. */
declare const KEPT_FILES: Readonly<Record<string, string>>;
declare const KEPT_VERSION: string;

const SHELL = '/';
const PREFIX = 'sealpost-app-';
const CACHE = `${PREFIX}${KEPT_VERSION}`;

self.addEventListener('install', (event) => event.waitUntil(keepFiles()));
self.addEventListener('activate', (event) => event.waitUntil(dropOtherVersions()));
// Otherwise it waits until no page of the version before is open.
self.addEventListener('message', ({ data }) => void (data === 'take-over' && self.skipWaiting()));
self.addEventListener('fetch', (event) => {
  const path = keptPath(event.request);
  if (path !== undefined) event.respondWith(kept(path, event.request));
});

self.addEventListener('push', (event) => event.waitUntil(tellOfMessage(self)));
self.addEventListener('notificationclick', (event) => event.waitUntil(openApp(self, event.notification)));

/** All of them or none: the browser refuses what is not of this version, as while a relay is being upgraded. */
async function keepFiles(): Promise<void> {
  const cache = await caches.open(CACHE);
  const requests = Object.entries(KEPT_FILES).map(
    ([path, sha256]) =>
      // The names of all others change with their content.
      new Request(path, { integrity: `sha256-${sha256}`, cache: path === SHELL ? 'reload' : 'default' }),
  );
  await cache.addAll(requests);
}

async function dropOtherVersions(): Promise<void> {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(others.map((name) => caches.delete(name)));
}

function keptPath({ url, method, mode }: Request): string | undefined {
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== self.location.origin) return undefined;
  if (mode === 'navigate') return isWebAppPlace(pathname) ? SHELL : undefined;
  return Object.hasOwn(KEPT_FILES, pathname) ? pathname : undefined;
}

/** With the headers that it came with: the policy of a page or a worker is kept, too. */
async function kept(path: string, request: Request): Promise<Response> {
  return (await caches.match(path, { cacheName: CACHE, ignoreVary: true })) ?? fetch(request);
}

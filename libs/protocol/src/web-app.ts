/** What a relay and the web app that it serves agree on: where the app has pages, and which headers its files come with. */

/** What the relay answers itself, at paths that a page of the app never has. */
const OWN_PLACES = /^\/(v1|docs|health|socket\.io|metrics)(\/|$)/;
/** A path that names a file: where there is none, the answer is 404 and no page. */
const NAMES_A_FILE = /\.[^/]*$/;

/** Whether somebody may come back to it as a place inside the app, whose script shows what belongs there. */
export function isWebAppPlace(path: string): boolean {
  return !OWN_PLACES.test(path) && !NAMES_A_FILE.test(path);
}

/** Beside `index.html`: every file with its SHA-256, for who wants to compare what a host serves. */
export const WEB_MANIFEST = 'web-manifest.json';

/** The script of the service worker: what a browser asks for that has kept the app, also where there is none any more. */
export const WEB_SERVICE_WORKER = 'sw.js';

export type WebFileKind = 'page' | 'asset' | 'worker' | 'serviceWorker';

/**
 * The app's pages. They compile nothing, connect to nobody, and no text becomes script or markup; the one policy for Trusted
 * Types makes the address of the worker.
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  // What people send each other, once it is decrypted.
  'media-src blob:',
  "font-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types worker-script',
].join('; ');

/** A worker has the policy that its script came with. It alone knows the relay, and derives keys, by WebAssembly. */
const WORKER_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** It fetches the app's files, and nothing else. */
const SERVICE_WORKER_POLICY = [
  "default-src 'none'",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** It is asked for anew each time. The shell is: it names the files of its version. */
const ASKED_ANEW = 'no-cache';
/** Their names change with their content. */
const KEPT_FOR_GOOD = 'public, max-age=31536000, immutable';

/** No other site has a use for them. */
const OF_THIS_SITE = { 'cross-origin-resource-policy': 'same-origin' };

/** What distinguishes them. What every reply of a relay has comes besides. */
export const WEB_FILE_HEADERS: Readonly<Record<WebFileKind, Readonly<Record<string, string>>>> = {
  page: { ...OF_THIS_SITE, 'content-security-policy': PAGE_POLICY, 'cache-control': ASKED_ANEW },
  asset: { ...OF_THIS_SITE, 'cache-control': KEPT_FOR_GOOD },
  worker: { ...OF_THIS_SITE, 'content-security-policy': WORKER_POLICY, 'cache-control': KEPT_FOR_GOOD },
  serviceWorker: { ...OF_THIS_SITE, 'content-security-policy': SERVICE_WORKER_POLICY, 'cache-control': ASKED_ANEW },
};

/** @param file by its path in the build, such as `assets/index-4f2a.js`. */
export function webFileKind(file: string): WebFileKind {
  if (file.startsWith('workers/')) return 'worker';
  if (file.startsWith(WEB_SERVICE_WORKER)) return 'serviceWorker';
  return file.startsWith('assets/') ? 'asset' : 'page';
}

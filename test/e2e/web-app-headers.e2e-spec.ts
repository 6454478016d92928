import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestRelay } from '#testing';

/** What browsers are told about each kind of answer, to the letter: what is not written here is not in any of them. */

const ORIGIN = 'https://chat.example.org';
const folder = mkdtempSync(join(tmpdir(), 'sealpost-web-'));
const FILES = {
  'index.html': '<!doctype html><title>Sealpost</title>',
  'sw.js': 'self.title = "kept";',
  'icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'manifest.webmanifest': '{}',
  'assets/app-4f2a.js': 'document.title = "open";',
  'assets/app-4f2a.css': 'body { color: red }',
  'workers/sealpost-4f2a.js': 'self.title = "works";',
};
for (const name of ['assets', 'workers']) mkdirSync(join(folder, name));
for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content);

afterAll(() => rmSync(folder, { recursive: true }));

const relay = TestRelay.duringTests({
  environment: { NODE_ENV: 'production', PUBLIC_URL: ORIGIN, WEB_DIR: folder },
});

/** They differ each time, or tell about the connection. */
const VOLATILE = ['connection', 'content-length', 'date', 'etag', 'keep-alive', 'last-modified', 'x-request-id'];

async function headersOf(path: string, headers: Record<string, string> = {}): Promise<Record<string, string>> {
  const reply = await fetch(`${relay.url}${path}`, { headers });
  await reply.arrayBuffer();
  return Object.fromEntries([...reply.headers].filter(([name]) => !VOLATILE.includes(name)));
}

const EVERY = {
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'sealpost-protocol': '1',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
const OF_APP = {
  ...EVERY,
  'accept-ranges': 'bytes',
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': 'sealpost-protocol, etag, retry-after, x-request-id',
  'cross-origin-resource-policy': 'same-origin',
  vary: 'Origin, accept-encoding',
};
const NOTHING = "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'";
const PAGE =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src blob:; font-src 'self'; " +
  "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'; trusted-types worker-script";
const WORKER =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";
const SERVICE_WORKER =
  "default-src 'none'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
const FOR_GOOD = 'public, max-age=31536000, immutable';

describe('an answer of a relay in production (C-60, C-61)', () => {
  it.each(['/', '/settings', '/chats/0190b2c5-0000-7000-8000-000000000000?from=list'])(
    'with the page, at %s, lets it run its own files and connect to nobody',
    async (path) => {
      expect(await headersOf(path, { accept: 'text/html' })).toEqual({
        ...OF_APP,
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        'content-security-policy': PAGE,
      });
    },
  );

  it.each([
    ['/assets/app-4f2a.js', 'application/javascript; charset=utf-8'],
    ['/assets/app-4f2a.css', 'text/css; charset=utf-8'],
  ])('with a file of the app, %s, may be kept for good and is no page', async (path, type) => {
    expect(await headersOf(path)).toEqual({
      ...OF_APP,
      'content-type': type,
      'cache-control': FOR_GOOD,
      'content-security-policy': NOTHING,
    });
  });

  it('with the script of a worker has the policy of that worker: WebAssembly, and the relay', async () => {
    expect(await headersOf('/workers/sealpost-4f2a.js')).toEqual({
      ...OF_APP,
      'content-type': 'application/javascript; charset=utf-8',
      'cache-control': FOR_GOOD,
      'content-security-policy': WORKER,
    });
  });

  it('with the service worker is asked for anew, and lets it fetch from its relay alone', async () => {
    expect(await headersOf('/sw.js')).toEqual({
      ...OF_APP,
      'content-type': 'application/javascript; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': SERVICE_WORKER,
    });
  });

  it.each([
    ['/icon.svg', 'image/svg+xml'],
    ['/manifest.webmanifest', 'application/manifest+json'],
  ])('with %s is asked for anew, and as strict as a page', async (path, type) => {
    expect(await headersOf(path)).toEqual({
      ...OF_APP,
      'content-type': type,
      'cache-control': 'no-cache',
      'content-security-policy': PAGE,
    });
  });

  it.each([
    ['/v1/server', 'application/json; charset=utf-8'],
    ['/v1/auth/me', 'application/problem+json; charset=utf-8'],
    ['/assets/gone-4f2a.js', 'application/problem+json; charset=utf-8'],
  ])('of the API, %s, is stored by nobody and shows as nothing', async (path, type) => {
    expect(await headersOf(path)).toMatchObject({
      ...EVERY,
      'content-type': type,
      'cache-control': 'no-store',
      'content-security-policy': NOTHING,
    });
  });

  it('has no word in it by which scripts could come from elsewhere, or from text', () => {
    for (const policy of [NOTHING, PAGE, WORKER, SERVICE_WORKER])
      expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|\*|http:|https:|data:/);
  });
});

describe('a relay over plain HTTP, on a machine of its own', () => {
  const local = TestRelay.duringTests({ environment: { WEB_DIR: folder } });

  it('does not ask browsers to come by HTTPS', async () => {
    const { headers } = await fetch(local.url, { headers: { accept: 'text/html' } });
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('content-security-policy')).toBe(PAGE);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { TestRelay } from '#testing';

/** How the relay serves the web app: any folder with a page will do. */

const SHELL = '<!doctype html><title>Sealpost</title><script type="module" src="/assets/app-4f2a.js"></script>';
const SCRIPT = 'document.title = "open";';
const folder = mkdtempSync(join(tmpdir(), 'sealpost-web-'));
mkdirSync(join(folder, 'assets'));
mkdirSync(join(folder, 'workers'));
writeFileSync(join(folder, 'workers/sealpost-4f2a.js'), SCRIPT);
writeFileSync(join(folder, 'index.html'), SHELL);
writeFileSync(join(folder, 'assets/app-4f2a.js'), SCRIPT);
writeFileSync(join(folder, 'assets/app-4f2a.js.gz'), gzipSync(SCRIPT));

afterAll(() => rmSync(folder, { recursive: true }));

const AS_PAGE = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('a relay with the web app', () => {
  const relay = TestRelay.duringTests({ environment: { WEB_DIR: folder } });
  const ask = async (path: string, init: RequestInit = { headers: AS_PAGE }) => {
    const reply = await fetch(`${relay.url}${path}`, init);
    return { status: reply.status, headers: reply.headers, text: await reply.text() };
  };

  it.each(['/', '/chats/0190b2c5-0000-7000-8000-000000000000', '/settings?from=menu', '/sign-in'])(
    'shows it at %s, asked for anew each time',
    async (path) => {
      const { status, headers, text } = await ask(path);
      expect([status, text]).toEqual([200, SHELL]);
      expect(headers.get('content-type')).toMatch(/^text\/html/);
      expect(headers.get('cache-control')).toBe('no-cache');
      expect(headers.get('etag')).toEqual(expect.any(String));
    },
  );

  const policyOf = async (path: string) => {
    const policy = (await ask(path)).headers.get('content-security-policy') ?? '';
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|\*|http:|data:/);
    return new Map(policy.split('; ').map((line) => [line.split(' ')[0], line]));
  };

  it('lets it run scripts of its own and nothing else, and puts no text into the page as markup', async () => {
    const policy = await policyOf('/');
    expect(policy.get('default-src')).toBe("default-src 'none'");
    expect(policy.get('script-src')).toBe("script-src 'self'");
    expect(policy.get('style-src')).toBe("style-src 'self'");
    expect(policy.get('connect-src')).toBeUndefined();
    expect(policy.get('require-trusted-types-for')).toBe("require-trusted-types-for 'script'");
  });

  it('lets its worker alone derive keys, and reach the relay', async () => {
    const policy = await policyOf('/workers/sealpost-4f2a.js');
    expect(policy.get('default-src')).toBe("default-src 'none'");
    expect(policy.get('script-src')).toBe("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy.get('connect-src')).toBe("connect-src 'self'");
    expect(policy.get('require-trusted-types-for')).toBe("require-trusted-types-for 'script'");
  });

  it('has what never changes kept for good, and sends it compressed', async () => {
    expect((await ask('/workers/sealpost-4f2a.js')).headers.get('cache-control')).toMatch(/immutable/);
    const { status, headers, text } = await ask('/assets/app-4f2a.js', { headers: { 'accept-encoding': 'gzip' } });
    expect([status, text]).toEqual([200, SCRIPT]);
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('content-encoding')).toBe('gzip');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    '/v1/nothing',
    '/v1',
    '/health/nothing',
    '/socket.io/nothing',
    '/docs-of-nothing.html',
    '/assets/gone.js',
    '/assets/..%2findex.html',
    '/metrics',
  ])('has no page at %s', async (path) => {
    const { status, text } = await ask(path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).not.toBe(SHELL);
  });

  it('answers who asks for no page with a problem document', async () => {
    const { status, headers } = await ask('/chats', { headers: { accept: 'application/json' } });
    expect([status, headers.get('content-type')]).toEqual([404, expect.stringMatching(/^application\/problem\+json/)]);
    expect((await ask('/chats', { method: 'POST', headers: AS_PAGE })).status).toBe(404);
  });

  it.each(['/openapi.json', '/asyncapi.json', '/health/live', '/v1/server', '/docs'])(
    'still answers at %s',
    async (path) => {
      const { status, text } = await ask(path);
      expect(status).toBe(200);
      expect(text).not.toBe(SHELL);
    },
  );
});

describe('a relay without the web app', () => {
  const relay = TestRelay.duringTests();

  it('runs, and has nothing at its address', async () => {
    expect((await fetch(`${relay.url}/health/ready`)).status).toBe(200);
    expect((await fetch(relay.url, { headers: AS_PAGE })).status).toBe(404);
  });

  it('has browsers that have kept one delete it, and the service worker that did', async () => {
    const reply = await fetch(`${relay.url}/sw.js`);
    expect([reply.status, reply.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    expect(reply.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    const script = await reply.text();
    expect(script).toMatch(/caches\.delete.*registration\.unregister/s);
    expect(script).not.toMatch(/indexedDB|skipWaiting/);
  });
});

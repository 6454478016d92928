import { createHash } from 'node:crypto';
import { CLIENT_EVENTS, SERVER_EVENTS } from '#protocol';
import { type Reply, TestRelay } from '#testing';
import { scrape, SCRAPE_TOKEN } from '../scraping.js';

/** The pages as text, which `call` would take for JSON. */
async function get(relay: TestRelay, path: string): Promise<{ status: number; headers: Headers; text: string }> {
  const response = await fetch(new URL(path, relay.url));
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The sources that a policy allows, by what they are sources of. */
function policyOf({ headers }: Pick<Reply, 'headers'>): Map<string, string[]> {
  const directives = (headers.get('content-security-policy') ?? '').split(';').map((part) => part.trim().split(/\s+/));
  return new Map(directives.map(([name = '', ...sources]) => [name, sources]));
}

describe('the pages for reading the API', () => {
  const relay = TestRelay.duringTests();

  it('are there, with scripts and styles of our own only, as their policy wants it', async () => {
    const page = await get(relay, '/docs');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
    const policy = policyOf(page);
    expect(policy.get('default-src')).toEqual(["'none'"]);
    expect(policy.get('script-src')).toEqual(["'self'"]);
    expect(policy.get('frame-ancestors')).toEqual(["'none'"]);

    const scripts = [...page.text.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)];
    expect(scripts.length).toBeGreaterThanOrEqual(3);
    expect(scripts.filter(([, , inline]) => inline!.trim() !== '')).toEqual([]);
    const sources = [...page.text.matchAll(/<(?:script|link)\b[^>]*\b(?:src|href)="([^"]+)"/g)].map(
      ([, source]) => source!,
    );
    for (const source of sources) {
      // The page's address has no slash at its end, so that "./x" would be a file beside it.
      const { status, headers } = await get(relay, new URL(source, `${relay.url}/docs`).pathname);
      expect([source, status]).toEqual([source, 200]);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-type')).toMatch(/javascript|css|image/);
    }
  });

  it('show the very document that generators fetch', async () => {
    const { text } = await get(relay, '/docs/swagger-ui-init.js');
    const { body } = { body: JSON.parse((await get(relay, '/openapi.json')).text) as { paths: object } };
    for (const path of Object.keys(body.paths)) expect(text).toContain(`"${path}"`);
  });

  it('show every event, with one style and no script, and fetch nothing', async () => {
    const page = await get(relay, '/docs/events');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page.text) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(Object.fromEntries(policyOf(page))).toEqual({
      'default-src': ["'none'"],
      'style-src': [`'sha256-${hash}'`],
      'img-src': ['data:'],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'none'"],
    });
    expect(page.text).not.toMatch(/<script|<iframe|<object|\son\w+=|\sstyle=|\ssrc=|@import|url\(/);
    const links = [...page.text.matchAll(/\shref="([^"]*)"/g)].map(([, href]) => href!);
    const ids = new Set([...page.text.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => `#${id!}`));
    const elsewhere = links.filter((href) => !ids.has(href) && !href.startsWith('data:image/svg+xml,'));
    expect(elsewhere.sort()).toEqual(['/asyncapi.json', '/docs']);
    for (const event of [...CLIENT_EVENTS, ...SERVER_EVENTS])
      expect(page.text).toMatch(new RegExp(`<h3><a href="#\\w+"><code>${event}</code></a></h3>`));
  });

  it('loosen the policy of nothing else', async () => {
    for (const path of ['/openapi.json', '/asyncapi.json', '/v1/auth/me', '/docsx', '/v1/docs', '/health/live'])
      expect(policyOf(await get(relay, path)).get('script-src')).toBeUndefined();
    expect(policyOf(await get(relay, '/v1/auth/me')).get('default-src')).toEqual(["'none'"]);
  });

  it('serve no file that is not theirs', async () => {
    for (const path of [
      '/docs/package.json',
      '/docs/..%2fpackage.json',
      '/docs/%2e%2e/package.json',
      '/docs/nothing.js',
    ]) {
      const { status, text } = await get(relay, path);
      expect([path, status === 404 || !text.includes('"sealpost"')]).toEqual([path, true]);
    }
  });
});

describe.each([
  ['API_DOCS=off', { API_DOCS: 'off' }, 404],
  ['production', { NODE_ENV: 'production' }, 404],
  ['production with API_DOCS=on', { NODE_ENV: 'production', API_DOCS: 'on' }, 200],
])('with %s', (_settings, environment, status) => {
  const relay = TestRelay.duringTests({ environment });

  it(`the pages answer ${String(status)} (C-26), and the documents are there for generators`, async () => {
    for (const path of ['/docs', '/docs/index.html', '/docs/swagger-ui-init.js', '/docs/events'])
      expect([path, (await get(relay, path)).status]).toEqual([path, status]);
    for (const path of ['/docs-json', '/docs-yaml']) expect((await get(relay, path)).status).toBe(404);
    for (const path of ['/openapi.json', '/asyncapi.json']) expect((await get(relay, path)).status).toBe(200);
  });

  it('there are no metrics, and no more of its health than yes or no (C-26)', async () => {
    for (const path of ['/v1/metrics', '/health', '/health/info', '/health/ready/database', '/status', '/info'])
      expect([path, (await get(relay, path)).status]).toEqual([path, 404]);
    for (const path of ['/health/live', '/health/ready'])
      expect([path, (await get(relay, path)).text]).toEqual([path, '{"status":"ok"}']);
    // Without a token that an operator has set, no token opens them.
    for (const token of [null, '', 'undefined', SCRAPE_TOKEN]) expect((await scrape(relay, token)).status).toBe(401);
  });
});

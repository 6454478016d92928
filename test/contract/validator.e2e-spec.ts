import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { call, ContractDocument, type Exchange, mistakesIn, undocumentedAnswers } from '#testing';

/** Who tests the tests: an answer that is not in the document must not get past them. */

const contract = ContractDocument.committed();
const COMMON = {
  'sealpost-protocol': '1',
  'x-request-id': '0d3c9ef4-1b7b-4a6e-8f0e-2a1c64a0c1f7',
  'cache-control': 'no-store',
};
const PROFILE = { accountId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11', username: 'grace', displayName: 'Grace' };
const NOT_FOUND = {
  type: 'urn:sealpost:problem:not_found',
  title: 'Not found',
  status: 404,
  code: 'not_found',
};

const SESSION = {
  id: PROFILE.accountId,
  deviceId: PROFILE.accountId,
  transport: 'body',
  createdAt: '2026-11-22T09:30:00.000Z',
  lastUsedAt: '2026-11-22T09:30:00.000Z',
  expiresAt: '2026-11-22T09:30:00.000Z',
  current: true,
};

interface Told {
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** `GET /v1/users/grace`, answered as the document says, but for what a test changes. */
function profile({ method = 'GET', path = '/v1/users/grace', status = 200, headers, body = PROFILE }: Told): Exchange {
  const all = new Headers({ 'content-type': 'application/json; charset=utf-8', ...COMMON, ...headers });
  return { method, path, status, headers: all, text: typeof body === 'string' ? body : JSON.stringify(body) };
}

function problem({ headers, body, status = 404, ...told }: Told): Exchange {
  return profile({
    ...told,
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    body: { ...NOT_FOUND, status, ...(body as object | undefined) },
  });
}

describe('an answer that the document describes', () => {
  it.each([
    ['a body', profile({})],
    ['a problem', problem({})],
    ['no body', profile({ method: 'DELETE', path: '/v1/contacts/grace', status: 204, body: '' })],
    ['one to HEAD', profile({ method: 'HEAD', body: '' })],
    ['one to a path that is no route', problem({ path: '/v1/nothing' })],
    [
      'a file beside the routes',
      profile({ path: '/docs/index.html', headers: { 'content-type': 'text/html' }, body: '<' }),
    ],
  ])('passes: %s', (_what, exchange) => {
    // A reply without a body has no type.
    if (exchange.status === 204) exchange.headers.delete('content-type');
    expect(mistakesIn(contract, exchange)).toEqual([]);
  });
});

describe('an answer that the document does not describe', () => {
  it.each([
    ['a field', profile({ body: { ...PROFILE, email: 'g@example' } }), /email/],
    ['a field within a list', list([{ ...SESSION, address: '::1' }]), /\/items\/0 .*address/],
    ['a missing field', profile({ body: { ...PROFILE, username: undefined } }), /required.*username/],
    ['another type', profile({ body: { ...PROFILE, displayName: 7 } }), /\/displayName must be string/],
    [
      'a value out of bounds',
      profile({ body: { ...PROFILE, username: 'G R A C E' } }),
      /\/username must match pattern/,
    ],
    [
      'a time without its zone',
      list([{ ...SESSION, createdAt: '2026-11-22T09:30:00' }]),
      /createdAt must match format/,
    ],
    ['a status', profile({ status: 202 }), /has no status 202/],
    ['a status of other routes', problem({ path: '/v1/auth/me' }), /has no status 404/],
    ['a code', problem({ body: { code: 'gone' } }), /has no code gone/],
    ['a code of other routes', problem({ status: 401, body: { code: 'invalid_credentials' } }), /no code invalid_cred/],
    ['a code of another status', problem({ body: { code: 'id_reused' } }), /has no code id_reused/],
    ['a problem that says another status', problem({ body: { status: 410 } }), /has the status 404 in its body/],
    ['a field of a problem', problem({ body: { stack: 'at …' } }), /stack/],
    ['a type', profile({ headers: { 'content-type': 'text/html' } }), /has no type text\/html/],
    ['a refusal that is no problem', problem({ headers: { 'content-type': 'application/json' } }), /has no type/],
    ['no JSON', profile({ body: '<html>' }), /is JSON/],
    [
      'a body where none belongs',
      profile({ method: 'DELETE', path: '/v1/contacts/grace', status: 204 }),
      /has no body/,
    ],
    ['a header', profile({ headers: { 'x-powered-by': 'us' } }), /has no header x-powered-by/],
    ['a cookie', profile({ headers: { 'set-cookie': 'a=b' } }), /has no header set-cookie/],
    ['another value of a header', profile({ headers: { 'cache-control': 'public' } }), /header cache-control/],
    ['a missing header', limited({}), /always has a header retry-after/],
    ['a header that says another time than the body', limited({ 'retry-after': '4' }), /the same in retry-after/],
    ['a page for a path that is no route', profile({ path: '/', headers: { 'content-type': 'text/html' } }), /no type/],
    ['a fault for a path that is no route', problem({ path: '/x', body: { code: 'internal' } }), /no code internal/],
  ])('is caught: %s', (_what, exchange, mistake) => {
    expect(mistakesIn(contract, exchange).join('\n')).toMatch(mistake);
  });
});

function list(items: readonly unknown[]): Exchange {
  return profile({ path: '/v1/auth/sessions', body: { items, nextCursor: null } });
}

function limited(headers: Record<string, string>): Exchange {
  const code = 'rate_limited';
  const retry = 'retry-after' in headers ? { retryAfterSeconds: 3 } : {};
  return problem({ status: 429, headers, body: { code, ...retry } });
}

describe('the client that all end-to-end tests use', () => {
  let server: Server;
  beforeAll(async () => {
    server = createServer((_request, reply: ServerResponse) => {
      reply.writeHead(200, { ...COMMON, 'content-type': 'application/json' });
      reply.end(JSON.stringify({ ...PROFILE, email: 'g@example' }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());

  it('throws at such an answer, and remembers it in case that nobody listens', async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(call({ url }, 'GET', '/v1/users/grace')).rejects.toThrow(/openapi.json says that GET .*email/);
    await call({ url }, 'GET', '/v1/users/grace').catch(() => undefined);
    expect(undocumentedAnswers()).toEqual([expect.stringMatching(/email/), expect.stringMatching(/email/)]);
  });
});

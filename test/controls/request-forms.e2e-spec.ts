import { call, TestRelay, TestUser } from '#testing';
import { exchange, request, type WireReply } from './raw-http.js';

const ORIGIN = 'https://app.example';
const relay = TestRelay.duringTests({ environment: { CORS_ORIGINS: ORIGIN } });

/** What no reply of the relay is without. */
const SECURED = {
  'cache-control': 'no-store',
  'content-security-policy': expect.stringContaining("default-src 'none'"),
  'content-type': 'application/problem+json; charset=utf-8',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'sealpost-protocol': '1',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
};

function expectProblem({ status, headers, text }: WireReply, expected: number): void {
  expect([status, headers]).toMatchObject([expected, SECURED]);
  expect(headers['content-length']).toBe(String(Buffer.byteLength(text)));
  expect(JSON.parse(text)).toEqual({
    type: 'urn:sealpost:problem:invalid_request',
    title: 'Request is not valid',
    status: expected,
    code: 'invalid_request',
    requestId: headers['x-request-id'],
  });
}

describe('what is no HTTP', () => {
  it.each([
    ['rubbish', 'rubbish\r\n\r\n'],
    ['noise', '\u0000\u0001\u0002\r\n\r\n'],
    ['another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['bytes of TLS', Buffer.from('16030100c8010000c40303', 'hex')],
    ['a line break in a header', 'GET / HTTP/1.1\r\nhost: x\r\na: b\rc\r\n\r\n'],
    ['two lengths', 'POST /v1/sync HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx'],
    [
      'a length and chunks',
      'POST /v1/sync HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a length that is none', 'POST /v1/sync HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n'],
    ['a version that is none', 'GET / HTTP/9.9\r\nhost: x\r\n\r\n'],
  ])('is refused with a problem document and all our headers: %s (C-25)', async (_what, bytes) => {
    expectProblem(await exchange(relay, bytes), 400);
  });

  it('is refused likewise when its headers are too long (C-25)', async () => {
    const headers = { 'x-long': 'x'.repeat(20_000) };
    expectProblem(await exchange(relay, request({ method: 'GET', target: '/health/live', headers })), 431);
  });

  it('does no harm to the requests of others', async () => {
    const pending = Array.from({ length: 50 }, () => exchange(relay, 'rubbish\r\n\r\n'));
    expect((await call(relay, 'GET', '/health/ready')).status).toBe(200);
    for (const reply of await Promise.all(pending)) expect(reply.status).toBe(400);
  });
});

describe('a URL that cannot be routed', () => {
  it.each(['/v1/%', '/v1/users/%ff', `/v1/users/${'a'.repeat(300)}`])(
    'is refused so that a page can read why: %s',
    async (target) => {
      const ask = (origin: string): Promise<WireReply> =>
        exchange(relay, request({ method: 'GET', target, headers: { origin } }));
      const { headers: ordinary } = await exchange(
        relay,
        request({ method: 'GET', target: '/nowhere', headers: { origin: ORIGIN } }),
      );
      const [known, unknown] = [await ask(ORIGIN), await ask('https://evil.example')];
      for (const reply of [known, unknown]) expectProblem(reply, 400);
      expect(corsOf(known.headers)).toEqual(corsOf(ordinary));
      expect(known.headers['access-control-allow-origin']).toBe(ORIGIN);
      expect(unknown.headers['access-control-allow-origin']).toBeUndefined();
    },
  );
});

const corsOf = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name === 'vary' || name.startsWith('access-control-')));

describe('a preflight', () => {
  it('is answered with the headers that every reply has', async () => {
    const headers = { origin: ORIGIN, 'access-control-request-method': 'PUT' };
    const reply = await exchange(relay, request({ method: 'OPTIONS', target: '/v1/keys/me', headers }));
    const { 'content-type': _type, ...secured } = SECURED;
    expect([reply.status, reply.text, reply.headers]).toMatchObject([
      204,
      '',
      {
        ...secured,
        'access-control-allow-origin': ORIGIN,
        'access-control-allow-methods': expect.stringContaining('PUT'),
      },
    ]);
  });
});

describe('an OPTIONS that is no preflight', () => {
  it.each(['/v1/auth/me', '/health/live', '/nowhere', '*', 'http://relay.example/health/live'])(
    'asks for nothing there is: %s (C-21)',
    async (target) => {
      const reply = await exchange(relay, request({ method: 'OPTIONS', target }));
      expect([reply.status, reply.headers]).toMatchObject([404, SECURED]);
      expect(JSON.parse(reply.text)).toMatchObject({ code: 'not_found' });
    },
  );
});

describe('a body', () => {
  it.each([
    'application/x-www-form-urlencoded',
    'application/x-www-form-urlencoded; charset=utf-8',
    'multipart/form-data; boundary=x',
    'text/plain',
    'application/xml',
    'application/jsonp',
    'application/octet-stream',
  ])('is JSON, or refused: %s', async (type) => {
    const user = await TestUser.register(relay);
    const headers = { 'content-type': type };
    const body = 'displayName=Eve&privacy=contacts';
    const reply = await call(relay, 'PATCH', '/v1/auth/me', { body, headers, token: user.token });
    expect([reply.status, reply.body.code]).toEqual([415, 'unsupported_media_type']);
    expect((await user.request('GET', '/auth/me')).body).toEqual(user.signedIn.account);
  });
});

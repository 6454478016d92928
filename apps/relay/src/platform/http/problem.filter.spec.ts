import { type ArgumentsHost, BadRequestException, HttpException, NotFoundException } from '@nestjs/common';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { Forbidden, RateLimited } from '../errors/refusal.js';
import { Log } from '../logging/log.js';
import { ProblemFilter } from './problem.filter.js';

const lines: string[] = [];
let server: FastifyInstance;
/** What the one route throws. */
let thrown: unknown;

beforeAll(() => {
  const log = new Log({ LOG_LEVEL: 'debug' }, { write: (line: string) => void lines.push(line) });
  const filter = new ProblemFilter(log, () => undefined);
  server = fastify({ genReqId: () => 'a-request', bodyLimit: 100 });
  server.setErrorHandler((error, request, reply) => filter.catch(error, hostOf(request, reply)));
  server.post('/route/:id', () => {
    throw thrown;
  });
});
afterAll(() => server.close());
beforeEach(() => {
  lines.splice(0);
  thrown = undefined;
});

function hostOf(request: FastifyRequest, reply: FastifyReply): ArgumentsHost {
  return { switchToHttp: () => ({ getRequest: () => request, getResponse: () => reply }) } as unknown as ArgumentsHost;
}

async function ask(payload: string | object = {}, headers: Record<string, string> = {}) {
  const reply = await server.inject({ method: 'POST', url: '/route/ada?x=grace', payload, headers });
  return { status: reply.statusCode, headers: reply.headers, body: reply.json<Record<string, unknown>>() };
}

describe('what leaves when a handler throws', () => {
  it('is a problem document that names the request', async () => {
    thrown = new Forbidden('Not you.');
    const { status, headers, body } = await ask();
    expect([status, headers['content-type']]).toEqual([403, expect.stringMatching(/^application\/problem\+json/)]);
    expect(body).toEqual({
      type: 'urn:sealpost:problem:forbidden',
      title: 'Not allowed',
      status: 403,
      code: 'forbidden',
      detail: 'Not you.',
      requestId: 'a-request',
    });
    expect(lines).toEqual([]);
  });

  it('says in the header, too, when to try again', async () => {
    thrown = new RateLimited(42);
    expect((await ask()).headers['retry-after']).toBe('42');
  });

  it.each([
    [new Error('relation "accounts" does not exist at /srv/sealpost')],
    [Object.assign(new Error('Key (username)=(ada) already exists.'), { code: '23505' })],
    [new HttpException('teapot of ada', 418)],
    [new HttpException({ secret: 'ada' }, 500)],
    [Object.assign(new Error('ada'), { statusCode: 599 })],
  ])('is "internal" and nothing more for a fault of ours (C-25): %s', async (fault) => {
    thrown = fault;
    const { status, body } = await ask();
    expect([status, body]).toEqual([
      500,
      {
        type: 'urn:sealpost:problem:internal',
        title: 'Internal error',
        status: 500,
        code: 'internal',
        requestId: 'a-request',
      },
    ]);
  });

  it('is logged when the fault is ours: by the route’s pattern, without what was asked for', async () => {
    thrown = new Error('Key (username)=(ada) already exists.');
    await ask();
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({
      level: 50,
      requestId: 'a-request',
      method: 'POST',
      route: '/route/:id',
    });
    expect(lines.join()).not.toMatch(/ada|grace/);
  });

  it.each([
    [new NotFoundException('Cannot GET /v1/users/ada'), 404, 'not_found'],
    [new BadRequestException('ada'), 400, 'invalid_request'],
    [new HttpException('x', 405), 405, 'method_not_allowed'],
    [new HttpException('x', 429), 429, 'rate_limited'],
    [new HttpException('x', 503), 503, 'unavailable'],
  ])('is the code that belongs to the framework’s own refusal, without its words', async (refusal, status, code) => {
    thrown = refusal;
    const { status: answered, body } = await ask();
    expect([answered, body.code, body.detail]).toEqual([status, code, undefined]);
    expect(lines).toEqual([]);
  });

  it('is 401 with the scheme to use, where the framework says so', async () => {
    thrown = new HttpException('x', 401);
    expect((await ask()).headers['www-authenticate']).toBe('Bearer');
  });
});

describe('what leaves when a body cannot even be read', () => {
  it.each([
    ['not JSON', '{"a":', { 'content-type': 'application/json' }, 400, 'invalid_request'],
    [
      'too large',
      JSON.stringify({ a: 'x'.repeat(200) }),
      { 'content-type': 'application/json' },
      413,
      'payload_too_large',
    ],
    ['of a type that nobody reads', '<a/>', { 'content-type': 'application/xml' }, 415, 'unsupported_media_type'],
    ['poisoned', '{"__proto__":{"admin":true}}', { 'content-type': 'application/json' }, 400, 'invalid_request'],
  ])('is a problem, too: %s', async (_what, payload, headers, status, code) => {
    const answer = await ask(payload, headers);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  });
});

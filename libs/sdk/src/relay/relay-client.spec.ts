import { isRetryable, RelayRefusal, RelayUnreachableError } from './relay.errors.js';
import { RelayClient } from './relay-client.js';

type Fetch = typeof fetch;

const answering = (fetched: Fetch): RelayClient => new RelayClient({ url: 'https://relay.example/', fetch: fetched });
const asked = (fetched: Fetch): Promise<unknown> =>
  answering(fetched)
    .callAnonymously((api) => api.GET('/v1/server'))
    .catch((error: unknown) => error);
const answer =
  (body: string | null, init?: ResponseInit): Fetch =>
  () =>
    Promise.resolve(new Response(body, init));

describe('what a relay answers', () => {
  it('is taken as its contract types it', async () => {
    const urls: string[] = [];
    const body = await asked((request) => {
      if (request instanceof Request) urls.push(request.url);
      return Promise.resolve(new Response('{"protocol":{"min":1,"max":1}}'));
    });
    expect([urls, body]).toEqual([['https://relay.example/v1/server'], { protocol: { min: 1, max: 1 } }]);
  });

  it('is a refusal with what it says, when it is a problem', async () => {
    const group = { generation: 1, epoch: 7 };
    const problem = {
      code: 'stale_epoch',
      status: 409,
      detail: 'too late',
      retryAfterSeconds: 3,
      currentVersion: 5,
      group,
    };
    const error = await asked(answer(JSON.stringify(problem), { status: 409 }));
    expect(error).toBeInstanceOf(RelayRefusal);
    expect(error).toMatchObject(problem);
  });

  it.each([
    [409, 'conflict', false],
    [418, 'invalid_request', false],
    [429, 'rate_limited', true],
    [500, 'internal', true],
  ])('is taken by its status %i when its code is not known', async (status, code, again) => {
    const error = await asked(answer('{"code":"of_tomorrow"}', { status }));
    expect([error instanceof RelayRefusal && error.code, isRetryable(error)]).toEqual([code, again]);
  });

  it.each([502, 503, 504])('is none when a proxy answers %i for it, and says when to come back', async (status) => {
    const error = await asked(answer('<html>', { status, headers: { 'retry-after': '9' } }));
    expect(error).toBeInstanceOf(RelayUnreachableError);
    expect([isRetryable(error), (error as RelayUnreachableError).retryAfterSeconds]).toEqual([true, 9]);
  });

  it('is none when nothing comes, when it breaks off, and when it leads elsewhere', async () => {
    const broken = new ReadableStream({ start: (stream) => stream.error(new Error('reset')) });
    const failures: Fetch[] = [
      () => Promise.reject(new TypeError('fetch failed')),
      () => Promise.resolve(new Response(broken)),
      (_request, init) => Promise.reject(new TypeError(init?.redirect)),
    ];
    for (const failure of failures) expect(await asked(failure)).toBeInstanceOf(RelayUnreachableError);
  });

  it('is waited for so long, and no longer', async () => {
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(AbortSignal.abort(new Error('too long')));
    const error = await asked((_request, init) => {
      init?.signal?.throwIfAborted();
      return Promise.resolve(new Response('{}'));
    });
    expect(timeout).toHaveBeenCalledWith(30_000);
    expect(error).toBeInstanceOf(RelayUnreachableError);
    timeout.mockRestore();
  });

  it('is not asked for without a session where one is needed', async () => {
    const relay = answering(() => Promise.reject(new Error('it was asked')));
    await expect(relay.call((api) => api.GET('/v1/devices'))).rejects.toMatchObject({ code: 'invalid_token' });
  });
});

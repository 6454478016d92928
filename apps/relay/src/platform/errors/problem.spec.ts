import { ERROR_CODES } from '#protocol';
import { PROBLEMS, problemOf, problemOfRefusal } from './problem.js';
import { Forbidden, InvalidRequest, NotFound, RateLimited, Unavailable } from './refusal.js';

describe('a problem', () => {
  it('exists for every code, with a status that says who is at fault', () => {
    expect(Object.keys(PROBLEMS).sort()).toEqual([...ERROR_CODES].sort());
    const ours = ERROR_CODES.filter((code) => PROBLEMS[code].status >= 500);
    expect(ours).toEqual(['internal', 'storage_full', 'unavailable']);
  });

  it('has a title of its own for each code, and a type that never changes', () => {
    expect(new Set(ERROR_CODES.map((code) => PROBLEMS[code].title)).size).toBe(ERROR_CODES.length);
    expect(problemOf('not_found')).toEqual({
      type: 'urn:sealpost:problem:not_found',
      title: 'Not found',
      status: 404,
      code: 'not_found',
    });
  });

  it.each([
    [
      new NotFound('message'),
      { code: 'not_found', status: 404, detail: 'There is no such message, or it is not yours to see.' },
    ],
    [new Forbidden('No.'), { code: 'forbidden', status: 403, detail: 'No.' }],
    [new RateLimited(7), { code: 'rate_limited', status: 429, retryAfterSeconds: 7 }],
    [new Unavailable(), { code: 'unavailable', status: 503, retryAfterSeconds: 1 }],
    [
      new InvalidRequest([{ path: '/x', message: 'is odd' }]),
      { status: 400, errors: [{ path: '/x', message: 'is odd' }] },
    ],
  ])('of a refusal says what the refusal says', (refusal, expected) => {
    expect(problemOfRefusal(refusal)).toMatchObject(expected);
  });

  it('has no field for what a refusal leaves open', () => {
    expect(Object.keys(problemOfRefusal(new Forbidden('No.')) ?? {}).sort()).toEqual([
      'code',
      'detail',
      'status',
      'title',
      'type',
    ]);
  });

  it('never shows the cause', () => {
    const refusal = Object.assign(new Unavailable(), { cause: new Error('postgres://app:swordfish@db') });
    expect(JSON.stringify(problemOfRefusal(refusal))).not.toContain('swordfish');
  });

  it.each([[new Error('x')], [{ code: 'not_found' }], ['not_found'], [undefined], [null]])(
    'is none for what is no refusal: %p',
    (thrown) => {
      expect(problemOfRefusal(thrown)).toBeUndefined();
    },
  );
});

import { InvalidRequest } from '../errors/refusal.js';
import { decodeCursor, encodeCursor, limitOf, PageQuery, pageOf } from './page.js';
import { assertShape } from './shape-validator.js';

const ID = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11';

describe('a cursor', () => {
  it('reads back as the sort key it was made of', () => {
    expect(decodeCursor(encodeCursor([1_790_000_000_000, ID]), ['seq', 'uuid'])).toEqual([1_790_000_000_000, ID]);
    expect(decodeCursor(encodeCursor([3]), ['version'])).toEqual([3]);
    expect(decodeCursor(encodeCursor(['ada']), ['username'])).toEqual(['ada']);
  });

  it('is absent on the first page', () => {
    expect(decodeCursor(undefined, ['seq'])).toBeUndefined();
  });

  it.each([
    ['no JSON', Buffer.from('hello').toString('base64url')],
    ['an object', Buffer.from('{"0":1}').toString('base64url')],
    ['too few parts', encodeCursor([1])],
    ['too many parts', encodeCursor([1, ID, 2])],
    ['parts of another list', encodeCursor([ID, 1])],
    ['a negative position', encodeCursor([-1, ID])],
    ['a fraction', encodeCursor([1.5, ID])],
    ['a number beyond exactness', encodeCursor([2 ** 60, ID])],
    ['text that only contains an id', encodeCursor([1, `${ID}'; --`])],
    ['a list where an id belongs', Buffer.from(JSON.stringify([1, [ID]])).toString('base64url')],
  ])('is refused when it is %s', (_what, cursor) => {
    expect(() => decodeCursor(cursor, ['seq', 'uuid'])).toThrow(InvalidRequest);
  });

  it.each([
    ['version', 2 ** 31],
    ['time', 8_640_000_000_000_001],
    ['username', 'A b'],
    ['username', 'ada\n'],
  ] as const)('never carries a %s that its column cannot hold', (part, value) => {
    expect(() => decodeCursor(encodeCursor([value]), [part])).toThrow(InvalidRequest);
  });
});

describe('a page', () => {
  const sortKey = (row: number): number[] => [row];

  it('names the next one only when a row too many was read', () => {
    expect(pageOf([1, 2, 3], 2, sortKey)).toEqual({ items: [1, 2], nextCursor: encodeCursor([2]) });
    expect(pageOf([1, 2], 2, sortKey)).toEqual({ items: [1, 2], nextCursor: null });
    expect(pageOf([], 2, sortKey)).toEqual({ items: [], nextCursor: null });
  });

  it('has 50 items unless another limit is asked for', () => {
    expect(limitOf({})).toBe(50);
    expect(limitOf({ limit: 7 })).toBe(7);
  });

  it.each(['0', '-1', '201', '1e9', '1.5', 'all', ''])('refuses limit=%s', (limit) => {
    expect(() => assertShape(PageQuery, { limit }, 'query')).toThrow(InvalidRequest);
  });

  it('takes the largest limit', () => {
    const query = { limit: '200' };
    assertShape(PageQuery, query, 'query');
    expect(query).toEqual({ limit: 200 });
  });
});

import { rangeOf } from './byte-range.js';

describe('a range of 1000 bytes', () => {
  it.each([
    ['bytes=0-0', { from: 0, to: 0 }],
    ['bytes=0-999', { from: 0, to: 999 }],
    ['bytes=10-', { from: 10, to: 999 }],
    ['bytes=990-5000', { from: 990, to: 999 }],
    ['bytes=-1', { from: 999, to: 999 }],
    ['bytes=-5000', { from: 0, to: 999 }],
    ['BYTES= 1-2 ', { from: 1, to: 2 }],
  ])('%s has some of them', (header, expected) => {
    expect(rangeOf(header, 1_000)).toEqual(expected);
  });

  it.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0', 'bytes=999999999999999-'])('%s has none of them', (header) => {
    expect(rangeOf(header, 1_000)).toBe('none');
  });

  it.each([
    undefined,
    '',
    'bytes',
    'bytes=',
    'bytes=-',
    'bytes=5-4',
    'bytes=0-1,3-4',
    'bytes=a-b',
    'bytes=-1-2',
    'bytes=0x1-2',
    'bytes=1e3-',
    'lines=0-1',
    `bytes=${'9'.repeat(16)}-`,
    'bytes=0-1\u00a0',
  ])('%p is no range', (header) => {
    expect(rangeOf(header, 1_000)).toBeUndefined();
  });
});

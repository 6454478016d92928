import { clockText, sizeIn } from './file-words.js';

describe('a file in words', () => {
  it.each([
    [0, 0, 'byte'],
    [999, 999, 'byte'],
    [1_000, 1, 'kilobyte'],
    [2_400_000, 2.4, 'megabyte'],
    [1_000_000_000, 1, 'gigabyte'],
    [5e15, 5e6, 'gigabyte'],
  ])('has a size in the largest unit: %d bytes', (bytes, value, unit) => {
    expect(sizeIn(bytes)).toEqual({ value, unit });
  });

  it.each([
    [0, '0:00'],
    [7_400, '0:07'],
    [61_000, '1:01'],
    [3_600_000, '60:00'],
  ])('has a length as on a clock: %d ms', (ms, text) => {
    expect(clockText(ms)).toBe(text);
  });
});

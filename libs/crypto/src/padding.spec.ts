import { Seeded } from '#testing';
import { MAX_CONTENT_BYTES, pad, PADDED_BYTES, paddedFileBytes, unpad } from './padding.js';

describe('padding (C-35)', () => {
  it('gives ten thousand contents of any size at most twelve lengths, and each of them back', () => {
    const random = Seeded.announced('padding');
    const lengths = new Set<number>();
    for (let n = 0; n < 10_000; n++) {
      // Sizes of every order, or most would be long.
      const content = new Uint8Array(random.between(0, random.pick([64, 1_000, 10_000, MAX_CONTENT_BYTES]))).fill(
        n % 256,
      );
      const padded = pad(content);
      lengths.add(padded.length);
      expect(Buffer.from(unpad(padded)).equals(content)).toBe(true);
    }
    expect(lengths.size).toBeLessThanOrEqual(12);
    expect([...lengths].every((length) => PADDED_BYTES.includes(length))).toBe(true);
  });

  it('leaves room for its own end at every border', () => {
    for (const length of PADDED_BYTES) {
      expect(pad(new Uint8Array(length - 1))).toHaveLength(length);
      if (length <= MAX_CONTENT_BYTES) expect(pad(new Uint8Array(length)).length).toBeGreaterThan(length);
    }
  });

  it('refuses what is longer than a message', () => {
    expect(() => pad(new Uint8Array(MAX_CONTENT_BYTES + 1))).toThrow(expect.objectContaining({ code: 'too_long' }));
  });

  const content = Uint8Array.of(1, 2, 3);
  const changed: [string, Uint8Array][] = [
    ['nothing', new Uint8Array()],
    ['zeros', new Uint8Array(256)],
    ['another end', pad(content).with(3, 0x81)],
    ['something after its end', pad(content).with(200, 1)],
    ['a length that is none', pad(content).subarray(0, 255)],
    ['a longer length than it needs', Uint8Array.from([...pad(content), ...new Uint8Array(256)])],
  ];
  it.each(changed)('takes nothing off %s', (_what, padded) => {
    expect(() => unpad(padded)).toThrow(expect.objectContaining({ name: 'CryptoError', code: 'not_padded' }));
  });
});

describe('the length to which a file is padded (C-35)', () => {
  const KIB = 1024;
  const GIB = KIB ** 3;

  it('is for ten thousand sizes at most 5 % more, and never less', () => {
    const random = Seeded.announced('padding of files');
    const sizes = Array.from({ length: 10_000 }, () =>
      Math.max(KIB, Math.floor(2 ** (random.between(0, 40_000) / 1_000))),
    );
    const isPadded = (bytes: number): boolean => {
      const padded = paddedFileBytes(bytes);
      // Padded once, it stays as long.
      return padded >= bytes && padded <= bytes * 1.05 && paddedFileBytes(padded) === padded;
    };
    expect(sizes.filter((bytes) => !isPadded(bytes))).toEqual([]);
  });

  it('is a kibibyte for all that is shorter', () => {
    for (const bytes of [0, 1, 100, KIB - 1, KIB]) expect(paddedFileBytes(bytes)).toBe(KIB);
    expect(paddedFileBytes(KIB + 1)).toBe(KIB + 32);
  });

  it('tells a file of up to a gibibyte apart from few others', () => {
    const lengths = new Set<number>();
    for (let bytes = KIB; bytes <= GIB; bytes = paddedFileBytes(bytes) + 1) lengths.add(paddedFileBytes(bytes));
    expect(lengths.size).toBeLessThanOrEqual(20 * 32 + 2);
  });

  it('never falls as files grow, at the borders neither', () => {
    for (let exponent = 10; exponent < 50; exponent++) {
      const around = [-1, 0, 1].map((more) => paddedFileBytes(2 ** exponent + more));
      expect(around).toEqual([...around].sort((one, other) => one - other));
      expect(around[1]).toBe(2 ** exponent);
    }
  });
});

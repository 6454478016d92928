import { Seeded, TlsWriter } from '#testing';
import { outcome } from './malformed.fixture.js';
import { MalformedMlsError, TlsReader } from './tls-reader.js';

const reading = (bytes: Uint8Array | readonly number[]): TlsReader => new TlsReader(Uint8Array.from(bytes));

describe('the presentation language', () => {
  it('is read as it was written', () => {
    const bytes = new TlsWriter()
      .uint8(255)
      .uint16(65_535)
      .uint32(4_294_967_295)
      .uint64(2n ** 64n - 1n)
      .opaque(Buffer.from('sealed'))
      .vector([1, 2, 3], (writer, item) => writer.uint16(item))
      .optional(7, (writer, item) => writer.uint8(item))
      .optional(undefined, () => undefined)
      .bytes();
    const reader = reading(bytes);
    expect([reader.uint8(), reader.uint16(), reader.uint32(), reader.uint64()]).toEqual([
      255,
      65_535,
      4_294_967_295,
      2n ** 64n - 1n,
    ]);
    expect(Buffer.from(reader.opaque()).toString()).toBe('sealed');
    expect(reader.vector((inner) => inner.uint16())).toEqual([1, 2, 3]);
    expect(reader.optional((inner) => inner.uint8())).toBe(7);
    expect(reader.optional((inner) => inner.uint8())).toBeUndefined();
    expect(reader.isAtEnd).toBe(true);
    reader.end();
  });

  it('is read from the middle of a larger buffer, and as views into it', () => {
    const large = Buffer.from([9, 9, 2, 7, 8, 9]);
    const opaque = new TlsReader(large.subarray(2, 5)).opaque();
    large[3] = 1;
    expect([...opaque]).toEqual([1, 8]);
  });

  it.each([0, 1, 63, 64, 16_383, 16_384, 70_000])('has lengths as short as can be: %i bytes', (length) => {
    const bytes = new TlsWriter().opaque(Buffer.alloc(length, 7)).bytes();
    expect(bytes.length - length).toBe(length < 64 ? 1 : length < 16_384 ? 2 : 4);
    expect(reading(bytes).opaque()).toHaveLength(length);
  });

  it.each([
    ['one byte in two', [0x40, 0x3f], 63],
    ['nothing in two', [0x40, 0x00], 0],
    ['two bytes in four', [0x80, 0x00, 0x3f, 0xff], 16_383],
    ['nothing in four', [0x80, 0x00, 0x00, 0x00], 0],
    ['a length of eight bytes', [0xc0, 0, 0, 0, 0, 0, 0, 1], 1],
    ['a prefix of ones', [0xff], 63],
  ])('has no length that is longer than need be, nor of another form: %s', (_what, length, count) => {
    const bytes = [...length, ...Array<number>(count).fill(7)];
    expect(() => reading(bytes).opaque()).toThrow(MalformedMlsError);
    expect(() => reading(bytes).vector((inner) => inner.uint8())).toThrow(MalformedMlsError);
  });

  it('ends where it ends', () => {
    const reads: ((reader: TlsReader) => unknown)[] = [
      (reader) => reader.uint8(),
      (reader) => reader.uint16(),
      (reader) => reader.uint32(),
      (reader) => reader.uint64(),
      (reader) => reader.opaque(),
      (reader) => reader.optional((inner) => inner.uint8()),
      (reader) => reader.vector((inner) => inner.uint8()),
    ];
    for (const read of reads) expect(() => read(reading([]))).toThrow(MalformedMlsError);
    for (const bytes of [[1], [0x40], [0x40, 0x40], [0x80, 0, 0x40], [0x80, 0, 0x40, 0], [0xbf, 0xff, 0xff, 0xff]])
      expect(() => reading(bytes).opaque()).toThrow(MalformedMlsError);
    expect(() => reading([1]).uint16()).toThrow(MalformedMlsError);
    expect(() => {
      reading([1]).end();
    }).toThrow(MalformedMlsError);
  });

  it('has items whole within their vector, whatever follows it', () => {
    expect(() => reading([3, 0, 1, 0, 2]).vector((inner) => inner.uint16())).toThrow(MalformedMlsError);
    expect(() => reading([2, 5, 1, 2, 3, 4, 5]).vector((inner) => inner.opaque())).toThrow(MalformedMlsError);
  });

  it('has optionals that are there or not', () => {
    for (const present of [2, 128, 255])
      expect(() => reading([present, 7]).optional((inner) => inner.uint8())).toThrow(MalformedMlsError);
  });

  it('is read or refused, however random the bytes are', () => {
    const seeded = Seeded.announced('random TLS');
    const read = (bytes: Uint8Array): void => {
      const reader = new TlsReader(bytes);
      reader.vector((inner) => inner.optional((one) => one.opaque()));
      reader.end();
    };
    const outcomes = Array.from({ length: 2_000 }, () => outcome(read, seeded.bytes(seeded.between(0, 40))));
    expect(outcomes).toContain('refused');
  });
});

describe('what is malformed', () => {
  it('is said to be so in words that hold none of it', () => {
    expect(new MalformedMlsError('bytes follow').message).toBe(
      'This is no MLS message as RFC 9420 has them: bytes follow.',
    );
  });
});

import { bigintArray, byteaArray, uuidArray } from './binary-arrays.js';

const HEADER = (oid: number, length: number, hasNulls = 0) => {
  const header = Buffer.alloc(20);
  header.writeInt32BE(1, 0);
  header.writeInt32BE(hasNulls, 4);
  header.writeInt32BE(oid, 8);
  header.writeInt32BE(length, 12);
  header.writeInt32BE(1, 16);
  return header.toString('hex');
};

describe('binary arrays', () => {
  it('encode UUIDs as 16 bytes each', () => {
    expect(uuidArray(['0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11']).toString('hex')).toBe(
      `${HEADER(2950, 1)}000000100198c5a03f4e7d3a8b581f7f2a6c0d11`,
    );
  });

  it('encode byte strings with their lengths, empty ones too', () => {
    expect(byteaArray([Buffer.from('ab'), Buffer.alloc(0)]).toString('hex')).toBe(
      `${HEADER(17, 2)}00000002616200000000`,
    );
  });

  it('encode integers as 8 bytes each', () => {
    expect(bigintArray([1, -1]).toString('hex')).toBe(
      `${HEADER(20, 2)}000000080000000000000001` + '00000008ffffffffffffffff',
    );
  });

  it('encode null as NULL, and say in front that there is one', () => {
    expect(bigintArray([null, 7, null]).toString('hex')).toBe(
      `${HEADER(20, 3, 1)}ffffffff` + '000000080000000000000007' + 'ffffffff',
    );
    expect(bigintArray([null]).toString('hex')).toBe(`${HEADER(20, 1, 1)}ffffffff`);
  });

  it.each([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 32, 2 ** 31, -(2 ** 32) - 1])(
    'encode %d like a 64-bit integer of the machine',
    (value) => {
      expect(bigintArray([value]).readBigInt64BE(24)).toBe(BigInt(value));
    },
  );

  it('encode nothing as an empty array', () => {
    expect(uuidArray([]).toString('hex')).toBe(HEADER(2950, 0));
  });
});

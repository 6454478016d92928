import { bitsTurned } from '#testing';
import { type Identity, safetyNumber } from './safety-number.js';

// The public keys of RFC 8032 §7.1, tests 1 and 2.
const ada: Identity = {
  accountId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11',
  publicKey: Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex'),
};
const bob: Identity = {
  accountId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d12',
  publicKey: Buffer.from('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', 'hex'),
};

describe('a safety number', () => {
  it('is the one that another implementation computes, from either side', async () => {
    // Computed in Python: no release may change it, or people would think that their keys had.
    const number = '52655 86963 29141 17192 34759 18276 79324 06178 54989 63607 80074 10851';
    expect(await safetyNumber(ada, bob)).toBe(number);
    expect(await safetyNumber(bob, ada)).toBe(number);
  });

  it('is another one for any other key or account', async () => {
    const others = [
      bob,
      { ...bob, accountId: ada.accountId },
      ...bitsTurned(bob.publicKey).map((publicKey) => ({ ...bob, publicKey })),
    ];
    const numbers = await Promise.all(others.map((other) => safetyNumber(ada, other)));
    expect(new Set(numbers).size).toBe(others.length);
    expect(numbers.every((number) => /^(\d{5} ){11}\d{5}$/.test(number))).toBe(true);
  });
});

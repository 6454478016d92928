import { keyPackageBytes } from '#testing';
import { readKeyPackage } from './key-package.js';

const draft = {
  identity: { accountId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11', deviceId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d21' },
  signatureKey: Buffer.alloc(32, 7),
  notBefore: 1_795_338_000,
  notAfter: 1_795_338_000 + 90 * 86_400,
};
describe('a key package', () => {
  it('is read', () => {
    expect(readKeyPackage(keyPackageBytes(draft))).toMatchObject({ suite: 83 });
  });
});

import { type KeyPackageDraft, keyPackageBytes, leafNodeBytes, mlsMessages, TlsWriter } from '#testing';
import { readKeyPackage } from './key-package.js';
import { beginningsRead, outcome, readEverything } from './malformed.fixture.js';
import { MLS_SUITES } from './mls-suites.js';
import { MalformedMlsError } from './tls-reader.js';

const identity = {
  accountId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11',
  deviceId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d21',
};
const short = Buffer.alloc(32, 5);
const draft: KeyPackageDraft = {
  identity,
  signatureKey: Buffer.alloc(32, 7),
  notBefore: 1_795_338_000,
  notAfter: 1_795_338_000 + 90 * 86_400,
  encryptionKey: short,
  initKey: short,
};

describe('a key package', () => {
  it.each(Object.values(MLS_SUITES))('of suite %i says whose it is and how long it is good', (suite) => {
    const { leaf, ...header } = readKeyPackage(keyPackageBytes({ ...draft, suite }));
    expect(header).toEqual({ suite, notBefore: 1_795_338_000n, notAfter: 1_803_114_000n });
    expect([leaf.identity, Buffer.from(leaf.signatureKey)]).toEqual([identity, draft.signatureKey]);
  });

  it('is read with real keys, whose lengths take two bytes', () => {
    const { initKey: _init, encryptionKey: _encryption, ...real } = draft;
    const bytes = keyPackageBytes(real);
    expect([bytes.length > 2_500, bytes.length < 3_000]).toEqual([true, true]);
    expect(readKeyPackage(bytes).leaf.identity).toEqual(identity);
  });

  it('has a lifetime as large as can be', () => {
    const bytes = keyPackageBytes(draft);
    const notBefore = Buffer.alloc(8);
    notBefore.writeBigUInt64BE(1_795_338_000n);
    const at = bytes.indexOf(notBefore);
    bytes.fill(0xff, at, at + 16);
    expect(readKeyPackage(bytes)).toMatchObject({ notBefore: 2n ** 64n - 1n, notAfter: 2n ** 64n - 1n });
  });

  it('is none before its end, nor with more behind it', () => {
    const bytes = keyPackageBytes(draft);
    expect(beginningsRead(readKeyPackage, bytes)).toBe(0);
    expect(outcome(readKeyPackage, Buffer.concat([bytes, Buffer.alloc(1)]))).toBe('refused');
  });

  it('is read or refused with any bit turned, any part gone, and of random bytes', () => {
    expect(readEverything('random key packages', readKeyPackage, keyPackageBytes(draft))).toBeGreaterThan(1_000);
  });

  it('is of version 1.0', () => {
    const bytes = keyPackageBytes(draft);
    for (const version of [0, 2, 256]) {
      bytes.writeUInt16BE(version);
      expect(outcome(readKeyPackage, bytes)).toBe('refused');
    }
  });

  it('has a leaf that comes from a key package, and so a lifetime', () => {
    const leaf = { identity, signatureKey: draft.signatureKey, encryptionKey: short };
    for (const source of [{ kind: 'update' }, { kind: 'commit' }] as const) {
      const bytes = new TlsWriter()
        .uint16(1)
        .uint16(83)
        .opaque(short)
        .raw(leafNodeBytes({ ...leaf, source }));
      expect(outcome(readKeyPackage, bytes.opaque(short).opaque(short).bytes())).toBe('refused');
    }
  });

  it('names a device by a basic credential', () => {
    const bytes = keyPackageBytes(draft);
    // Behind its kind, its length, and the length of the label.
    const credential = bytes.indexOf('sealpost device 1') - 8;
    expect(bytes.readUInt16BE(credential)).toBe(1);
    const [x509, unlabelled] = [Buffer.from(bytes), Buffer.from(bytes)];
    x509.writeUInt16BE(2, credential);
    unlabelled.write('sealpost device 2', credential + 8);
    for (const one of [x509, unlabelled]) expect(() => readKeyPackage(one)).toThrow(MalformedMlsError);
  });

  it('of the working group names no device of ours, and is refused as malformed', () => {
    for (const { mls_key_package: message } of mlsMessages())
      expect(() => readKeyPackage(message!.subarray(4))).toThrow('a credential names no device');
  });
});

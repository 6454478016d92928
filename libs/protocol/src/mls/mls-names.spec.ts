import { Seeded } from '#testing';
import { canonicalBytes } from '../canonical.js';
import { deviceIdentityBytes, groupIdBytes, readDeviceIdentity, readGroupId, readUuid } from './mls-names.js';

const [ONE, OTHER] = ['0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11', '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d21'];
const device = { accountId: ONE, deviceId: OTHER };
const group = { conversationId: ONE, generation: 3 };

const isRead = (read: (bytes: Uint8Array) => unknown, bytes: Uint8Array): boolean => read(bytes) !== undefined;

describe('the name of a device', () => {
  it('is read as it was written', () => {
    expect(readDeviceIdentity(deviceIdentityBytes(device))).toEqual(device);
  });

  it.each([
    ['one field', ['sealpost device 1', ONE]],
    ['three fields', ['sealpost device 1', ONE, OTHER, OTHER]],
    ['another label', ['sealpost device 2', ONE, OTHER]],
    ['capitals', ['sealpost device 1', ONE.toUpperCase(), OTHER]],
    ['a space', ['sealpost device 1', ONE, `${OTHER} `]],
    ['no id', ['sealpost device 1', ONE, '']],
  ])('is none with %s', (_what, [label, ...fields]) => {
    expect(readDeviceIdentity(canonicalBytes(label!, fields))).toBeUndefined();
  });
});

describe('the name of a group', () => {
  it.each([1, 3, Number.MAX_SAFE_INTEGER])('is read as it was written, in generation %d', (generation) => {
    expect(readGroupId(groupIdBytes({ ...group, generation }))).toEqual({ ...group, generation });
  });

  it.each([
    ['generation 0', ['sealpost group 1', ONE, 0]],
    ['a generation below', ['sealpost group 1', ONE, -1]],
    ['a generation with a zero before it', ['sealpost group 1', ONE, '01']],
    ['a generation beyond all', ['sealpost group 1', ONE, '9007199254740992']],
    ['no generation', ['sealpost group 1', ONE]],
    ['more behind it', ['sealpost group 1', ONE, 1, 1]],
    ['no conversation', ['sealpost group 1', 'general', 1]],
    ['another label', ['sealpost group 2', ONE, 1]],
  ] as const)('is none with %s', (_what, [label, ...fields]) => {
    expect(readGroupId(canonicalBytes(label, fields))).toBeUndefined();
  });
});

describe('names', () => {
  it.each([
    ['a device', readDeviceIdentity, deviceIdentityBytes(device)],
    ['a group', readGroupId, groupIdBytes(group)],
  ] as const)('of %s are none before their end, nor with more behind them', (_what, read, bytes) => {
    for (let length = 0; length < bytes.length; length++) expect(read(bytes.subarray(0, length))).toBeUndefined();
    for (const more of [1, 4, 8]) expect(isRead(read, Buffer.concat([bytes, Buffer.alloc(more)]))).toBe(false);
  });

  it('are never read in random bytes, which are refused without a throw', () => {
    const seeded = Seeded.announced('random names');
    for (let round = 0; round < 1_000; round++) {
      const bytes = seeded.bytes(seeded.between(0, 120));
      for (const read of [readDeviceIdentity, readGroupId, readUuid]) expect(isRead(read, bytes)).toBe(false);
    }
  });
});

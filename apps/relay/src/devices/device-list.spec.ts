import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type AccountId, type DeviceId, type DeviceList, deviceListBytes } from '#protocol';
import {
  demandNextList,
  type DeviceListSituation,
  devicesLeftBehind,
  isSameList,
  type SignedDeviceList,
} from './device-list.js';

const ACCOUNT = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11' as AccountId;
const [LAPTOP, PHONE] = [
  '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d21',
  '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d22',
] as DeviceId[] as [DeviceId, DeviceId];

function newKey(): { publicKey: Buffer; privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { publicKey: publicKey.export({ type: 'spki', format: 'der' }).subarray(-32), privateKey };
}

const key = newKey();
const deviceOf = (deviceId: DeviceId, fill = 7) => ({ deviceId, mlsSigningKey: Buffer.alloc(32, fill), addedAtMs: 1 });

function signed(list: DeviceList, by = key.privateKey): SignedDeviceList {
  const body = Buffer.from(deviceListBytes(list));
  return { list, body, signature: sign(null, body, by) };
}

const first = signed({
  accountId: ACCOUNT,
  version: 1,
  keyVersion: 1,
  prevHash: Buffer.alloc(32),
  devices: [deviceOf(LAPTOP)],
});
const second = signed({
  ...first.list,
  version: 2,
  prevHash: createHash('sha256').update(first.body).digest(),
  devices: [deviceOf(LAPTOP), deviceOf(PHONE)],
});

const before: DeviceListSituation = {
  accountId: ACCOUNT,
  current: undefined,
  identityKey: { algorithm: 'ed25519', publicKey: key.publicKey, version: 1 },
  liveDevices: [LAPTOP, PHONE],
};
const after: DeviceListSituation = { ...before, current: { ...first, createdAt: new Date(0) } };

const codeOf = (list: SignedDeviceList, situation: DeviceListSituation): string => {
  try {
    demandNextList(list, situation);
    return 'taken';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('the next list of devices', () => {
  it('is taken when it follows, is signed, and names live devices', () => {
    expect([codeOf(first, before), codeOf(second, after)]).toEqual(['taken', 'taken']);
    expect(codeOf(signed({ ...second.list, devices: [] }), after)).toBe('taken');
  });

  it('is stale when another list or key is current', () => {
    const { list } = second;
    expect([codeOf(first, after), codeOf(second, before)]).toEqual(['stale_version', 'stale_version']);
    for (const change of [{ version: 3 }, { prevHash: Buffer.alloc(32) }, { keyVersion: 2 }])
      expect(codeOf(signed({ ...list, ...change }), after)).toBe('stale_version');
    expect(codeOf(first, { ...before, identityKey: undefined })).toBe('stale_version');
  });

  it('is signed by the current key, which is one that signs, over these very bytes', () => {
    expect(codeOf(signed(second.list, newKey().privateKey), after)).toBe('invalid_signature');
    expect(codeOf({ ...second, signature: first.signature }, after)).toBe('invalid_signature');
    const identityKey = { algorithm: 'x25519', publicKey: key.publicKey, version: 1 } as const;
    expect(codeOf(second, { ...after, identityKey })).toBe('invalid_signature');
  });

  it('is of this account and its live devices', () => {
    expect(codeOf(signed({ ...second.list, accountId: PHONE }), after)).toBe('invalid_request');
    expect(codeOf(second, { ...after, liveDevices: [LAPTOP] })).toBe('invalid_request');
  });

  it('is the current one only with its bytes and its signature', () => {
    expect(isSameList(first, { ...first })).toBe(true);
    expect(isSameList(first, undefined)).toBe(false);
    expect(isSameList({ ...first, signature: second.signature }, first)).toBe(false);
    expect(isSameList({ ...first, body: second.body }, first)).toBe(false);
  });
});

describe('the devices left behind by a list', () => {
  it('are those that are gone, and those that sign with another key', () => {
    expect(devicesLeftBehind(undefined, first.list)).toEqual([]);
    expect(devicesLeftBehind(first.list, second.list)).toEqual([]);
    expect(devicesLeftBehind(second.list, first.list)).toEqual([PHONE]);
    expect(devicesLeftBehind(first.list, { ...first.list, devices: [deviceOf(LAPTOP, 8)] })).toEqual([LAPTOP]);
  });
});

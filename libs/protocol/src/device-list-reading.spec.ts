import { bitsTurned, Seeded } from '#testing';
import { canonicalBytes } from './canonical.js';
import { type DeviceList, deviceListBytes, readDeviceList } from './device-list.js';

const laptop = {
  deviceId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d21',
  mlsSigningKey: Buffer.alloc(32, 7),
  addedAtMs: 1_795_338_000_000,
};
const phone = { ...laptop, deviceId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d22', addedAtMs: 0 };
const first: DeviceList = {
  accountId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11',
  version: 1,
  keyVersion: 1,
  prevHash: Buffer.alloc(32),
  devices: [laptop],
};
const second: DeviceList = {
  ...first,
  version: 2,
  keyVersion: 3,
  prevHash: Buffer.alloc(32, 9),
  devices: [laptop, phone],
};

const plain = (list: DeviceList | undefined): unknown =>
  list && {
    ...list,
    prevHash: Buffer.from(list.prevHash),
    devices: list.devices.map((device) => ({ ...device, mlsSigningKey: Buffer.from(device.mlsSigningKey) })),
  };

describe('reading a list of devices', () => {
  it.each([
    ['one', first],
    ['two', second],
    ['no', { ...first, devices: [] }],
  ])('gives back what was written of %s devices', (_count, list) => {
    expect(plain(readDeviceList(deviceListBytes(list)))).toEqual(plain(list));
  });

  const odd: [string, DeviceList][] = [
    ['version 0', { ...first, version: 0 }],
    ['a version that is no whole number', { ...first, version: 1.5 }],
    ['a version beyond all whole numbers', { ...first, version: 2 ** 53 }],
    ['a key version 0', { ...first, keyVersion: 0 }],
    ['an account id in capitals', { ...first, accountId: first.accountId.toUpperCase() }],
    ['a short hash', { ...first, prevHash: Buffer.alloc(31) }],
    ['a device id that is none', { ...first, devices: [{ ...laptop, deviceId: 'laptop' }] }],
    ['a long signing key', { ...first, devices: [{ ...laptop, mlsSigningKey: Buffer.alloc(33) }] }],
    ['a device from before the epoch', { ...first, devices: [{ ...laptop, addedAtMs: -1 }] }],
    ['devices out of order', { ...second, devices: [phone, laptop] }],
    ['a device twice', { ...second, devices: [laptop, laptop] }],
  ];
  it.each(odd)('refuses %s', (_what, list) => {
    expect(readDeviceList(deviceListBytes(list))).toBeUndefined();
  });

  it('refuses another count of devices than there are, and another label', () => {
    const head = [first.accountId, 1, 1, first.prevHash];
    const device = [laptop.deviceId, laptop.mlsSigningKey, laptop.addedAtMs];
    const written = canonicalBytes('sealpost device list 1', [...head, 1, ...device]);
    expect(Buffer.from(written)).toEqual(Buffer.from(deviceListBytes(first)));
    for (const count of [0, 2, '01', '', -1])
      expect(readDeviceList(canonicalBytes('sealpost device list 1', [...head, count, ...device]))).toBeUndefined();
    expect(readDeviceList(canonicalBytes('sealpost device list 2', [...head, 1, ...device]))).toBeUndefined();
    expect(readDeviceList(canonicalBytes('sealpost device list 1', [...head, 1]))).toBeUndefined();
  });

  it('refuses every beginning of a list, and whatever follows one', () => {
    const bytes = deviceListBytes(second);
    for (let length = 0; length < bytes.length; length++)
      expect(readDeviceList(bytes.subarray(0, length))).toBeUndefined();
    expect(readDeviceList(Buffer.concat([bytes, Buffer.alloc(1)]))).toBeUndefined();
    expect(readDeviceList(Buffer.concat([bytes, Buffer.alloc(4)]))).toBeUndefined();
  });

  it('takes a list with a turned bit for none, or for the other list that has these bytes', () => {
    const bytes = deviceListBytes(second);
    for (const turned of bitsTurned(bytes)) {
      const list = readDeviceList(turned);
      if (list !== undefined) expect(Buffer.from(deviceListBytes(list))).toEqual(turned);
    }
  });

  it('never throws at random bytes', () => {
    const seeded = Seeded.announced('device lists of random bytes');
    for (let round = 0; round < 1_000; round++)
      expect(readDeviceList(seeded.bytes(seeded.between(0, 300)))).toBeUndefined();
  });
});

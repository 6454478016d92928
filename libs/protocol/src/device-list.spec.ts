import { createHash } from 'node:crypto';
import { type DeviceList, deviceListBytes } from './device-list.js';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const hashOf = (list: DeviceList): string => createHash('sha256').update(deviceListBytes(list)).digest('hex');

// The public keys of RFC 8032 §7.1, tests 1 and 2.
const ONE_KEY = hex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
const OTHER_KEY = hex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');

/** Computed by another implementation (Python): the wire form, which no release may change. */
const GOLDEN = {
  first:
    '000000167365616c706f737420646576696365206c6973742031' +
    '0000002430313938633561302d336634652d376433612d386235382d316637663261366330643131' +
    '0000000131' +
    '0000000131' +
    '000000200000000000000000000000000000000000000000000000000000000000000000' +
    '0000000131' +
    '0000002430313938633561302d336634652d376433612d386235382d316637663261366330643231' +
    '000000203d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c' +
    '0000000d31373935333338303030303030',
  firstHash: 'd0e9ed79645b7e10f6cdb17e97bf6e37a242ad03c54915c27be607d1641db2a2',
  secondHash: '34c5f3761722b2113df48c9d9c5d5175f3dd256fd05726938317e08743f02933',
};

const laptop = { deviceId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d21', mlsSigningKey: OTHER_KEY, addedAtMs: 1795338000000 };
const phone = { deviceId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d22', mlsSigningKey: ONE_KEY, addedAtMs: 1795338600000 };
const first: DeviceList = {
  accountId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11',
  version: 1,
  keyVersion: 1,
  prevHash: Buffer.alloc(32),
  devices: [laptop],
};
const second: DeviceList = { ...first, version: 2, prevHash: hex(GOLDEN.firstHash), devices: [laptop, phone] };

describe('a list of devices', () => {
  it('has the canonical bytes it always had', () => {
    expect(Buffer.from(deviceListBytes(first)).toString('hex')).toBe(GOLDEN.first);
    expect([first, second].map(hashOf)).toEqual([GOLDEN.firstHash, GOLDEN.secondHash]);
  });

  it('has other bytes for every difference', () => {
    const lists: DeviceList[] = [
      first,
      second,
      { ...first, accountId: phone.deviceId },
      { ...first, version: 11 },
      { ...first, keyVersion: 2 },
      { ...first, prevHash: ONE_KEY },
      { ...first, devices: [] },
      { ...first, devices: [{ ...laptop, mlsSigningKey: ONE_KEY }] },
      { ...first, devices: [{ ...laptop, addedAtMs: laptop.addedAtMs + 1 }] },
      { ...second, devices: [phone, laptop] },
    ];
    expect(new Set(lists.map(hashOf)).size).toBe(lists.length);
  });
});

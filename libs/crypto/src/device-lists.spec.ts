import type { DeviceList } from '#protocol';
import { bitsTurned } from '#testing';
import {
  checkDeviceList,
  deviceListHash,
  type DeviceListReader,
  signDeviceList,
  type SigningKey,
} from './device-lists.js';
import type { Bytes } from './sealing.js';

const ACCOUNT = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11';
const device = (n: number) => ({
  deviceId: `0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d${n}`,
  mlsSigningKey: new Uint8Array(32).fill(n),
  addedAtMs: 1_795_338_000_000 + n,
});

const first: DeviceList = {
  accountId: ACCOUNT,
  version: 1,
  keyVersion: 1,
  prevHash: new Uint8Array(32),
  devices: [device(21)],
};

let identityKey: SigningKey;
let reader: DeviceListReader;
let second: DeviceList;
beforeAll(async () => {
  const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('no pair of keys was made');
  identityKey = pair.privateKey;
  const publicKey: Bytes = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  reader = { accountId: ACCOUNT, identityKey: { version: 1, publicKey } };
  second = { ...first, version: 2, prevHash: await deviceListHash(first), devices: [device(21), device(22)] };
});

async function accepts(list: DeviceList, known?: DeviceList): Promise<boolean> {
  const checked = checkDeviceList(
    await signDeviceList(list, identityKey),
    known === undefined ? reader : { ...reader, known },
  );
  return checked.then(
    () => true,
    (error: unknown) => {
      expect(error).toMatchObject({ name: 'CryptoError', code: 'not_signed' });
      return false;
    },
  );
}

describe('a list of devices (C-50)', () => {
  it('is accepted at first sight, again, and when it goes on from the one before', async () => {
    expect(await accepts(first)).toBe(true);
    expect(await accepts(second)).toBe(true);
    expect(await accepts(first, first)).toBe(true);
    expect(await accepts(second, first)).toBe(true);
  });

  it('is accepted later on, though those between were missed', async () => {
    expect(await accepts({ ...second, version: 4, prevHash: new Uint8Array(32).fill(4) }, first)).toBe(true);
  });

  it('is refused when it is older, another of the same version, or goes on from another one', async () => {
    expect(await accepts(first, second)).toBe(false);
    expect(await accepts({ ...second, devices: [device(21)] }, second)).toBe(false);
    expect(await accepts({ ...second, prevHash: new Uint8Array(32).fill(1) }, first)).toBe(false);
    expect(await accepts({ ...first, prevHash: new Uint8Array(32).fill(1) })).toBe(false);
    expect(await accepts({ ...first, version: 0 })).toBe(false);
  });

  it('is refused for another account or identity key, and when a device is there twice or out of order', async () => {
    expect(await accepts({ ...first, accountId: device(12).deviceId })).toBe(false);
    expect(await accepts({ ...first, keyVersion: 2 })).toBe(false);
    expect(await accepts({ ...first, devices: [device(21), device(21)] })).toBe(false);
    expect(await accepts({ ...first, devices: [device(22), device(21)] })).toBe(false);
  });

  it('is refused with any bit of its signature turned, and with anything of it changed after it was signed', async () => {
    const { signature } = await signDeviceList(first, identityKey);
    const refused = (list: DeviceList, bytes: Bytes): Promise<void> =>
      expect(checkDeviceList({ list, signature: bytes }, reader)).rejects.toMatchObject({ code: 'not_signed' });
    for (const turned of bitsTurned(signature)) await refused(first, turned);
    // A ghost: a device that the relay would like to add.
    await refused({ ...first, devices: [device(21), device(66)] }, signature);
    await refused({ ...first, devices: [{ ...device(21), mlsSigningKey: new Uint8Array(32) }] }, signature);
    await refused(first, new Uint8Array());
  });
});

import './cheap-argon2.js';
import { encodeBase64Url } from '#crypto';
import { listDevices, MemoryStore, type OpenAccount, rotateIdentity, unlock } from '#sdk';
import { scaled, TestRelay } from '#testing';
import { Crash, MortalStore } from './mortal-store.js';
import { PASSWORD, registered, SdkDevice } from './sdk-devices.js';

const relay = TestRelay.duringTests();

/** In CI every fourth step, other ones for either way to break off. */
const STEP = scaled({ ci: 4, gate: 1 });
const SWEEPS: [string, boolean, number][] = [
  ['before it has happened', false, 1],
  ['once it has happened', true, Math.min(2, STEP)],
];

/** Replaces the key on a device, and breaks off at the so-and-so-manieth step. @returns whether it came that far. */
type BrokenOff = (device: SdkDevice, step: number, hasHappened: boolean) => Promise<boolean>;

const atRequest: BrokenOff = async (device, step, hasHappened) => {
  const account = await device.unlock();
  let count = 0;
  device.wire.meddler = async (_request, pass) => {
    if (++count === step && hasHappened) await pass();
    if (count >= step) throw new TypeError('fetch failed');
    return pass();
  };
  const rotated = rotateIdentity(account, PASSWORD);
  const isBroken = await rotated.then(() => false, isTrue);
  device.wire.mend();
  if (isBroken) await expect(rotated).rejects.toMatchObject({ code: 'relay_unreachable' });
  return isBroken;
};

const atWrite: BrokenOff = async (device, atWriteOf, hasLanded) => {
  device.disk.isInUse = false;
  const store = new MortalStore(await MemoryStore.open(device.disk));
  const account = await unlock({ relay: device.client(), store, password: PASSWORD });
  store.destine({ atWrite: atWriteOf, hasLanded });
  const rotated = rotateIdentity(account, PASSWORD);
  const isBroken = await rotated.then(() => false, isTrue);
  if (isBroken) await expect(rotated).rejects.toBeInstanceOf(Crash);
  return isBroken;
};

const isTrue = (): boolean => true;

/** All devices have the key that the relay shows to everybody, and it has signed for each of them. */
async function expectWhole(...accounts: readonly OpenAccount[]): Promise<string> {
  const keys = new Set<string>();
  for (const account of accounts) {
    expect((await listDevices(account)).map(({ isListed }) => isListed)).toEqual([true, true]);
    const { publicKey } = await account.relay.call((api) => api.GET('/v1/keys/me'));
    keys.add(publicKey).add(encodeBase64Url(account.identity.current.publicKey));
  }
  expect(keys.size).toBe(1);
  return [...keys].join();
}

describe.each<[string, BrokenOff, number]>([
  ['a request', atRequest, 10],
  ['a write', atWrite, 5],
])('replacing an identity key that breaks off at %s', (_what, brokenOff, fewest) => {
  it.each(SWEEPS)(
    '%s, is finished by the device when it starts again, or by another one that comes by',
    async (_how, hasHappened, first) => {
      const { device, account } = await registered(relay);
      const other = await new SdkDevice(relay, device.username).signIn();
      const before = await expectWhole(account, other);
      let step = first;
      for (; await brokenOff(device, step, hasHappened); step += STEP) {
        const again = await device.unlock();
        if (step % 2 === 0) await expectWhole(other);
        await again.identity.finish();
        await expectWhole(again, other);
      }
      expect(step).toBeGreaterThan(fewest);
      expect(await expectWhole(await device.unlock(), other)).not.toBe(before);
    },
    300_000,
  );
});

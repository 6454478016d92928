import './cheap-argon2.js';
import { changePassword, KeyPackageStock, listDevices, type OpenAccount, signInAgain } from '#sdk';
import { scaled, TestRelay } from '#testing';
import { PASSWORD, registered, SdkDevice, type Wire } from './sdk-devices.js';

const relay = TestRelay.duringTests();

type Break = 'before it is sent' | 'after it is answered';

/** Lets so many requests through, and then none. */
function cutAt(wire: Wire, request: number, how: Break): void {
  let count = 0;
  wire.meddler = async (_request, pass) => {
    count += 1;
    if (count === request && how === 'after it is answered') await pass();
    if (count >= request) throw new TypeError('fetch failed');
    return pass();
  };
}

/** How many requests registering takes. */
async function requestsToRegister(): Promise<number> {
  const { device } = await registered(relay);
  return device.wire.sent.length;
}

/** As a person would: unlock, or sign in, or begin again. */
async function goOn(device: SdkDevice): Promise<OpenAccount> {
  try {
    return await device.unlock();
  } catch {
    try {
      return await device.register();
    } catch {
      return device.signIn();
    }
  }
}

async function expectWhole(account: OpenAccount): Promise<void> {
  const devices = await listDevices(account);
  expect(devices.find(({ current }) => current)?.isListed).toBe(true);
  await new KeyPackageStock(account).replenish();
  const { counts } = await account.relay.call((api) => api.GET('/v1/devices/me/key-packages/count'));
  expect(counts.find(({ suite }) => suite === 83)).toMatchObject({ available: 50, lastResort: true });
}

/** Each costs two derivations of keys: in CI every sixteenth request, other ones for either way to break off. */
const STEP = scaled({ ci: 16, gate: 1 });

describe('registering that breaks off', () => {
  it.each<[Break, number]>([
    ['before it is sent', 1],
    ['after it is answered', Math.min(5, STEP)],
  ])(
    'at any request, %s, is completed later',
    async (how, first) => {
      const count = await requestsToRegister();
      expect(count).toBeGreaterThan(10);
      for (let request = first; request <= count; request += STEP) {
        const device = new SdkDevice(relay);
        cutAt(device.wire, request, how);
        await expect(device.register()).rejects.toMatchObject({ code: 'relay_unreachable' });
        device.wire.mend();
        await expectWhole(await goOn(device));
        await expectWhole(await device.unlock());
      }
    },
    300_000,
  );
});

describe('a new password that breaks off', () => {
  it('leaves the device to the old one, until it signs in again with the one that counts', async () => {
    const { device, account } = await registered(relay);
    cutAt(device.wire, 2, 'after it is answered');
    await expect(changePassword(account, PASSWORD, 'the next')).rejects.toMatchObject({ code: 'relay_unreachable' });
    device.wire.mend();
    await expect(device.unlock('the next')).rejects.toMatchObject({ code: 'wrong_password' });
    const open = await device.unlock();
    await expect(signInAgain(open, 'the next')).resolves.toBeUndefined();
    await signInAgain(open, 'the next', PASSWORD);
    await expectWhole(await device.unlock('the next'));
    await expect(device.unlock()).rejects.toMatchObject({ code: 'wrong_password' });
  });
});

describe('a refresh', () => {
  it('whose answer is lost is repeated, and the session goes on', async () => {
    const { device, account } = await registered(relay);
    relay.clock.advance(600_000);
    let isLost = false;
    device.wire.meddler = async (request, pass) => {
      const response = await pass();
      if (isLost || !request.url.endsWith('/auth/refresh')) return response;
      isLost = true;
      throw new TypeError('fetch failed');
    };
    expect(await account.vault.get('notes')).toBeUndefined();
    expect(isLost).toBe(true);
    relay.clock.advance(600_000);
    expect(await account.vault.get('notes')).toBeUndefined();
  });

  it('happens once for fifty calls at once, and its token is good at the next start', async () => {
    const { device, account } = await registered(relay);
    relay.clock.advance(600_000);
    await Promise.all(Array.from({ length: 50 }, () => account.vault.get('notes')));
    expect(device.wire.sent.filter((sent) => sent.includes('/auth/refresh'))).toHaveLength(1);
    relay.clock.advance(600_000);
    const again = await device.unlock();
    expect(await again.vault.get('notes')).toBeUndefined();
    expect(device.wire.sent.filter((sent) => sent.includes('/auth/login'))).toHaveLength(0);
  });

  it('is made when the relay refuses an access token that should be good', async () => {
    const { device, account } = await registered(relay);
    let isRefused = false;
    device.wire.meddler = (request, pass) => {
      if (isRefused) return pass();
      isRefused = true;
      return pass().then(() => new Response(JSON.stringify({ code: 'invalid_token' }), { status: 401 }));
    };
    expect(await account.vault.get('notes')).toBeUndefined();
    expect(device.wire.sent.filter((sent) => sent.includes('/auth/refresh'))).toHaveLength(1);
  });
});

import './cheap-argon2.js';
import { decodeBase64Url, type Judge } from '#crypto';
import { KeyPackageStock, type OpenAccount } from '#sdk';
import { TestRelay } from '#testing';
import { registered } from './sdk-devices.js';

const relay = TestRelay.duringTests();
const conversationId = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d01';
const trusting: Judge = () => Promise.resolve(true);

async function stockOf(account: OpenAccount) {
  const { counts } = await account.relay.call((api) => api.GET('/v1/devices/me/key-packages/count'));
  return counts.find(({ suite }) => suite === 83);
}

async function claimed(by: OpenAccount, { username }: OpenAccount) {
  const params = { path: { username } };
  const { keyPackages } = await by.relay.call((api) =>
    api.POST('/v1/users/{username}/key-packages/claim', { params, body: {} }),
  );
  return keyPackages.map(({ body, lastResort }) => ({ keyPackage: decodeBase64Url(body), lastResort }));
}

/** A Welcome into a new group for whoever made a key package. */
async function welcomeFor(keyPackage: Uint8Array, { engine }: OpenAccount): Promise<Uint8Array> {
  const nowSeconds = Math.floor(relay.clock.now().getTime() / 1_000);
  const lifetime = { notBefore: nowSeconds - 60, notAfter: nowSeconds + 86_400 };
  const group = await engine.createGroup({ conversationId, generation: 1 }, lifetime);
  const draft = { add: [keyPackage], authenticatedData: new Uint8Array([1]), judge: trusting, nowSeconds };
  const { welcome } = await engine.commit(group, draft);
  return welcome ?? new Uint8Array();
}

describe('the key packages of a device', () => {
  it('are fifty and a last resort, and those that were claimed are replaced, once', async () => {
    const [{ account }, { account: other }] = [await registered(relay), await registered(relay)];
    expect(await stockOf(account)).toEqual({ suite: 83, available: 50, lastResort: true });
    await claimed(other, account);
    expect((await stockOf(account))?.available).toBe(49);
    const stock = new KeyPackageStock(account);
    await Promise.all([stock.replenish(), stock.replenish()]);
    await stock.replenish();
    expect(await stockOf(account)).toEqual({ suite: 83, available: 50, lastResort: true });
  });

  it('let their device in by a Welcome, and nobody else', async () => {
    const [{ account }, { account: other }] = [await registered(relay), await registered(relay)];
    const [first] = await claimed(other, account);
    const welcome = await welcomeFor(first?.keyPackage ?? new Uint8Array(), other);
    const found = await new KeyPackageStock(account).secretsFor(welcome);
    expect(found).toMatchObject({ lastResort: false });
    const group = await account.engine.join(welcome, found?.secrets ?? new Uint8Array(), {
      conversationId,
      judge: trusting,
    });
    expect(group.epoch).toBe(1);
    await account.store.write({ delete: [{ table: 'keyPackages', key: found?.key ?? '' }] });
    expect(await new KeyPackageStock(account).secretsFor(welcome)).toBeUndefined();
    expect(await new KeyPackageStock(other).secretsFor(welcome)).toBeUndefined();
  });

  it('come again as a last resort when nothing else is handed out', async () => {
    const [{ account }, { account: other }] = [await registered(relay), await registered(relay)];
    const all = [];
    for (let claim = 0; claim < 8; claim++) all.push(...(await claimed(other, account)));
    const { keyPackage } = all.find(({ lastResort }) => lastResort) ?? { keyPackage: new Uint8Array() };
    for (const by of [other, other]) {
      const welcome = await welcomeFor(keyPackage, by);
      expect(await new KeyPackageStock(account).secretsFor(welcome)).toMatchObject({ lastResort: true });
    }
  });

  it('are replaced before they expire, and forgotten afterwards', async () => {
    const { device, account } = await registered(relay);
    relay.clock.advance(80 * 86_400_000);
    const again = await device.unlock();
    await new KeyPackageStock(again).replenish();
    expect(await stockOf(again)).toEqual({ suite: 83, available: 100, lastResort: true });
    await new KeyPackageStock(again).replenish();
    expect((await stockOf(again))?.available).toBe(100);
    relay.clock.advance(11 * 86_400_000);
    const later = await device.unlock();
    await new KeyPackageStock(later).replenish();
    expect((await stockOf(later))?.available).toBe(50);
    expect(later.deviceId).toBe(account.deviceId);
  });
});

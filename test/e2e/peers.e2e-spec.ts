import { MemoryStore, PeerDirectory, RelayClient, relayPeers, SealedStore } from '#sdk';
import { TestRelay, TestUser } from '#testing';
import { listed, putList, withDevices } from './device-lists.js';
import { newKey, rotation } from './identity-key.js';

const relay = TestRelay.duringTests();

/** A stranger's directory of peers, over the relay's HTTP API. */
async function directoryOf(user: TestUser): Promise<PeerDirectory> {
  const { accountId, deviceId, username } = user;
  const wrapKey = crypto.getRandomValues(new Uint8Array(32));
  const store = await SealedStore.open(await MemoryStore.open(), { accountId, deviceId, wrapKey });
  const own = { accountId, username, identityKey: new Uint8Array(newKey().raw) };
  const client = new RelayClient({ url: relay.url });
  const { accessToken, refreshToken } = user.signedIn;
  client.useSession({ accessToken, refreshToken, expiresAtMs: Infinity }, () => Promise.resolve());
  return new PeerDirectory({ store, relay: relayPeers(client), own });
}

describe('a peer at a real relay', () => {
  it('is believed, grows, and rotates its key', async () => {
    const { user, key, mls, list, shown } = await listed(relay);
    const peers = await directoryOf(await TestUser.register(relay));
    const { accountId, username, deviceId } = user;
    expect(await peers.refresh({ accountId, username })).toMatchObject({
      state: 'unverified',
      keyVersion: 1,
      notes: [],
    });
    const judge = peers.judge();
    const claim = { device: { accountId, deviceId }, signatureKey: new Uint8Array(mls.raw), occasion: 'add' } as const;
    expect(await judge(claim)).toBe(true);
    expect(await judge({ ...claim, signatureKey: new Uint8Array(32) })).toBe(false);
    const second = await user.onNewDevice();
    await putList({ user, key }, withDevices(list, { device: second, mls: newKey() }));
    const grown = await peers.refresh({ accountId, username });
    expect(grown.notes).toEqual([{ kind: 'device_added', accountId, deviceId: second.deviceId }]);
    const { body: current } = await user.request('GET', '/keys/me');
    expect((await user.request('PUT', '/keys/me', rotation(current, key, newKey()))).status).toBe(200);
    const rotated = await peers.refresh({ accountId, username });
    expect(rotated).toMatchObject({ keyVersion: 2, devices: grown.devices, notes: [{ isSigned: true }] });
    expect(shown.version).toBe(1);
  });

  it('who is not there is unknown, and so is one of another name', async () => {
    const [{ user }, asker] = await Promise.all([listed(relay), TestUser.register(relay)]);
    const peers = await directoryOf(asker);
    const { accountId, username } = user;
    await expect(peers.refresh({ accountId, username: 'nobody-of-that-name' })).rejects.toMatchObject({
      code: 'unknown_peer',
    });
    await expect(peers.refresh({ accountId: asker.accountId, username })).rejects.toMatchObject({
      code: 'wrong_account',
    });
  });
});

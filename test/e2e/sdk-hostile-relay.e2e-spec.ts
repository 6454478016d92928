import { deriveAccountKeys, encodeBase64Url } from '#crypto';
import { changePassword, setUpRecovery, signInAgain } from '#sdk';
import { TestRelay } from '#testing';
import { jsonAnswer, type Meddler, PASSWORD, registered, SdkDevice, type Wire } from './sdk-devices.js';

const relay = TestRelay.duringTests();

/** Changes what is answered to requests for a path. */
function changing(path: string, change: (answer: Record<string, unknown>) => unknown): Meddler {
  return async (request, pass) => {
    const response = await pass();
    if (new URL(request.url).pathname !== path || !response.ok || request.method !== 'GET') return response;
    return jsonAnswer(change(JSON.parse(await response.text())));
  };
}

const hiding =
  (path: string): Meddler =>
  (request, pass) =>
    new URL(request.url).pathname === path && request.method === 'GET'
      ? Promise.resolve(jsonAnswer({ code: 'not_found', status: 404 }, 404))
      : pass();

/** How often a secret was sent for the relay to see. */
const asked = (wire: Wire, path: string): number => wire.sent.filter((sent) => sent.includes(path)).length;

describe('a relay that tells how to derive keys (M-17)', () => {
  const WEAKER = [
    { memoryKiB: 8 },
    { iterations: 1 },
    { salt: 'AAAA' },
    { algorithm: 'pbkdf2-sha256', iterations: 1_000 },
    { algorithm: 'md5' },
    { memoryKiB: 'many' },
    { memoryKiB: 2 ** 31 },
  ];

  it.each(WEAKER)(
    'is refused below the floors and above the ceilings, before anything is derived: %j',
    async (change) => {
      const device = new SdkDevice(relay);
      device.wire.meddler = changing('/v1/auth/kdf', (kdf) => ({ ...kdf, ...change }));
      await expect(device.signIn()).rejects.toMatchObject({
        code: expect.stringMatching(/^(kdf_too_weak|kdf_too_costly|relay_not_trusted)$/) as string,
      });
      expect(asked(device.wire, '/auth/login')).toBe(0);
    },
  );

  it.each([
    { memoryKiB: 65_537 },
    { salt: 'q83vEjRWeJCrze8SNFZ4kA' },
    { algorithm: 'pbkdf2-sha256', iterations: 600_000 },
  ])('is refused when they are others than before, if allowed in themselves: %j', async (change) => {
    const { device, account } = await registered(relay);
    device.wire.meddler = changing('/v1/auth/kdf', (kdf) => ({ ...kdf, ...change }));
    await expect(signInAgain(account, PASSWORD)).rejects.toMatchObject({ code: 'kdf_changed' });
    expect(asked(device.wire, '/auth/login')).toBe(0);
  });
});

describe('a relay that rolls the vault back (M-18)', () => {
  it('is refused by who has seen a later version, after a restart too', async () => {
    const { device, account } = await registered(relay);
    await account.vault.put('notes', new Uint8Array([1]), 0);
    const old = await account.relay.call((api) => api.GET('/v1/vault/{name}', { params: { path: { name: 'notes' } } }));
    await account.vault.put('notes', new Uint8Array([2]), 1);
    device.wire.meddler = changing('/v1/vault/notes', () => old);
    await expect(account.vault.get('notes')).rejects.toMatchObject({ code: 'vault_rolled_back' });
    const again = await device.unlock();
    await expect(again.vault.get('notes')).rejects.toMatchObject({ code: 'vault_rolled_back' });
    await expect(again.vault.put('notes', new Uint8Array([3]), 1)).rejects.toMatchObject({ code: 'vault_rolled_back' });
  });

  it('is refused when it passes an old version off as a new one', async () => {
    const { device, account } = await registered(relay);
    await account.vault.put('notes', new Uint8Array([1]), 0);
    device.wire.meddler = changing('/v1/vault/notes', (item) => ({ ...item, version: 9 }));
    await expect(account.vault.get('notes')).rejects.toMatchObject({ code: 'cannot_open' });
  });
});

describe('a relay that stands between an account and its new device', () => {
  it('is refused when it hides the identity, or shows another one', async () => {
    const { device } = await registered(relay);
    const { account: stranger } = await registered(relay);
    const hidden = new SdkDevice(relay, device.username);
    hidden.wire.meddler = hiding('/v1/vault/identity');
    await expect(hidden.signIn()).rejects.toMatchObject({ code: 'relay_not_trusted' });
    const shown = new SdkDevice(relay, device.username);
    const publicKey = encodeBase64Url(stranger.identity.current.publicKey);
    shown.wire.meddler = changing('/v1/keys/me', (key) => ({ ...key, publicKey }));
    await expect(shown.signIn()).rejects.toMatchObject({ code: 'relay_not_trusted' });
  });

  it("is refused when it shows somebody else's list, or a changed one", async () => {
    const { device } = await registered(relay);
    const { account: stranger } = await registered(relay);
    const theirs = await stranger.relay.call((api) => api.GET('/v1/devices/list'));
    for (const change of [theirs, { signature: theirs.signature }, { body: 'AAAA' }]) {
      const next = new SdkDevice(relay, device.username);
      next.wire.meddler = changing('/v1/devices/list', (list) => ({ ...list, ...change }));
      await expect(next.signIn()).rejects.toMatchObject({ code: 'relay_not_trusted' });
    }
  });
});

describe('what reaches the relay (C-09)', () => {
  it('has neither the password nor the key of the vault in it, in no encoding', async () => {
    const { device, account } = await registered(relay);
    const second = new SdkDevice(relay, device.username);
    await second.signIn();
    await setUpRecovery(account, PASSWORD);
    await changePassword(account, PASSWORD, `${PASSWORD} 2`);
    await device.unlock(`${PASSWORD} 2`);
    const sent = [...device.wire.sent, ...second.wire.sent].join('\n');
    const keys = await Promise.all(
      [PASSWORD, `${PASSWORD} 2`].map((password) => deriveAccountKeys(password, account.kdf)),
    );
    for (const { authKey } of keys) expect(sent).toContain(encodeBase64Url(authKey));
    const secrets = [Buffer.from(PASSWORD), ...keys.map(({ wrapKey }) => Buffer.from(wrapKey))];
    for (const secret of secrets)
      for (const text of [secret.toString('latin1'), secret.toString('hex'), secret.toString('base64url').slice(0, -1)])
        expect(sent).not.toContain(text);
    expect(sent).not.toContain(encodeURIComponent(PASSWORD));
  });
});

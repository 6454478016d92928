import './cheap-argon2.js';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  changePassword,
  deleteAccount,
  listDevices,
  lock,
  MemoryDisk,
  MemoryStore,
  recover,
  register,
  renameDevice,
  revokeDevice,
  Sealpost,
  setUpRecovery,
  signInAgain,
  signOut,
  unlock,
} from '#sdk';
import { NodeStore } from '#sdk/node';
import { TestRelay } from '#testing';
import { PASSWORD, registered, SdkDevice } from './sdk-devices.js';

const relay = TestRelay.duringTests();

describe('an account', () => {
  it('is registered, locked, and unlocked again, without its relay too', async () => {
    const { device, account } = await registered(relay);
    await account.vault.put('notes', new Uint8Array([1, 2, 3]), 0);
    lock(account);
    await expect(account.vault.get('notes')).rejects.toMatchObject({ code: 'invalid_token' });

    const again = await device.unlock();
    expect([again.accountId, again.deviceId, again.username]).toEqual([
      account.accountId,
      account.deviceId,
      device.username,
    ]);
    expect((await again.vault.get('notes'))?.content).toEqual(new Uint8Array([1, 2, 3]));

    relay.clock.advance(700_000);
    device.wire.cut();
    const offline = await device.unlock();
    expect(offline.device.signatureKey).toEqual(account.device.signatureKey);
    await expect(offline.vault.get('notes')).rejects.toMatchObject({ code: 'relay_unreachable' });
    device.wire.mend();
    expect((await offline.vault.get('notes'))?.version).toBe(1);
  });

  it('stands on one signed list with all its devices', async () => {
    const { device, account } = await registered(relay);
    const second = await new SdkDevice(relay, device.username).signIn();
    expect(second.identity.current.publicKey).toEqual(account.identity.current.publicKey);
    for (const one of [account, second]) {
      const devices = await listDevices(one);
      expect(devices.map(({ id, isListed }) => [id, isListed]).sort()).toEqual(
        [account.deviceId, second.deviceId].map((id) => [id, true]).sort(),
      );
    }
    await renameDevice(account, second.deviceId, 'phone');
    expect((await listDevices(account)).map(({ name }) => name).sort()).toEqual(['laptop', 'phone']);
  });

  it('takes several new devices at once', async () => {
    const { device, account } = await registered(relay);
    const all = await Promise.all([1, 2, 3].map(() => new SdkDevice(relay, device.username).signIn()));
    const devices = await listDevices(account);
    expect(devices.filter(({ isListed }) => isListed)).toHaveLength(all.length + 1);
  });

  it('opens by its own password only', async () => {
    const { device } = await registered(relay);
    await expect(device.unlock('another one')).rejects.toMatchObject({ code: 'wrong_password' });
    await expect(new SdkDevice(relay, device.username).signIn('another one')).rejects.toMatchObject({
      code: 'invalid_credentials',
    });
    await expect(new SdkDevice(relay).unlock()).rejects.toMatchObject({ code: 'no_account' });
    await expect(device.signIn()).rejects.toMatchObject({ code: 'account_exists' });
    await expect(device.register()).rejects.toMatchObject({ code: 'account_exists' });
  });

  it('goes on with a session that was lost, and without one on a device that was revoked', async () => {
    const { device, account } = await registered(relay);
    const other = new SdkDevice(relay, device.username);
    const second = await other.signIn();
    await revokeDevice(account, second.deviceId);
    await revokeDevice(account, second.deviceId);
    expect((await listDevices(account)).map(({ id }) => id)).toEqual([account.deviceId]);
    await expect(second.vault.get('notes')).rejects.toMatchObject({ code: 'invalid_refresh_token' });
    relay.clock.advance(15 * 86_400_000);
    const locked = await other.unlock();
    await expect(locked.vault.get('notes')).rejects.toMatchObject({ code: 'invalid_refresh_token' });
    const alive = await device.unlock();
    expect(await alive.vault.get('notes')).toBeUndefined();
  });

  it('lives in a folder as it does in memory', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'sealpost-'));
    const device = new SdkDevice(relay);
    const options = { relay: device.client(), username: device.username, password: PASSWORD, deviceName: 'laptop' };
    const account = await register({ ...options, store: await NodeStore.open(directory) });
    await account.store.close();
    const store = await NodeStore.open(directory);
    expect((await unlock({ ...options, store })).deviceId).toBe(account.deviceId);
    await store.destroy();
    await rm(directory, { recursive: true, force: true });
  });

  it('forgets everything when it is signed out, whether or not the relay hears of it', async () => {
    const { device, account } = await registered(relay);
    await signOut(account);
    await expect(device.unlock()).rejects.toMatchObject({ code: 'no_account' });
    const second = await device.signIn();
    device.wire.cut();
    await signOut(second);
    await expect(device.unlock()).rejects.toMatchObject({ code: 'no_account' });
  });
});

describe('an account that is deleted', () => {
  it('needs its password, and is gone at the relay and on the device', async () => {
    const [other, disk] = [new SdkDevice(relay), new MemoryDisk()];
    const now = (): number => relay.clock.now().getTime();
    const sealpost = new Sealpost({ url: relay.url, store: await MemoryStore.open(disk), now });
    await sealpost.register({ username: other.username, password: PASSWORD });
    await expect(sealpost.deleteAccount('another one')).rejects.toMatchObject({ code: 'wrong_password' });
    expect(sealpost.self.username).toBe(other.username);
    await sealpost.deleteAccount(PASSWORD);
    expect([...disk.tables.values()].filter(({ size }) => size > 0)).toEqual([]);
    expect(() => sealpost.self).toThrow();
    await expect(other.signIn()).rejects.toMatchObject({ code: 'invalid_credentials' });
    await expect(other.register()).rejects.toMatchObject({ code: 'username_taken' });
  });

  it('stays, with all that is stored, while the relay cannot be reached', async () => {
    const { device, account } = await registered(relay);
    device.wire.cut();
    await expect(deleteAccount(account, PASSWORD)).rejects.toMatchObject({ code: 'relay_unreachable' });
    device.wire.mend();
    expect((await device.unlock()).accountId).toBe(account.accountId);
  });
});

describe('another password', () => {
  it('opens the account, its vault and its store, and the old one nothing', async () => {
    const { device, account } = await registered(relay);
    const other = new SdkDevice(relay, device.username);
    const second = await other.signIn();
    await expect(changePassword(account, 'not the old one', 'a new password')).rejects.toMatchObject({
      code: 'wrong_password',
    });
    await changePassword(account, PASSWORD, 'a new password');
    await expect(device.unlock()).rejects.toMatchObject({ code: 'wrong_password' });
    expect((await listDevices(await device.unlock('a new password'))).length).toBe(2);

    await expect(second.vault.get('notes')).rejects.toMatchObject({ code: 'invalid_refresh_token' });
    await expect(signInAgain(second, PASSWORD)).rejects.toMatchObject({ code: 'invalid_credentials' });
    await signInAgain(second, 'a new password', PASSWORD);
    expect(await second.vault.get('notes')).toBeUndefined();
    expect((await other.unlock('a new password')).deviceId).toBe(second.deviceId);
  });

  it('is set by the recovery code, once', async () => {
    const { device, account } = await registered(relay);
    await account.vault.put('notes', new Uint8Array([7]), 0);
    const code = await setUpRecovery(account, PASSWORD);
    const { username } = device;
    const recovering = new SdkDevice(relay, username);
    const use = (by: SdkDevice, text: string) =>
      by.started(({ password: _lost, ...options }) => recover({ ...options, code: text, newPassword: 'recovered' }));
    const { account: recovered, recoveryCode } = await use(recovering, code);
    expect((await recovered.vault.get('notes'))?.content).toEqual(new Uint8Array([7]));
    expect(recovered.identity.current.publicKey).toEqual(account.identity.current.publicKey);
    await expect(use(new SdkDevice(relay, username), code)).rejects.toMatchObject({ code: 'invalid_credentials' });
    await use(new SdkDevice(relay, username), recoveryCode);
  });
});

describe('a password that is soon found', () => {
  const weak = { code: 'weak_password' };

  it('makes no account, and the relay hears nothing of it (C-03)', async () => {
    const device = new SdkDevice(relay);
    for (const password of ['password1', 'sealpost', `${device.username}1`, '1234567'])
      await expect(device.register(password)).rejects.toMatchObject(weak);
    expect(device.wire.sent).toEqual([]);
    await device.register();
  });

  it('takes no other password’s place, neither when it is changed nor by the recovery code, which stays good (C-03)', async () => {
    const { device, account } = await registered(relay);
    const code = await setUpRecovery(account, PASSWORD);
    await expect(changePassword(account, PASSWORD, 'password1')).rejects.toMatchObject(weak);
    await expect(device.unlock()).resolves.toMatchObject({ username: device.username });
    const use = (newPassword: string) =>
      new SdkDevice(relay, device.username).started(({ password: _lost, ...options }) =>
        recover({ ...options, code, newPassword }),
      );
    await expect(use('password1')).rejects.toMatchObject(weak);
    await use('a new password');
  });
});

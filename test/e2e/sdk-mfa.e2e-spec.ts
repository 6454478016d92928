import './cheap-argon2.js';
import { MemoryDisk, MemoryStore, type PasskeyCreation, type PasskeyRequest, RelayRefusal, Sealpost } from '#sdk';
import { TestRelay } from '#testing';
import { AuthenticatorApp, letFactorAge, ORIGIN, PASSKEY_HOST } from './second-factors.js';
import { SoftPasskey } from './soft-passkey.js';

/** Second factors by the SDK: who signs in, and what they may do. */

const relay = TestRelay.duringTests({ environment: { PUBLIC_URL: ORIGIN } });
const PASSWORD = 'correct horse battery staple';
const open: Sealpost[] = [];
let people = 0;
afterEach(() => Promise.all(open.splice(0).map((device) => device.close())));

async function newDevice(disk = new MemoryDisk()): Promise<Sealpost> {
  const now = (): number => relay.clock.millis();
  const device = new Sealpost({ url: relay.url, store: await MemoryStore.open(disk), now });
  open.push(device);
  return device;
}

/** Somebody with an authenticator app. */
async function guarded(disk?: MemoryDisk) {
  const device = await newDevice(disk);
  const username = `ada${String(people++)}`;
  await device.register({ username, password: PASSWORD });
  const { id, secret } = await device.mfa.addTotp(PASSWORD, 'Phone');
  const app = new AuthenticatorApp(relay, secret);
  const { recoveryCodes = [] } = await device.mfa.confirmTotp(id, app.code());
  return { device, username, app, factorId: id, recoveryCodes };
}

/** As a browser would ask an authenticator. */
const getting = (passkey: SoftPasskey) => (request: PasskeyRequest) => {
  const { credentialId: id, ...response } = passkey.get(request.challenge) as Record<string, string> & {
    signature: string;
  };
  const { clientDataJSON = '', authenticatorData = '', signature } = response;
  return Promise.resolve({ id: id!, response: { clientDataJSON, authenticatorData, signature, userHandle: '' } });
};

const creating = (passkey: SoftPasskey) => (options: PasskeyCreation) => {
  const { credentialId: id = '', clientDataJSON = '', attestationObject = '' } = passkey.create(options.challenge);
  return Promise.resolve({ id, response: { clientDataJSON, attestationObject } });
};

describe('signing in on a new device', () => {
  it('asks for a code until it is right, and reads the same vault', async () => {
    const { device, username, app } = await guarded();
    const other = await newDevice();
    const codes = [app.wrongCode(), 'no code', app.nextCode()];
    const wrong: boolean[] = [];
    await other.signIn(
      { username, password: PASSWORD },
      {
        secondFactor: ({ wasWrong, kinds }) => {
          expect(kinds).toEqual(['totp', 'recovery_code']);
          wrong.push(wasWrong);
          return Promise.resolve({ kind: 'totp', code: codes.shift()! });
        },
      },
    );
    expect(wrong).toEqual([false, true, true]);
    expect(other.self.accountId).toBe(device.self.accountId);
    expect((await other.devices.list()).filter(({ isListed }) => isListed)).toHaveLength(2);
  });

  it('is refused where nobody is asked, and leaves no device behind', async () => {
    const { device, username } = await guarded();
    const other = await newDevice();
    const refusal = await other.signIn({ username, password: PASSWORD }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'mfa_required', mfa: { kinds: ['totp', 'recovery_code'] } });
    expect(await device.devices.list()).toHaveLength(1);
    expect(await other.storedAccount()).toBeUndefined();
  });

  it('takes a recovery code, however it is typed, and so does recovering the account', async () => {
    const { device, username, recoveryCodes } = await guarded();
    const [one, two] = recoveryCodes as [string, string];
    const other = await newDevice();
    const typed = one.replaceAll('-', '').toLowerCase();
    const secondFactor = (code: string) => () => Promise.resolve({ kind: 'recovery_code' as const, code });
    await other.signIn({ username, password: PASSWORD }, { secondFactor: secondFactor(typed) });
    const code = await device.setUpRecovery(PASSWORD);
    const third = await newDevice();
    const recovery = { username, code, newPassword: 'quite another password' };
    await third.recover(recovery, { secondFactor: secondFactor(two) });
    expect((await third.mfa.state()).recoveryCodesLeft).toBe(8);
  });
});

describe('a device that is known', () => {
  it('opens without a session when one would take a factor, and gets one when it is shown', async () => {
    const disk = new MemoryDisk();
    const { device, app } = await guarded(disk);
    const { sessionId } = { sessionId: (await device.sessions.list()).find(({ current }) => current)!.id };
    await device.close();
    await relay.query('UPDATE sessions SET revoked_at = now() WHERE id = $1', [sessionId]);
    // The relay may honour for a second what it has looked up before.
    relay.clock.advance(2_000);
    const again = await newDevice(disk);
    await again.unlock(PASSWORD);
    await expect(again.mfa.state()).rejects.toMatchObject({ code: 'invalid_refresh_token' });
    const code = app.nextCode();
    await again.signInAgain(PASSWORD, PASSWORD, { secondFactor: () => Promise.resolve({ kind: 'totp', code }) });
    expect((await again.mfa.state()).factors).toHaveLength(1);
  });

  it('is not asked again when it is trusted, and is once it is not any more', async () => {
    const disk = new MemoryDisk();
    const { device, app } = await guarded(disk);
    const code = app.nextCode();
    const trusting = () => Promise.resolve({ kind: 'totp' as const, code, trustDevice: true });
    await device.signInAgain(PASSWORD, PASSWORD, { secondFactor: trusting });
    await device.signInAgain(PASSWORD);
    const { trustedDevices } = await device.mfa.state();
    expect(trustedDevices.map(({ deviceId }) => deviceId)).toEqual([device.self.deviceId]);
    await device.mfa.untrust(device.self.deviceId);
    await expect(device.signInAgain(PASSWORD)).rejects.toMatchObject({ code: 'mfa_required' });
  });
});

describe('what is sensitive', () => {
  it('is refused with a challenge, and done once that is answered', async () => {
    const { device, app, factorId } = await guarded();
    letFactorAge(relay);
    const refusal = await device.mfa.remove(PASSWORD, factorId).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RelayRefusal);
    const { mfa } = refusal as RelayRefusal;
    await expect(device.mfa.stepUp(mfa!, { kind: 'totp', code: app.wrongCode() })).rejects.toMatchObject({
      code: 'invalid_mfa_code',
    });
    await device.mfa.stepUp(mfa!, { kind: 'totp', code: app.code() });
    await device.mfa.remove(PASSWORD, factorId);
    expect((await device.mfa.state()).factors).toEqual([]);
  });

  it('takes the right password, which the relay is not asked about', async () => {
    const { device, factorId } = await guarded();
    await expect(device.mfa.remove('another password', factorId)).rejects.toMatchObject({ code: 'wrong_password' });
    await expect(device.mfa.renewRecoveryCodes('another password')).rejects.toMatchObject({ code: 'wrong_password' });
    expect(await device.mfa.renewRecoveryCodes(PASSWORD)).toHaveLength(10);
  });
});

describe('a passkey', () => {
  it('is added, is a second factor, and signs in alone; the password opens what is kept', async () => {
    const device = await newDevice();
    const username = `ada${String(people++)}`;
    await device.register({ username, password: PASSWORD });
    const passkey = new SoftPasskey(ORIGIN, PASSKEY_HOST);
    const { factor } = await device.mfa.addPasskey(PASSWORD, { name: 'Key', create: creating(passkey) });
    expect(factor).toMatchObject({ kind: 'passkey', name: 'Key' });

    const second = await newDevice();
    await second.signIn(
      { username, password: PASSWORD },
      {
        secondFactor: async ({ passkey: request }) => ({
          kind: 'passkey',
          assertion: await getting(passkey)(request!),
        }),
      },
    );
    const third = await newDevice();
    const { username: told, unlock } = await third.signInWithPasskey(getting(passkey), { deviceName: 'laptop' });
    expect(told).toBe(username);
    expect(await third.storedAccount()).toBeUndefined();
    await expect(unlock('another password')).rejects.toMatchObject({ code: 'wrong_password' });
    await unlock(PASSWORD);
    expect(third.self.accountId).toBe(device.self.accountId);
    expect((await device.devices.list()).map(({ name }) => name)).toContain('laptop');
    await third.lock();
    await third.unlock(PASSWORD);
  });

  it('leaves no device behind when the password is not given', async () => {
    const device = await newDevice();
    await device.register({ username: `ada${String(people++)}`, password: PASSWORD });
    const passkey = new SoftPasskey(ORIGIN, PASSKEY_HOST);
    await device.mfa.addPasskey(PASSWORD, { name: 'Key', create: creating(passkey) });
    const other = await newDevice();
    const { cancel } = await other.signInWithPasskey(getting(passkey));
    expect(await device.devices.list()).toHaveLength(2);
    await cancel();
    expect(await device.devices.list()).toHaveLength(1);
    await other.register({ username: `ada${String(people++)}`, password: PASSWORD });
  });
});

it('hears of factors that another device adds', async () => {
  const { device, username, app } = await guarded();
  const other = await newDevice();
  const code = app.nextCode();
  await other.signIn({ username, password: PASSWORD }, { secondFactor: () => Promise.resolve({ kind: 'totp', code }) });
  const heard = new Promise<void>((resolve) => {
    device.listen(({ kind }) => {
      if (kind === 'mfa') resolve();
    });
  });
  await other.mfa.renewRecoveryCodes(PASSWORD);
  await heard;
});

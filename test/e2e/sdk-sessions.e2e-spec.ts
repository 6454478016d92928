import './cheap-argon2.js';
import { TestRelay, until } from '#testing';
import { LinkingDevice, name, PASSWORD, stopAll } from './linking-devices.js';

/** Where an account is signed in, as its devices see it. */

const relay = TestRelay.duringTests();
afterEach(stopAll);

/** Nobody asks: what is heard, the relay has pushed. */
const NEVER_MS = 3_600_000;

describe('the sessions of an account', () => {
  it('are listed on each device, and end from another one; by the password it goes on as before', async () => {
    const ada = await LinkingDevice.registered(relay, name('ada'));
    const phone = await LinkingDevice.on(relay, { pollMs: NEVER_MS });
    await phone.sealpost.signIn({ username: ada.sealpost.self.username, password: PASSWORD, deviceName: 'phone' });
    const sessions = await ada.sealpost.sessions.list();
    expect(sessions.map(({ deviceId, current }) => [deviceId, current])).toEqual([
      [phone.sealpost.self.deviceId, false],
      [ada.sealpost.self.deviceId, true],
    ]);

    const id = sessions[0]?.id ?? '';
    await ada.sealpost.sessions.end(id);
    await ada.sealpost.sessions.end(id);
    await until(() => phone.failures.length > 0, 'the phone is told');
    expect(phone.failures).toContainEqual(expect.objectContaining({ code: 'invalid_refresh_token' }));
    expect(await ada.sealpost.sessions.list()).toHaveLength(1);

    await phone.sealpost.signInAgain(PASSWORD);
    const grace = await LinkingDevice.registered(relay, name('grace'));
    const chat = await grace.sealpost.conversations.direct(ada.sealpost.self.username);
    await grace.sealpost.messages.send(chat.id, 'are you back?');
    await phone.reads(chat.id, 'are you back?');
  });
});

describe('a device', () => {
  it('hears when another one comes, is named, and goes', async () => {
    const ada = await LinkingDevice.registered(relay, name('ada'));
    const heard = (): number => ada.events.filter(({ kind }) => kind === 'devices').length;
    const hearsMore = async (than: number): Promise<void> => {
      await until(() => heard() > than, 'it hears of its devices');
      await ada.sealpost.settled();
    };
    const phone = await LinkingDevice.on(relay);
    await phone.sealpost.signIn({ username: ada.sealpost.self.username, password: PASSWORD });
    await hearsMore(0);
    const { deviceId } = phone.sealpost.self;
    const named = heard();
    await phone.sealpost.devices.rename(deviceId, 'phone');
    await hearsMore(named);
    const removed = heard();
    await ada.sealpost.devices.revoke(deviceId);
    await hearsMore(removed);
  });
});

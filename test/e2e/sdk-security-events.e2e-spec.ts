import './cheap-argon2.js';
import { TestRelay } from '#testing';
import { audit, signToday, writeCounts } from './audit-log.js';
import { LinkingDevice, name, PASSWORD, stopAll } from './linking-devices.js';

/** What the owner of an account can see of its security, by the SDK. */

const relay = TestRelay.duringTests();
afterEach(stopAll);

async function kindsOf({ sealpost }: LinkingDevice): Promise<string[]> {
  return (await sealpost.security.events()).items.map(({ kind }) => kind);
}

describe('security events', () => {
  it('tell how an account was made, by its first device', async () => {
    const ada = await LinkingDevice.registered(relay, name('ada'));
    const { items, nextCursor } = await ada.sealpost.security.events();
    const { accountId, deviceId } = ada.sealpost.self;
    expect(items.map(({ kind }) => kind)).toEqual(['device_list_signed', 'identity_key_set', 'account_registered']);
    expect(items.every((event) => event.accountId === accountId && event.deviceId === deviceId)).toBe(true);
    expect(nextCursor).toBeNull();
  });

  it('tell of what another device does, and of what somebody tried', async () => {
    const ada = await LinkingDevice.registered(relay, name('ada'));
    const { username } = ada.sealpost.self;
    const stranger = await LinkingDevice.on(relay);
    await expect(stranger.sealpost.signIn({ username, password: 'not the password of hers' })).rejects.toMatchObject({
      code: 'invalid_credentials',
    });
    const phone = await LinkingDevice.on(relay);
    await phone.sealpost.signIn({ username, password: PASSWORD });
    await writeCounts(relay);
    expect((await kindsOf(ada)).slice(0, -3)).toEqual([
      'sign_in_failed',
      'device_list_signed',
      'device_added',
      'signed_in',
    ]);
    expect(await kindsOf(phone)).toEqual(await kindsOf(ada));
  });

  it('are nobody else’s, come page by page, and not while the account is locked', async () => {
    const [ada, grace] = [
      await LinkingDevice.registered(relay, name('ada')),
      await LinkingDevice.registered(relay, name('grace')),
    ];
    const { accountId } = ada.sealpost.self;
    await relay.query(
      `SELECT append_audit_event(now(), 'signed_in', 'owner', $1, NULL, NULL, NULL, NULL) FROM generate_series(1, 250)`,
      [accountId],
    );
    const first = await ada.sealpost.security.events();
    const second = await ada.sealpost.security.events({ cursor: first.nextCursor ?? '' });
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([200, 53, null]);
    expect(await kindsOf(grace)).toHaveLength(3);
    await ada.sealpost.lock();
    expect(() => ada.sealpost.security.events()).toThrow(expect.objectContaining({ code: 'locked' }));
  });

  it('are exported whole, the oldest first, as they are listed', async () => {
    const ada = await LinkingDevice.registered(relay, name('ada'));
    const { items } = await ada.sealpost.security.events();
    const exported = await ada.sealpost.security.export();
    expect(exported).toBe(
      [...items]
        .reverse()
        .map((event) => `${JSON.stringify(event)}\n`)
        .join(''),
    );
  });

  it('have checkpoints, which the operator’s command takes', async () => {
    const ada = await LinkingDevice.registered(relay, name('ada'));
    await signToday(relay);
    const { items, nextCursor } = await ada.sealpost.security.checkpoints();
    expect([items.map(({ number }) => number), nextCursor]).toEqual([[1], null]);
    const { text } = await audit(relay, 'checkpoints');
    expect(items.map((item) => `${JSON.stringify(item)}\n`).join('')).toBe(text);
  });
});

import './cheap-argon2.js';
import { TestRelay, until } from '#testing';
import { ENTRY_KINDS } from '../../apps/relay/src/entries/entry.js';
import { LinkingDevice, name, PASSWORD, stopAll } from './linking-devices.js';

const relay = TestRelay.duringTests();
jest.setTimeout(120_000);
afterEach(stopAll);

/** As the log stores it. */
const COMMIT = ENTRY_KINDS.indexOf('commit');

describe('a linked device', () => {
  it('has been told all, also when the old one confirmed before the words were shown here', async () => {
    const ada = await LinkingDevice.registered(relay, name('ada'));
    const phone = await LinkingDevice.on(relay);
    const { code, answered } = await phone.sealpost.link();
    await (await ada.sealpost.devices.link(code)).confirm();
    await (await answered()).confirm(PASSWORD);
    expect(phone.sealpost.self.accountId).toBe(ada.sealpost.self.accountId);
  });

  it('stands on the signed list, reads and finds what was written before, once and in order, and goes on', async () => {
    const [adaName, graceName] = [name('ada'), name('grace')];
    const ada = await LinkingDevice.registered(relay, adaName);
    const grace = await LinkingDevice.registered(relay, graceName);
    const { id } = await ada.sealpost.conversations.group([graceName], { title: 'Tea' });
    await grace.ready(id);
    await ada.sealpost.messages.send(id, 'the kettle is on');
    await grace.reads(id, 'the kettle is on');
    await grace.sealpost.messages.send(id, 'milk, please');
    await ada.reads(id, 'milk, please');
    const { digits, fingerprint } = await ada.sealpost.contacts.safetyNumberWith(grace.sealpost.self.accountId);
    await ada.sealpost.contacts.markVerified(grace.sealpost.self.accountId, fingerprint);

    const phone = await LinkingDevice.on(relay);
    await ada.links(phone);
    await phone.ready(id);
    await phone.complete();
    expect(await phone.texts(id)).toEqual(['the kettle is on', 'milk, please']);
    expect(await phone.found('KETTLE')).toEqual(['the kettle is on']);
    expect((await phone.sealpost.conversations.get(id)).title).toBe('Tea');
    expect(
      (await phone.sealpost.devices.list()).map(({ name: called, isListed }) => [called, isListed]).sort(),
    ).toEqual([
      ['device', true],
      ['phone', true],
    ]);
    const verified = await phone.sealpost.contacts.find(grace.sealpost.self.accountId);
    expect(verified?.state).toBe('verified');
    expect(phone.events.map(({ kind }) => kind)).toContain('contacts');
    expect((await phone.sealpost.contacts.safetyNumberWith(grace.sealpost.self.accountId)).digits).toBe(digits);

    const commits = 'SELECT 1 FROM entries WHERE conversation_id = $1 AND sender_device = $2 AND kind = $3';
    const hasNewKeys = async (): Promise<boolean> =>
      (await relay.query(commits, [id, phone.sealpost.self.deviceId, COMMIT])).length > 0;
    await until(hasNewKeys, 'it gives itself new keys', 60_000);

    await phone.sealpost.messages.send(id, 'from the phone');
    for (const device of [ada, grace, phone]) await device.reads(id, 'from the phone');
    await grace.sealpost.messages.send(id, 'to both');
    for (const device of [ada, phone])
      await device.has(id, ['the kettle is on', 'milk, please', 'from the phone', 'to both']);
    expect([ada, grace, phone].flatMap(({ failures }) => failures)).toEqual([]);
  });
});

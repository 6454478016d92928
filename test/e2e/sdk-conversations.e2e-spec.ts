import './cheap-argon2.js';
import { TestRelay, until } from '#testing';
import { type SdkApp, SdkApps } from './sdk-apps.js';
import { jsonAnswer } from './sdk-devices.js';

const relay = TestRelay.duringTests();
const apps = SdkApps.duringTests(relay);

describe('two people', () => {
  it('read what the other one writes, live and after being away', async () => {
    const ada = await apps.registered('ada');
    let grace = await apps.registered('grace');
    const { id } = await ada.sealpost.conversations.direct(grace.username);
    await ada.sealpost.messages.send(id, 'Good morning');
    await grace.reads(id, 'Good morning');
    await grace.sealpost.messages.send(id, 'Good evening');
    await ada.reads(id, 'Good evening');
    await grace.stop();
    for (const text of ['one', 'two', 'three']) await ada.sealpost.messages.send(id, text);
    grace = await apps.restarted(grace);
    await grace.reads(id, 'three');
    expect(await grace.texts(id)).toEqual(['Good morning', 'Good evening', 'one', 'two', 'three']);
    expect([...ada.failures, ...grace.failures]).toEqual([]);
  });

  it('have one conversation, also when both begin it at once', async () => {
    const [ada, grace] = await apps.everyone('ada', 'grace');
    const [one, other] = await Promise.all([
      ada.sealpost.conversations.direct(grace.username),
      grace.sealpost.conversations.direct(ada.username),
    ]);
    expect(one.id).toBe(other.id);
    await ada.ready(one.id);
    await grace.ready(one.id);
    await ada.sealpost.messages.send(one.id, 'from ada');
    await grace.reads(one.id, 'from ada');
    await grace.sealpost.messages.send(one.id, 'from grace');
    await ada.reads(one.id, 'from grace');
  });
});

describe('a group', () => {
  it('of three accounts with two devices each: every device reads every message once, in one order', async () => {
    const firsts = await apps.everyone('ada', 'grace', 'alan');
    const [ada, grace, alan] = firsts;
    const { id } = await ada.sealpost.conversations.group([grace.username, alan.username], { title: 'Tea' });
    for (const device of firsts) await device.ready(id);
    const all: SdkApp[] = [...firsts];
    for (const device of firsts) all.push(await apps.signedIn(device));
    for (const device of all) await device.ready(id);
    for (const [n, device] of all.entries()) {
      await device.sealpost.messages.send(id, `from ${String(n)}`);
      for (const reader of all) await reader.reads(id, `from ${String(n)}`);
    }
    const sent = all.map((_device, n) => `from ${String(n)}`);
    for (const device of all) expect(await device.texts(id)).toEqual(sent);
    expect((await ada.sealpost.conversations.get(id)).title).toBe('Tea');
    expect(all.flatMap(({ failures }) => failures)).toEqual([]);
  });

  it('is read no more by whoever was removed, and again from then on by whoever comes back', async () => {
    const [ada, grace, alan] = await apps.everyone('ada', 'grace', 'alan');
    const { conversations, messages } = ada.sealpost;
    const { id } = await conversations.group([grace.username, alan.username]);
    await messages.send(id, 'to all');
    for (const device of [grace, alan]) await device.reads(id, 'to all');
    await conversations.remove(id, [alan.username]);
    await messages.send(id, 'without alan');
    await grace.reads(id, 'without alan');
    await until(
      async () => (await alan.sealpost.conversations.get(id)).standing === 'left',
      'alan hears that he is out',
    );
    await expect(alan.sealpost.messages.send(id, 'may I?')).rejects.toMatchObject({ code: 'not_a_member' });
    await conversations.add(id, [alan.username]);
    await alan.ready(id);
    await messages.send(id, 'welcome back');
    await alan.reads(id, 'welcome back');
    expect(await alan.texts(id)).toEqual(['to all', 'welcome back']);
    await grace.reads(id, 'welcome back');
  });

  it('goes on when somebody leaves, and when a device is revoked', async () => {
    const [ada, grace, alan] = await apps.everyone('ada', 'grace', 'alan');
    const second = await apps.signedIn(grace);
    const { id } = await ada.sealpost.conversations.group([grace.username, alan.username]);
    for (const device of [grace, alan, second]) await device.ready(id);
    await alan.sealpost.conversations.leave(id);
    await ada.sealpost.messages.send(id, 'without alan');
    for (const device of [grace, second]) await device.reads(id, 'without alan');
    await grace.sealpost.devices.revoke(second.sealpost.self.deviceId);
    await ada.sealpost.messages.send(id, 'without the device');
    await grace.reads(id, 'without the device');
    expect(await second.texts(id)).toEqual(['without alan']);
  });
});

describe('a message', () => {
  it('waits while the relay cannot be reached, and leaves once, when it can', async () => {
    const [ada, grace] = await apps.everyone('ada', 'grace');
    const { id } = await ada.sealpost.conversations.direct(grace.username);
    await ada.sealpost.messages.send(id, 'before');
    await grace.reads(id, 'before');
    ada.device.wire.cut();
    const away = await apps.restarted(ada);
    await away.sealpost.messages.send(id, 'from afar');
    expect(await away.sealpost.messages.waiting(id)).toMatchObject([{ refused: null }]);
    ada.device.wire.mend();
    await grace.reads(id, 'from afar');
    expect(await grace.texts(id)).toEqual(['before', 'from afar']);
  });

  it('that the relay will not have says so, and holds up nothing behind it', async () => {
    const [ada, grace] = await apps.everyone('ada', 'grace');
    const { id } = await ada.sealpost.conversations.direct(grace.username);
    ada.device.wire.meddler = ({ method, url }, pass) => {
      const problem = { type: 'about:blank', title: 'No', status: 403, code: 'forbidden' };
      const isSend = method === 'POST' && url.endsWith('/messages');
      return isSend ? Promise.resolve(jsonAnswer(problem, 403)) : pass();
    };
    const again = await apps.restarted(ada);
    await again.sealpost.messages.send(id, 'unwanted');
    const refused = async (): Promise<boolean> =>
      (await again.sealpost.messages.waiting(id)).some((one) => one.refused === 'forbidden');
    await until(refused, 'the message is given up');
    ada.device.wire.mend();
    await again.sealpost.messages.send(id, 'wanted');
    await grace.reads(id, 'wanted');
    expect(await grace.texts(id)).toEqual(['wanted']);
    expect(again.failures).toEqual([]);
  });

  it('is found by its words, the newest first, on the device alone', async () => {
    const [ada, grace] = await apps.everyone('ada', 'grace');
    const { id } = await ada.sealpost.conversations.direct(grace.username);
    for (const text of ['Tea at four', 'No coffee', 'four o’clock TEA']) await ada.sealpost.messages.send(id, text);
    await ada.reads(id, 'four o’clock TEA');
    const found: string[] = [];
    for await (const { content } of ada.sealpost.messages.search('tea four'))
      if (content?.kind === 'text') found.push(content.text);
    expect(found).toEqual(['four o’clock TEA', 'Tea at four']);
  });
});

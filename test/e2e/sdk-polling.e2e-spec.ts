import './cheap-argon2.js';
import { RelaySocket } from '#sdk';
import { TestRelay, until } from '#testing';
import { PASSWORD } from './sdk-devices.js';
import { SdkApps } from './sdk-apps.js';

const NEVER_MS = 3_600_000;
const relay = TestRelay.duringTests();
const apps = SdkApps.duringTests(relay, { pollMs: 50 });
afterEach(() => {
  jest.restoreAllMocks();
});

describe('a device', () => {
  it('reads what comes where sockets do not get through', async () => {
    jest.spyOn(RelaySocket.prototype, 'open').mockReturnValue();
    const [ada, grace] = await apps.everyone('ada', 'grace');
    const { id } = await ada.sealpost.conversations.direct(grace.username);
    await ada.sealpost.messages.send(id, 'Slowly, but surely');
    await grace.reads(id, 'Slowly, but surely');
  });

  it('tells who listens before it is unlocked what unlocking brings', async () => {
    const [ada, before] = await apps.everyone('ada', 'grace');
    const { id } = await ada.sealpost.conversations.direct(before.username);
    await ada.sealpost.messages.send(id, 'first');
    await before.reads(id, 'first');
    const { sealpost: grace } = await apps.reopened(before);
    await ada.sealpost.messages.send(id, 'while you were out');
    await ada.sealpost.settled();
    const heard: string[] = [];
    grace.listen((event) => {
      if (event.kind === 'message' && event.message.content?.kind === 'text') heard.push(event.message.content.text);
    });
    await grace.unlock(PASSWORD);
    expect(heard).toEqual(['while you were out']);
  });

  it('hears that its relay is out of reach, also where that had still answered once the connection was gone', async () => {
    const { sealpost } = await apps.registered('ada', { pollMs: NEVER_MS });
    const heard: string[] = [];
    await sealpost.settled();
    sealpost.listen(({ kind }) => void heard.push(kind));
    await relay.whileAway(async () => {
      await until(() => heard.includes('offline'), 'it is told', 20_000);
    });
    await until(() => heard.at(-1) === 'synced', 'it is told that the relay is back', 20_000);
  });

  it('hears that its session has ended', async () => {
    const ada = await apps.registered('ada');
    const other = await apps.signedIn(ada);
    await ada.sealpost.devices.revoke(other.sealpost.self.deviceId);
    await until(() => other.failures.length > 0, 'it is told', 20_000);
    expect(other.failures[0]).toMatchObject({ code: 'invalid_refresh_token' });
  });
});

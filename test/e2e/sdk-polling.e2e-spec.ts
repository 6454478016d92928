import { MemoryDisk, MemoryStore, RelaySocket, Sealpost } from '#sdk';
import { TestRelay, until } from '#testing';

const relay = TestRelay.duringTests();
const PASSWORD = 'correct horse battery staple';
const open: Sealpost[] = [];
afterEach(async () => {
  jest.restoreAllMocks();
  for (const device of open.splice(0)) await device.close();
});

async function device(disk = new MemoryDisk()): Promise<Sealpost> {
  const sealpost = new Sealpost({ url: relay.url, store: await MemoryStore.open(disk), pollMs: 50 });
  open.push(sealpost);
  return sealpost;
}

const texts = async (sealpost: Sealpost, id: string): Promise<string[]> =>
  (await sealpost.messages.history(id)).flatMap(({ content }) => (content?.kind === 'text' ? [content.text] : []));

describe('a device', () => {
  it('reads what comes where sockets do not get through', async () => {
    jest.spyOn(RelaySocket.prototype, 'open').mockReturnValue();
    const [ada, grace] = [await device(), await device()];
    await ada.register({ username: 'ada-polls', password: PASSWORD });
    await grace.register({ username: 'grace-polls', password: PASSWORD });
    const { id } = await ada.conversations.direct('grace-polls');
    await ada.messages.send(id, 'Slowly, but surely');
    await until(async () => (await texts(grace, id)).includes('Slowly, but surely'), 'it is read', 20_000);
  });

  it('tells who listens before it is unlocked what unlocking brings', async () => {
    const disk = new MemoryDisk();
    const [ada, before] = [await device(), await device(disk)];
    await ada.register({ username: 'ada-early', password: PASSWORD });
    await before.register({ username: 'grace-early', password: PASSWORD });
    const { id } = await ada.conversations.direct('grace-early');
    await ada.messages.send(id, 'first');
    await until(async () => (await texts(before, id)).includes('first'), 'it is read', 20_000);
    await before.close();
    await ada.messages.send(id, 'while you were out');
    await ada.settled();
    const grace = await device(disk);
    const heard: string[] = [];
    grace.listen((event) => {
      if (event.kind === 'message' && event.message.content?.kind === 'text') heard.push(event.message.content.text);
    });
    await grace.unlock(PASSWORD);
    expect(heard).toEqual(['while you were out']);
  });

  it('hears that its session has ended', async () => {
    const [ada, other] = [await device(), await device()];
    await ada.register({ username: 'ada-ends', password: PASSWORD });
    await other.signIn({ username: 'ada-ends', password: PASSWORD });
    const failures: unknown[] = [];
    other.listen((event) => {
      if (event.kind === 'failed') failures.push(event.error);
    });
    await ada.devices.revoke(other.self.deviceId);
    await until(() => failures.length > 0, 'it is told', 20_000);
    expect(failures[0]).toMatchObject({ code: 'invalid_refresh_token' });
  });
});

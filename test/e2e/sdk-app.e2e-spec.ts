import { MemoryStore, Sealpost } from '#sdk';
import { TestRelay, until } from '#testing';

/** What an app asks of the main object beside sending and reading. */

const relay = TestRelay.duringTests();
const PASSWORD = 'correct horse battery staple';
const open: Sealpost[] = [];
let people = 0;
afterEach(() => Promise.all(open.splice(0).map((device) => device.close())));

async function newDevice(asking: typeof fetch = fetch): Promise<Sealpost> {
  const device = new Sealpost({ url: relay.url, store: await MemoryStore.open(), fetch: asking });
  open.push(device);
  return device;
}

it('says whose account a device has, before, while and after it is open', async () => {
  const device = await newDevice();
  expect(await device.storedAccount()).toBeUndefined();
  await device.register({ username: 'ada', password: PASSWORD });
  const { accountId, username } = device.self;
  await device.lock();
  expect(await device.storedAccount()).toEqual({ accountId, username });
});

it('opens an account by its recovery code, and gives the next one', async () => {
  const before = await newDevice();
  await before.register({ username: 'grace', password: PASSWORD });
  const code = await before.setUpRecovery(PASSWORD);
  const after = await newDevice();
  const next = await after.recover({ username: 'grace', code, newPassword: 'quite another password' });
  expect(next).not.toBe(code);
  expect(after.self.accountId).toBe(before.self.accountId);
  await after.lock();
  await after.unlock('quite another password');
});

it('hears at once what happens when it has signed in again, after the password was changed elsewhere', async () => {
  const [one, other] = [await newDevice(), await newDevice()];
  await one.register({ username: 'hedy', password: PASSWORD });
  await other.signIn({ username: 'hedy', password: PASSWORD });
  await one.changePassword(PASSWORD, 'quite another password');
  await other.signInAgain('quite another password', PASSWORD);
  let synced = 0;
  other.listen(({ kind }) => (synced += Number(kind === 'synced')));
  await one.devices.rename(other.self.deviceId, 'phone');
  // Without pushes it would ask only after thirty seconds.
  await until(() => synced > 0, 'it hears of the change', 20_000);
});

describe('a message that the relay would not have', () => {
  let device: Sealpost;
  let chat: string;
  let id: string;
  let isRefusing = false;

  const refuseMessages: typeof fetch = (...args) => {
    const [request] = args;
    const isSend = request instanceof Request && request.method === 'POST' && request.url.endsWith('/messages');
    if (!isRefusing || !isSend) return fetch(...args);
    const problem = { type: 'about:blank', title: 'No', status: 403, code: 'forbidden' };
    return Promise.resolve(Response.json(problem, { status: 403 }));
  };
  const waiting = async (): Promise<string[]> => (await device.messages.waiting(chat)).map((one) => one.id);

  beforeEach(async () => {
    device = await newDevice(refuseMessages);
    await device.register({ username: `alan${String(people++)}`, password: PASSWORD });
    ({ id: chat } = await device.conversations.group([]));
    await device.settled();
    isRefusing = true;
    id = await device.messages.send(chat, 'once more');
    await until(async () => (await device.messages.waiting(chat))[0]?.refused === 'forbidden', 'it is refused');
    isRefusing = false;
  });

  it('is sent once more, as a new one', async () => {
    const again = await device.messages.retry(chat, id);
    await until(async () => (await device.messages.history(chat))[0]?.id === again, 'it stands in the log');
    expect(again).not.toBe(id);
    expect(await waiting()).toEqual([]);
    expect(await device.messages.retry(chat, id)).toBeUndefined();
  });

  it('is forgotten, if its writer says so', async () => {
    await device.messages.discard(chat, id);
    expect(await waiting()).toEqual([]);
  });
});

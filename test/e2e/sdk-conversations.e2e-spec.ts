import { MemoryDisk, MemoryStore, type MessageRecord, Sealpost, type SdkEvent } from '#sdk';
import { TestRelay, until } from '#testing';

const relay = TestRelay.duringTests();
const PASSWORD = 'correct horse battery staple';
const open: Device[] = [];
afterEach(async () => {
  jest.restoreAllMocks();
  for (const device of open.splice(0)) await device.stop();
});

/** A device of the SDK, and all that it told. */
class Device {
  readonly failures: unknown[] = [];

  private constructor(
    readonly sealpost: Sealpost,
    private readonly disk: MemoryDisk,
  ) {}

  static async registered(username: string): Promise<Device> {
    const device = await Device.on(new MemoryDisk());
    await device.sealpost.register({ username, password: PASSWORD });
    return device.heard();
  }

  static async signedIn(username: string): Promise<Device> {
    const device = await Device.on(new MemoryDisk());
    await device.sealpost.signIn({ username, password: PASSWORD });
    return device.heard();
  }

  /** The same device, started again from what it had stored. */
  async restarted(): Promise<Device> {
    await this.stop();
    const device = await Device.on(this.disk);
    await device.sealpost.unlock(PASSWORD);
    return device.heard();
  }

  async stop(): Promise<void> {
    if (open.includes(this)) open.splice(open.indexOf(this), 1);
    await this.sealpost.close();
  }

  /** What can be read in a conversation, oldest first. */
  async texts(id: string): Promise<string[]> {
    return (await this.messages(id)).flatMap(({ content }) => (content?.kind === 'text' ? [content.text] : []));
  }

  async messages(id: string): Promise<MessageRecord[]> {
    return (await this.sealpost.messages.history(id, { limit: 200 })).reverse();
  }

  /** Waits until a conversation ends with a text. */
  async reads(id: string, text: string): Promise<void> {
    await until(async () => (await this.texts(id)).at(-1) === text, `a device reads “${text}”`, 20_000);
  }

  /** Waits until this device can send to a conversation. */
  async ready(id: string): Promise<void> {
    const isReady = async (): Promise<boolean> =>
      (await this.sealpost.conversations.list()).some((one) => one.id === id && one.isReady);
    await until(isReady, 'a device is in the group', 20_000);
  }

  private heard(): this {
    open.push(this);
    this.sealpost.listen((event: SdkEvent) => {
      if (event.kind === 'failed') this.failures.push(event.error);
    });
    return this;
  }

  private static async on(disk: MemoryDisk): Promise<Device> {
    return new Device(new Sealpost({ url: relay.url, store: await MemoryStore.open(disk) }), disk);
  }
}

let people = 0;
/** Somebody of a name that nobody has yet. */
const name = (who: string): string => `${who}${String(people++)}`;

describe('two people', () => {
  it('read what the other one writes, live and after being away', async () => {
    const [ada, graceName] = [await Device.registered(name('ada')), name('grace')];
    let grace = await Device.registered(graceName);
    const { id } = await ada.sealpost.conversations.direct(graceName);
    await ada.sealpost.messages.send(id, 'Good morning');
    await grace.reads(id, 'Good morning');
    await grace.sealpost.messages.send(id, 'Good evening');
    await ada.reads(id, 'Good evening');
    await grace.stop();
    for (const text of ['one', 'two', 'three']) await ada.sealpost.messages.send(id, text);
    grace = await grace.restarted();
    await grace.reads(id, 'three');
    expect(await grace.texts(id)).toEqual(['Good morning', 'Good evening', 'one', 'two', 'three']);
    expect([...ada.failures, ...grace.failures]).toEqual([]);
  });

  it('have one conversation, also when both begin it at once', async () => {
    const [adaName, graceName] = [name('ada'), name('grace')];
    const [ada, grace] = [await Device.registered(adaName), await Device.registered(graceName)];
    const [one, other] = await Promise.all([
      ada.sealpost.conversations.direct(graceName),
      grace.sealpost.conversations.direct(adaName),
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
    const names = ['ada', 'grace', 'alan'].map(name);
    const firsts: Device[] = [];
    for (const username of names) firsts.push(await Device.registered(username));
    const [ada] = firsts as [Device];
    const { id } = await ada.sealpost.conversations.group(names.slice(1), { title: 'Tea' });
    for (const device of firsts) await device.ready(id);
    const seconds: Device[] = [];
    for (const username of names) seconds.push(await Device.signedIn(username));
    const all = [...firsts, ...seconds];
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
    const names = ['ada', 'grace', 'alan'].map(name) as [string, string, string];
    const [ada, grace, alan] = [
      await Device.registered(names[0]),
      await Device.registered(names[1]),
      await Device.registered(names[2]),
    ];
    const { conversations, messages } = ada.sealpost;
    const { id } = await conversations.group([names[1], names[2]]);
    await messages.send(id, 'to all');
    for (const device of [grace, alan]) await device.reads(id, 'to all');
    await conversations.remove(id, [names[2]]);
    await messages.send(id, 'without alan');
    await grace.reads(id, 'without alan');
    await until(
      async () => (await alan.sealpost.conversations.get(id)).standing === 'left',
      'alan hears that he is out',
    );
    await conversations.add(id, [names[2]]);
    await alan.ready(id);
    await messages.send(id, 'welcome back');
    await alan.reads(id, 'welcome back');
    expect(await alan.texts(id)).toEqual(['to all', 'welcome back']);
    await grace.reads(id, 'welcome back');
  });

  it('goes on when somebody leaves, and when a device is revoked', async () => {
    const names = ['ada', 'grace', 'alan'].map(name) as [string, string, string];
    const [ada, grace, alan] = [
      await Device.registered(names[0]),
      await Device.registered(names[1]),
      await Device.registered(names[2]),
    ];
    const second = await Device.signedIn(names[1]);
    const { id } = await ada.sealpost.conversations.group([names[1], names[2]]);
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
    const [ada, graceName] = [await Device.registered(name('ada')), name('grace')];
    const grace = await Device.registered(graceName);
    const { id } = await ada.sealpost.conversations.direct(graceName);
    await ada.sealpost.messages.send(id, 'before');
    await grace.reads(id, 'before');
    const { fetch } = globalThis;
    const cut = jest.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('the network is down'));
    const away = await ada.restarted();
    await away.sealpost.messages.send(id, 'from afar');
    expect(await away.sealpost.messages.waiting(id)).toMatchObject([{ refused: null }]);
    cut.mockImplementation(fetch);
    await grace.reads(id, 'from afar');
    expect(await grace.texts(id)).toEqual(['before', 'from afar']);
  });

  it('that the relay will not have says so, and holds up nothing behind it', async () => {
    const [ada, graceName] = [await Device.registered(name('ada')), name('grace')];
    const grace = await Device.registered(graceName);
    const { id } = await ada.sealpost.conversations.direct(graceName);
    const { fetch } = globalThis;
    const refusing = jest.spyOn(globalThis, 'fetch').mockImplementation((...args) => {
      const { method, url } = new Request(...args);
      const isSend = method === 'POST' && url.endsWith('/messages');
      const problem = { type: 'about:blank', title: 'No', status: 403, code: 'forbidden' };
      return isSend ? Promise.resolve(Response.json(problem, { status: 403 })) : fetch(...args);
    });
    const again = await ada.restarted();
    await again.sealpost.messages.send(id, 'unwanted');
    const refused = async (): Promise<boolean> =>
      (await again.sealpost.messages.waiting(id)).some((one) => one.refused === 'forbidden');
    await until(refused, 'the message is given up');
    refusing.mockImplementation(fetch);
    await again.sealpost.messages.send(id, 'wanted');
    await grace.reads(id, 'wanted');
    expect(await grace.texts(id)).toEqual(['wanted']);
    expect(again.failures).toEqual([]);
  });

  it('is found by its words, on the device alone', async () => {
    const [ada, graceName] = [await Device.registered(name('ada')), name('grace')];
    await Device.registered(graceName);
    const { id } = await ada.sealpost.conversations.direct(graceName);
    for (const text of ['Tea at four', 'No coffee', 'four o’clock TEA']) await ada.sealpost.messages.send(id, text);
    await ada.reads(id, 'four o’clock TEA');
    const found: string[] = [];
    for await (const { content } of ada.sealpost.messages.search('tea four'))
      if (content?.kind === 'text') found.push(content.text);
    expect(found).toEqual(['Tea at four', 'four o’clock TEA']);
  });
});

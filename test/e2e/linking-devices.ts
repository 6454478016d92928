import { MemoryDisk, MemoryStore, type MessageRecord, Sealpost, type SdkEvent, type SealpostOptions } from '#sdk';
import { type TestRelay, until } from '#testing';

export const PASSWORD = 'correct horse battery staple';
const PATIENCE_MS = 60_000;

const open: LinkingDevice[] = [];
let people = 0;

/** Somebody of a name that nobody has yet. */
export const name = (who: string): string => `${who}${String(people++)}`;

/** Lets go of all devices of a test. */
export async function stopAll(): Promise<void> {
  for (const device of open.splice(0)) await device.sealpost.close();
}

/** A device of the SDK, and all that it told. */
export class LinkingDevice {
  readonly events: SdkEvent[] = [];

  private constructor(
    readonly relay: TestRelay,
    readonly sealpost: Sealpost,
    readonly disk: MemoryDisk,
    private readonly options: Partial<SealpostOptions>,
  ) {
    sealpost.listen((event) => this.events.push(event));
    open.push(this);
  }

  static async on(
    relay: TestRelay,
    options: Partial<SealpostOptions> = {},
    disk = new MemoryDisk(),
  ): Promise<LinkingDevice> {
    const store = await MemoryStore.open(disk);
    return new LinkingDevice(relay, new Sealpost({ url: relay.url, store, ...options }), disk, options);
  }

  static async registered(relay: TestRelay, username: string): Promise<LinkingDevice> {
    const device = await LinkingDevice.on(relay);
    await device.sealpost.register({ username, password: PASSWORD });
    return device;
  }

  /** The same device, started again from what it had stored. */
  async restarted(options = this.options): Promise<LinkingDevice> {
    open.splice(open.indexOf(this), 1);
    await this.sealpost.close();
    const device = await LinkingDevice.on(this.relay, options, this.disk);
    await device.sealpost.unlock(PASSWORD);
    return device;
  }

  /** Both say that the words are the same. */
  async links(other: LinkingDevice): Promise<void> {
    const { code, answered } = await other.sealpost.link({ deviceName: 'phone' });
    const here = await this.sealpost.devices.link(code);
    const there = await answered();
    expect(there.words).toEqual(here.words);
    await here.confirm();
    await there.confirm(PASSWORD);
  }

  async messages(id: string): Promise<MessageRecord[]> {
    return (await this.sealpost.messages.history(id, { limit: 200 })).reverse();
  }

  /** What can be read in a conversation, oldest first. */
  async texts(id: string): Promise<string[]> {
    return (await this.messages(id)).flatMap(({ content }) => (content?.kind === 'text' ? [content.text] : []));
  }

  /** Waits until a conversation ends with a text. */
  async reads(id: string, text: string): Promise<void> {
    await until(async () => (await this.texts(id)).at(-1) === text, `a device reads “${text}”`, PATIENCE_MS);
  }

  /** Waits until exactly these texts can be read, in this order. */
  async has(id: string, texts: readonly string[]): Promise<void> {
    const isSo = async (): Promise<boolean> => String(await this.texts(id)) === String(texts);
    await until(isSo, `a device has ${String(texts.length)} texts`, PATIENCE_MS);
  }

  /** Waits until so many texts can be read. */
  async hasAll(id: string, count: number): Promise<string[]> {
    const texts = async (): Promise<string[] | undefined> => {
      const found = await this.texts(id);
      return found.length >= count ? found : undefined;
    };
    return until(texts, `a device has ${String(count)} texts`, PATIENCE_MS);
  }

  /** Waits until this device can send to a conversation. */
  async ready(id: string): Promise<void> {
    const isReady = async (): Promise<boolean> =>
      (await this.sealpost.conversations.list()).some((one) => one.id === id && one.isReady);
    await until(isReady, 'a device is in the group', PATIENCE_MS);
  }

  /** Waits until it has all of the history. */
  async complete(): Promise<void> {
    const isComplete = (): boolean => this.events.some((event) => event.kind === 'history' && event.isComplete);
    await until(isComplete, 'the history is complete', PATIENCE_MS);
  }

  get failures(): unknown[] {
    return this.events.flatMap((event) => (event.kind === 'failed' ? [event.error] : []));
  }

  async found(words: string): Promise<string[]> {
    const texts: string[] = [];
    for await (const { content } of this.sealpost.messages.search(words))
      if (content?.kind === 'text') texts.push(content.text);
    return texts;
  }
}

import { MemoryStore, type MessageRecord, Sealpost, type SealpostOptions, type Store } from '#sdk';
import { type TestRelay, until } from '#testing';
import { PASSWORD, SdkDevice } from './sdk-devices.js';

/** What an app may ask of the SDK besides its relay and its store. */
type Preferences = Omit<SealpostOptions, 'url' | 'store' | 'fetch'>;

/** Apps on the SDK, which end by themselves. */
export class SdkApps {
  private readonly running = new Set<SdkApp>();
  private people = 0;

  private constructor(
    private readonly relay: TestRelay,
    private readonly preferences: Preferences,
  ) {}

  /** Each ends with the test that began it. */
  static duringTests(relay: TestRelay, preferences: Preferences = {}): SdkApps {
    const apps = new SdkApps(relay, preferences);
    afterEach(() => apps.stop());
    return apps;
  }

  /** They run until the last test of a file, which looks at what the ones before it have left. */
  static throughout(relay: TestRelay, preferences: Preferences = {}): SdkApps {
    const apps = new SdkApps(relay, preferences);
    afterAll(() => apps.stop());
    return apps;
  }

  /** Somebody new, who is called like that and a number. */
  async registered(who: string, preferences: Preferences = {}): Promise<SdkApp> {
    const app = await this.on(new SdkDevice(this.relay, `${who}${String(this.people++)}`), { preferences });
    await app.sealpost.register({ username: app.username, password: PASSWORD });
    return app;
  }

  /** Several people, each of their own name. */
  async everyone<Names extends readonly string[]>(...names: Names): Promise<{ [N in keyof Names]: SdkApp }> {
    const apps: SdkApp[] = [];
    for (const name of names) apps.push(await this.registered(name));
    return apps as { [N in keyof Names]: SdkApp };
  }

  /** Another device of somebody's. */
  async signedIn({ username }: SdkApp, preferences: Preferences = {}): Promise<SdkApp> {
    const app = await this.on(new SdkDevice(this.relay, username), { preferences });
    await app.sealpost.signIn({ username, password: PASSWORD });
    return app;
  }

  /** The same device, whose app is started again on what it had stored. */
  async restarted(app: SdkApp): Promise<SdkApp> {
    const again = await this.reopened(app);
    await again.sealpost.unlock(PASSWORD);
    return again;
  }

  /** The same before it is unlocked. */
  async reopened(app: SdkApp): Promise<SdkApp> {
    await app.stop();
    return this.on(app.device);
  }

  private async stop(): Promise<void> {
    for (const app of [...this.running]) await app.stop();
  }

  /** Nobody's yet: an app on a device whose store may be something else than its disk. */
  async on(
    device: SdkDevice,
    { store, preferences }: { store?: Store; preferences?: Preferences } = {},
  ): Promise<SdkApp> {
    const options = { ...this.preferences, ...preferences, url: this.relay.url, fetch: device.wire.fetch };
    const sealpost = new Sealpost({ ...options, store: store ?? (await MemoryStore.open(device.disk)) });
    const app = new SdkApp(device, sealpost, () => this.running.delete(app));
    this.running.add(app);
    return app;
  }
}

/** An app on the SDK that runs on a device, and what it had to give up. */
export class SdkApp {
  readonly failures: unknown[] = [];

  constructor(
    readonly device: SdkDevice,
    readonly sealpost: Sealpost,
    private readonly onStop: () => void,
  ) {
    sealpost.listen((event) => {
      if (event.kind === 'failed') this.failures.push(event.error);
    });
  }

  get username(): string {
    return this.device.username;
  }

  async stop(): Promise<void> {
    this.onStop();
    await this.sealpost.close();
  }

  /** What can be read in a conversation, oldest first. */
  async texts(id: string): Promise<string[]> {
    return (await this.messages(id)).flatMap(({ content }) => (content?.kind === 'text' ? [content.text] : []));
  }

  /** All that stands in a conversation, oldest first. */
  async messages(id: string): Promise<MessageRecord[]> {
    return everyMessage((page) => this.sealpost.messages.history(id, page));
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
}

/** A log as its pages show it, oldest first. */
export async function everyMessage(
  history: (page: { limit: number; before?: number }) => Promise<readonly MessageRecord[]>,
): Promise<MessageRecord[]> {
  const messages: MessageRecord[] = [];
  for (;;) {
    const before = messages.at(-1)?.seq;
    const page = await history({ limit: 200, ...(before !== undefined && { before }) });
    if (page.length === 0) return messages.reverse();
    messages.push(...page);
  }
}

import {
  type MessageRecord,
  MemoryDisk,
  MemoryStore,
  type OpenAccount,
  isRetryable,
  register,
  RelayClient,
  revokeDevice,
  type SdkEvent,
  signIn,
  unlock,
} from '#sdk';
import type { MlsGroup } from '#crypto';
import type { Seeded, TestRelay } from '#testing';
import { DeviceSession } from '../../../libs/sdk/src/device-session.js';
import { GroupShelf } from '../../../libs/sdk/src/groups/group-shelf.js';
import { type Death, MortalStore } from '../mortal-store.js';
import { PASSWORD } from '../sdk-devices.js';
import { Line } from './line.js';

/** From one start of a program to its end. */
interface Life {
  readonly store: MortalStore;
  readonly account: OpenAccount;
  readonly session: DeviceSession;
}

/** A device whose program ends and is started again, at the end of a line that loses things. */
export class SimulatedDevice {
  /** What it gave up. */
  readonly failures: unknown[] = [];
  /** What kept it from following a group. */
  readonly troubles: string[] = [];
  private readonly disk = new MemoryDisk();
  private life: Life | undefined;
  private restarting = Promise.resolve();

  private constructor(
    readonly username: string,
    readonly line: Line,
  ) {}

  static async registered(relay: TestRelay, username: string, seeded: Seeded): Promise<SimulatedDevice> {
    return SimulatedDevice.begun(relay, username, seeded, register);
  }

  /** Another device of an account. */
  static async signedIn(relay: TestRelay, username: string, seeded: Seeded): Promise<SimulatedDevice> {
    return SimulatedDevice.begun(relay, username, seeded, signIn);
  }

  private static async begun(
    relay: TestRelay,
    username: string,
    seeded: Seeded,
    how: typeof signIn,
  ): Promise<SimulatedDevice> {
    const device = new SimulatedDevice(username, await Line.to(relay.url, seeded));
    await device.live((store) =>
      how({ ...device.surroundings(store), username, password: PASSWORD, deviceName: 'device' }),
    );
    return device;
  }

  /** For people who read what went wrong. */
  get name(): string {
    const { deviceId } = this.account;
    return `${this.username}/${deviceId.slice(-4)} (${this.troubles.join(', ')})`;
  }

  /** Positions in a conversation at which it was shown a damaged commit. */
  damagedIn(id: string): number[] {
    return this.line.damaged.filter(({ conversationId }) => conversationId === id).map(({ seq }) => seq);
  }

  /** Whether it cannot come back: it would have to believe the relay about who came in by the commit that it could not read. */
  async isShutOut(id: string): Promise<boolean> {
    if (this.damagedIn(id).length === 0) return false;
    return (await this.session.conversations.list()).some((one) => one.id === id && one.trouble !== null);
  }

  get session(): DeviceSession {
    return this.alive.session;
  }

  get account(): OpenAccount {
    return this.alive.account;
  }

  private get alive(): Life {
    if (this.life === undefined) throw new Error('the device has not begun');
    return this.life;
  }

  /** Its program is to end soon, in the middle of whatever it does then. */
  destine(death: Death): void {
    this.alive.store.destine(death);
  }

  /** Ends the program as it is, and starts it again from what it has stored. */
  async restart(): Promise<void> {
    this.restarting = this.restarting.then(() => this.restartNow());
    await this.restarting;
  }

  /** Gives the device new keys, as it does by itself after some days. */
  async renewKeys(id: string): Promise<void> {
    await this.session.groups.committer.commit(id, () => Promise.resolve({}));
  }

  /** Puts another device of the account off its list, however often it takes. */
  async revoke(other: SimulatedDevice): Promise<void> {
    const { deviceId } = other.account;
    for (;;)
      try {
        await revokeDevice(this.account, deviceId);
        return;
      } catch (error) {
        if (!isRetryable(error)) throw error;
      }
  }

  private async restartNow(): Promise<void> {
    const { store, session } = this.alive;
    store.kill();
    await session.stop();
    this.disk.isInUse = false;
    await this.live((next) => unlock({ ...this.surroundings(next), password: PASSWORD }));
  }

  async stop(): Promise<void> {
    await this.life?.session.stop();
    await this.line.close();
  }

  /** The group of a conversation as it is stored. */
  async group(id: string): Promise<MlsGroup | undefined> {
    return new GroupShelf(this.account.store).get(id);
  }

  /** What stands in a conversation, oldest first. */
  async messages(id: string): Promise<MessageRecord[]> {
    const messages: MessageRecord[] = [];
    for (let page = await this.page(id); page.length > 0; page = await this.page(id, page.at(-1)?.seq))
      messages.push(...page);
    return messages.reverse();
  }

  private page(id: string, before?: number): Promise<MessageRecord[]> {
    return this.session.messages.history(id, { limit: 200, ...(before !== undefined && { before }) });
  }

  private surroundings(store: MortalStore) {
    const { url, fetch } = this.line;
    return { relay: new RelayClient({ url, fetch }), store };
  }

  private async live(open: (store: MortalStore) => Promise<OpenAccount>): Promise<void> {
    const store = new MortalStore(await MemoryStore.open(this.disk));
    const account = await open(store);
    const session = new DeviceSession(account);
    this.life = { store, account, session };
    session.events.listen((event: SdkEvent) => {
      if (event.kind === 'failed') this.failures.push(event.error);
      if (event.kind === 'trouble') this.troubles.push(event.trouble ?? 'over');
    });
    await session.start();
  }
}

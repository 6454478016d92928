import type { OpenAccount } from './account/open-account.js';
import * as accounts from './account/account.js';
import { DeviceSession } from './device-session.js';
import { GroupError } from './groups/groups.errors.js';
import { RelayClient } from './relay/relay-client.js';
import type { Credentials, SealpostOptions } from './sealpost-options.js';
import { StoreClosedError } from './store/store.errors.js';
import { EventHub } from './sync/events.js';
import { waitingFor } from './waiting.js';

/** An account that is open, and what works for it. */
export interface Opened {
  readonly account: OpenAccount;
  readonly session: DeviceSession;
}

/** Opens the account of a device, and lets go of it: there is one at most, and what is asked of none is refused. */
export class DeviceOpening {
  readonly relay: RelayClient;
  /** Outlives what is opened and locked. */
  readonly hub = new EventHub();
  private readonly now: () => number;
  private current: Opened | undefined;

  constructor(private readonly options: SealpostOptions) {
    this.now = options.now ?? Date.now;
    this.relay = new RelayClient(options);
    void options.store.lost?.then(() => this.giveUp());
  }

  get isOpen(): boolean {
    return this.current !== undefined;
  }

  /** @throws {GroupError} `locked` */
  get opened(): Opened {
    if (this.current === undefined) throw new GroupError('locked', 'The account is not open.');
    return this.current;
  }

  /** What an account is set up with on this device. */
  device({ deviceName = 'device' }: Pick<Credentials, 'deviceName'>) {
    return { relay: this.relay, store: this.options.store, deviceName };
  }

  /** What the signal ends can be begun again: setting up goes on where it broke off. */
  async begin(opening: () => Promise<OpenAccount>, signal?: AbortSignal): Promise<void> {
    if (this.isOpen) throw new Error('An account is open already: lock it first.');
    await this.relay.within(signal, async () => {
      const account = await opening();
      const { pollMs, readReceipts } = this.options;
      const session = new DeviceSession(account, { nowMs: this.now, pollMs, readReceipts });
      session.events.listen((event) => this.hub.tell([event]));
      this.current = { account, session };
      try {
        await waitingFor(session.start(), signal === undefined ? {} : { signal });
      } catch (error) {
        await this.lock();
        throw error;
      }
    });
  }

  /** Lets go of the relay, and forgets all keys. */
  async lock(): Promise<void> {
    accounts.lock(await this.stop());
  }

  /** Lets go of the relay, also for what was locked meanwhile. @returns the account, with its keys. */
  async stop({ account, session } = this.opened): Promise<OpenAccount> {
    this.current = undefined;
    await session.stop();
    return account;
  }

  /**
   * Another tab has taken the store. It has the session, too: to go on here with a refresh token that is used up there would end
   * it for both.
   */
  private async giveUp(): Promise<void> {
    if (!this.isOpen) return;
    await this.lock();
    this.hub.tell([{ kind: 'failed', error: new StoreClosedError() }]);
  }
}

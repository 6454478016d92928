import * as accounts from './account/account.js';
import { type AccountDevice, listDevices, renameDevice, revokeDevice } from './account/devices.js';
import type { OpenAccount } from './account/open-account.js';
import { changePassword, recover, setUpRecovery } from './account/passwords.js';
import { findPins } from './account/pins.js';
import type { Conversations } from './conversations/conversations.js';
import { DeviceSession } from './device-session.js';
import { GroupError } from './groups/groups.errors.js';
import type { Messages } from './messages/messages.js';
import type { Receipts } from './messages/receipts.js';
import type { PeerDirectory } from './peers/peer-directory.js';
import { RelayClient } from './relay/relay-client.js';
import type { Store } from './store/store.js';
import { eventsOf } from './sync/event-stream.js';
import { EventHub, type SdkEvent } from './sync/events.js';

/** Where the relay is, and where this device keeps what it has. */
export interface SealpostOptions {
  /** `https://relay.example` */
  readonly url: string;
  /** One device's: `NodeStore` of `@sealpost/sdk/node`, `IndexedDbStore` of `@sealpost/sdk/browser`. */
  readonly store: Store;
  /** The platform's, if left out. */
  readonly fetch?: typeof fetch;
  /** Milliseconds since the epoch; the platform's clock, if left out. */
  readonly now?: () => number;
  /** While the socket is not connected, the relay is asked every so many milliseconds; 30,000 if left out. */
  readonly pollMs?: number;
}

/** Who somebody is, and on which device. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** For people, in the list of devices; `device` if left out. */
  readonly deviceName?: string;
}

/** What opens an account whose password is forgotten. */
export interface Recovery extends Omit<Credentials, 'password'> {
  readonly code: string;
  readonly newPassword: string;
}

interface Open {
  readonly account: OpenAccount;
  readonly session: DeviceSession;
}

/**
 * Encrypted conversations on one device: it makes and opens the account, follows the relay, and keeps everything in its store.
 *
 * ```ts
 * const sealpost = new Sealpost({ url: 'https://relay.example', store: await NodeStore.open('./ada') });
 * await sealpost.register({ username: 'ada', password: 'correct horse battery staple' });
 * const chat = await sealpost.conversations.direct('grace');
 * await sealpost.messages.send(chat.id, 'Good morning');
 * for await (const event of sealpost.events()) if (event.kind === 'message') console.log(event.message.content);
 * ```
 */
export class Sealpost {
  private readonly relay: RelayClient;
  private readonly now: () => number;
  /** Outlives what is opened and locked. */
  private readonly hub = new EventHub();
  private open: Open | undefined;

  constructor(private readonly options: SealpostOptions) {
    const { url, fetch, now = Date.now } = options;
    this.now = now;
    this.relay = new RelayClient({ url, now, ...(fetch === undefined ? {} : { fetch }) });
  }

  /** Makes an account, with this as its first device. @throws as `register` does. */
  async register(
    credentials: Credentials & { readonly displayName?: string; readonly cost?: accounts.DerivationCost },
  ): Promise<void> {
    await this.begin(accounts.register({ ...this.device(credentials), ...credentials }));
  }

  /** Signs in on a device that is new to the account. @throws as `signIn` does. */
  async signIn(credentials: Credentials): Promise<void> {
    await this.begin(accounts.signIn({ ...this.device(credentials), ...credentials }));
  }

  /** Opens what this device has stored; the relay need not be in reach. @throws as `unlock` does. */
  async unlock(password: string): Promise<void> {
    const { relay } = this;
    await this.begin(accounts.unlock({ relay, store: this.options.store, password }));
  }

  /** As {@link lock}, and closes the store: another program, or another tab, may open it. */
  async close(): Promise<void> {
    if (this.open !== undefined) await this.lock();
    await this.options.store.close();
  }

  /** Whose account this device has, also while it is locked; undefined when it has none. */
  async storedAccount(): Promise<Pick<OpenAccount, 'accountId' | 'username'> | undefined> {
    const pins = await findPins(this.options.store);
    return pins && { accountId: pins.accountId, username: pins.username };
  }

  /**
   * Sets a new password by the recovery code, and signs in, on a device that is new to the account.
   *
   * @returns the next recovery code: the old one is spent. @throws as `recover` does.
   */
  async recover({ username, code, newPassword, ...device }: Recovery): Promise<string> {
    const recovering = recover({ ...this.device(device), username, code, newPassword });
    await this.begin(recovering.then(({ account }) => account));
    return (await recovering).recoveryCode;
  }

  /** Lets go of the relay, and forgets all keys: {@link unlock} opens the account again. */
  async lock(): Promise<void> {
    const { account, session } = this.opened();
    this.open = undefined;
    await session.stop();
    accounts.lock(account);
  }

  /** Ends the session and deletes all that this device has stored. */
  async signOut(): Promise<void> {
    const { account, session } = this.opened();
    this.open = undefined;
    await session.stop();
    await accounts.signOut(account);
  }

  /** Whose account is open, and on which device. @throws {GroupError} `locked`, as all that follows. */
  get self(): Pick<OpenAccount, 'accountId' | 'username' | 'deviceId'> {
    const { accountId, username, deviceId } = this.opened().account;
    return { accountId, username, deviceId };
  }

  get conversations(): Conversations {
    return this.opened().session.conversations;
  }

  get messages(): Messages {
    return this.opened().session.messages;
  }

  get receipts(): Receipts {
    return this.opened().session.receipts;
  }

  /** Other people's keys: safety numbers, verification, changes. */
  get contacts(): PeerDirectory {
    return this.opened().session.contacts;
  }

  /** This account's devices. */
  readonly devices = {
    list: (): Promise<AccountDevice[]> => listDevices(this.opened().account),
    rename: (deviceId: string, name: string): Promise<void> => renameDevice(this.opened().account, deviceId, name),
    /** Takes a device off the list, ends its session, and has it removed from all groups. */
    revoke: (deviceId: string): Promise<void> => revokeDevice(this.opened().account, deviceId),
  };

  /** @throws {AccountError} `wrong_password` */
  async changePassword(password: string, newPassword: string): Promise<void> {
    await changePassword(this.opened().account, password, newPassword);
  }

  /** Makes a recovery code, in place of an earlier one. @returns it, for its owner to keep. @throws as `setUpRecovery` does. */
  async setUpRecovery(password: string): Promise<string> {
    return setUpRecovery(this.opened().account, password);
  }

  /** What happens on this device from now on, until the signal ends it. */
  events(signal?: AbortSignal): AsyncGenerator<SdkEvent> {
    return eventsOf(this.hub, signal);
  }

  /**
   * Calls back with all that happens on this device from now on. Who listens before the account is opened also hears what
   * {@link unlock} brings. @returns what ends it.
   */
  listen(listener: (event: SdkEvent) => void): () => void {
    return this.hub.listen(listener);
  }

  /** Resolves when nothing is left to send or to fetch, or nothing can be while the relay is out of reach. */
  async settled(): Promise<void> {
    await this.opened().session.settled();
  }

  private device({ deviceName = 'device' }: Pick<Credentials, 'deviceName'>) {
    return { relay: this.relay, store: this.options.store, deviceName };
  }

  private async begin(opening: Promise<OpenAccount>): Promise<void> {
    if (this.open !== undefined) throw new Error('An account is open already: lock it first.');
    const account = await opening;
    const session = new DeviceSession(account, { nowMs: this.now, pollMs: this.options.pollMs });
    session.events.listen((event) => this.hub.tell([event]));
    this.open = { account, session };
    await session.start();
  }

  private opened(): Open {
    if (this.open === undefined) throw new GroupError('locked', 'The account is not open.');
    return this.open;
  }
}

import * as accounts from './account/account.js';
import { type AskedDeletion, deleteAccount, type DeletionPlan, deletionPlan } from './account/deletion.js';
import type { AskToKeep } from './account/keeping.js';
import type { OpenAccount } from './account/open-account.js';
import { changePassword, recover, setUpRecovery } from './account/passwords.js';
import { findPins } from './account/pins.js';
import { type Profile, profileOf, updateProfile } from './account/profile.js';
import { AccountParts } from './account-parts.js';
import { DeviceOpening, type Opened } from './device-opening.js';
import { WaitingDevice } from './linking/new-device.js';
import { type GetPasskey, PasskeyDevice } from './mfa/passkey-sign-in.js';
import type { SignInOptions } from './mfa/second-factor.js';
import type {
  Credentials,
  LinkOptions,
  PasskeySignIn,
  Recovery,
  Registration,
  SealpostOptions,
  WaitingLink,
} from './sealpost-options.js';
import { eventsOf } from './sync/event-stream.js';
import type { SdkEvent } from './sync/events.js';
import { type Waiting, waitingFor } from './waiting.js';

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
export class Sealpost extends AccountParts {
  private readonly opening: DeviceOpening;

  constructor(private readonly options: SealpostOptions) {
    super();
    this.opening = new DeviceOpening(options);
  }

  /**
   * Who may make an account at the relay: everybody (`open`), whoever has an invitation (`invite`), nobody (`closed`), or what
   * this version does not know.
   *
   * @throws {RelayUnreachableError}
   *
   * @example
   * const invitation = (await sealpost.registration()) === 'invite' ? await ask('Code?') : undefined;
   */
  async registration(): Promise<string> {
    return accounts.registrationOf(this.opening.relay);
  }

  /** Makes an account, with this as its first device. @throws as `register` does. */
  async register(registration: Registration, { signal }: Waiting = {}): Promise<void> {
    await this.opening.begin(
      () => accounts.register({ ...this.opening.device(registration), ...registration }),
      signal,
    );
  }

  /**
   * Signs in on a device that is new to the account.
   *
   * @param options.secondFactor asks for one, if the account takes one. @param options.keepAccount asks whether to keep an account
   * that is to be deleted. @throws as `signIn` does.
   *
   * @example
   * await sealpost.signIn(credentials, { secondFactor: async () => ({ kind: 'totp', code: await ask('Code?') }) });
   *
   * @example
   * await sealpost.signIn(credentials, { keepAccount: ({ dueAt }) => confirm(`To be deleted on ${dueAt}. Keep it?`) });
   */
  async signIn(credentials: Credentials, { signal, ...asking }: SignInOptions = {}): Promise<void> {
    const device = this.opening.device(credentials);
    await this.opening.begin(() => accounts.signIn({ ...device, ...credentials, ...asking }), signal);
  }

  /**
   * Signs in by a passkey of an account, on a device that is new to it. The password opens it then: what is kept for the account
   * lies under the password, which the relay never learns.
   *
   * @param get asks the browser: `navigator.credentials.get`. @throws {AccountError} `account_exists`
   * @throws {RelayRefusal} `invalid_mfa_code` for a passkey that the relay does not know. @throws what `get` throws.
   *
   * @example
   * const { username, unlock } = await sealpost.signInWithPasskey((optionsJSON) => startAuthentication({ optionsJSON }));
   * await unlock(await ask(`Password of ${username}?`));
   */
  async signInWithPasskey(
    get: GetPasskey,
    { deviceName = 'device', keepAccount }: { readonly deviceName?: string; readonly keepAccount?: AskToKeep } = {},
  ): Promise<PasskeySignIn> {
    const waiting = await PasskeyDevice.signIn(this.opening.device({ deviceName }), get, keepAccount);
    return {
      username: waiting.username,
      unlock: (password, { signal } = {}) => this.opening.begin(() => waiting.unlock(password), signal),
      cancel: () => waiting.cancel(),
    };
  }

  /**
   * Sets a new password by the recovery code, and signs in on this device. All sessions end, and the code is spent.
   *
   * @returns the next code, for its owner to keep. @throws as `recover` does.
   *
   * @example
   * const nextCode = await sealpost.recover({ username: 'ada', code, newPassword });
   */
  async recover(recovery: Recovery, { signal, ...asking }: SignInOptions = {}): Promise<string> {
    let nextCode = '';
    await this.opening.begin(async () => {
      const recovered = await recover({ ...this.opening.device(recovery), ...recovery, ...asking });
      nextCode = recovered.recoveryCode;
      return recovered.account;
    }, signal);
    return nextCode;
  }

  /**
   * Shows a code by which another device of the account links this one, new to it: `sealpost.devices.link(code)` there. The
   * code is good for two minutes.
   *
   * ```ts
   * const { code, answered } = await sealpost.link({ deviceName: 'phone' });
   * showAsQrCode(code);
   * const { words, confirm, reject } = await answered();
   * await ((await areTheSame(words)) ? confirm(password) : reject());
   * ```
   *
   * @param options.signal ends all waiting, but in a worker that of `link` alone: there give `answered` and `confirm` their own.
   * @throws {AccountError} `account_exists`; while waiting `linking_expired`, `linking_rejected`, and `relay_not_trusted` when
   * the relay passes on what is not from the device that has read the code.
   * @throws {RelayRefusal} of `confirm`: `invalid_credentials` for a wrong password, which may be asked for again.
   */
  async link({ deviceName = 'device', signal }: LinkOptions = {}): Promise<WaitingLink> {
    const waiting = await WaitingDevice.open({ ...this.opening.device({ deviceName }), signal });
    const confirm = (password: string, given: SignInOptions = {}): Promise<void> =>
      this.opening.begin(() => waiting.confirm(password, given), given.signal);
    const reject = (): Promise<void> => waiting.reject();
    return {
      code: waiting.code,
      answered: async (given) => ({ words: await waiting.answered(given), confirm, reject }),
    };
  }

  /** Opens what this device has stored; the relay need not be in reach. @throws as `unlock` does. */
  async unlock(password: string, { signal }: Waiting = {}): Promise<void> {
    const { relay } = this.opening;
    await this.opening.begin(() => accounts.unlock({ relay, store: this.options.store, password }), signal);
  }

  /** As {@link lock}, and closes the store: another program, or another tab, may open it. */
  async close(): Promise<void> {
    if (this.opening.isOpen) await this.lock();
    await this.options.store.close();
  }

  /** Whose account this device has, also while it is locked; undefined when it has none. */
  async storedAccount(): Promise<Pick<OpenAccount, 'accountId' | 'username'> | undefined> {
    const pins = await findPins(this.options.store);
    return pins && { accountId: pins.accountId, username: pins.username };
  }

  /** Lets go of the relay, and forgets all keys: {@link unlock} opens the account again. */
  async lock(): Promise<void> {
    await this.opening.lock();
  }

  /** Ends the session and deletes all that this device has stored. */
  async signOut(): Promise<void> {
    await accounts.signOut(await this.opening.stop());
  }

  /**
   * What comes of {@link deleteAccount}: for how long the account can be kept, and to whom its groups go.
   *
   * @throws {RelayUnreachableError}
   *
   * @example
   * const { graceDays, handovers } = await sealpost.deletionPlan();
   * for (const { conversationId } of handovers) await sealpost.conversations.giveRole(conversationId, 'grace', 'owner');
   */
  async deletionPlan(): Promise<DeletionPlan> {
    const { account, session } = this.opened;
    return deletionPlan(account, await session.conversations.list());
  }

  /**
   * Has the account deleted, and ends all its sessions. The relay gives some days to think again: until then what this device
   * has stored stays, locked, and a sign-in with `keepAccount` keeps it. With `now`, and where there are no such days, it is
   * deleted for good, and all that this device has stored. What others have of its messages stays with them in any case.
   *
   * @param options.now without time to think again. @returns until when it can be kept.
   * @throws {AccountError} `wrong_password` @throws {RelayRefusal} and {RelayUnreachableError}: the account stays open, with all that
   * is stored here. If an answer was lost, it may have been taken all the same: {@link signOut} deletes what is here.
   *
   * @example
   * const { dueAt } = await sealpost.deleteAccount(password);
   */
  async deleteAccount(password: string, { now = false }: { readonly now?: boolean } = {}): Promise<AskedDeletion> {
    const { opened } = this;
    const asked = await deleteAccount(opened.account, password, { now });
    const account = await this.opening.stop(opened);
    if (asked.dueAt === null) await accounts.erase(account);
    else accounts.lock(account);
    return asked;
  }

  /**
   * What others see of this account, and who may begin conversations with it: with `contacts`, everybody else only asks
   * (`standing: 'invited'`), and is heard once `conversations.accept` lets them in.
   *
   * @throws {RelayRefusal} and {RelayUnreachableError}
   *
   * @example
   * await sealpost.updateProfile({ privacy: 'contacts' });
   */
  async updateProfile(change: Partial<Profile>): Promise<void> {
    await updateProfile(this.opened.account.relay, change);
  }

  /** What {@link updateProfile} changes. @throws {RelayRefusal} and {RelayUnreachableError} */
  async profile(): Promise<Profile> {
    return profileOf(this.opened.account.relay);
  }

  /**
   * Makes a recovery code, in place of an earlier one. It opens the account without the password, and is stored nowhere.
   *
   * @throws {AccountError} `wrong_password`
   *
   * @example
   * print(await sealpost.setUpRecovery(password));
   */
  async setUpRecovery(password: string): Promise<string> {
    return setUpRecovery(this.opened.account, password);
  }

  /** @throws {AccountError} `wrong_password` */
  async changePassword(password: string, newPassword: string): Promise<void> {
    await changePassword(this.opened.account, password, newPassword);
  }

  /**
   * Replaces the account's identity key: a way on when somebody else may have had it. All own devices follow, and renew their keys
   * in all groups. Contacts are told; who had verified this account sends nothing until they have decided about the new key. If it
   * breaks off, this device finishes it once the relay is in reach, also after it was started again.
   *
   * @throws {AccountError} `wrong_password`; `relay_not_trusted` when the relay shows a key that is not the account's.
   *
   * @example
   * await sealpost.rotateIdentity(password);
   */
  async rotateIdentity(password: string): Promise<void> {
    await this.opened.session.rotateIdentity(password);
  }

  /**
   * Makes a new session where the password was changed on another device. This device's store gets the new one, too.
   *
   * @param storePassword the one from before. @param options.secondFactor asks for one, if the account takes one.
   * @param options.keepAccount asks whether to keep an account that is to be deleted. @throws as `signInAgain` does.
   *
   * @example
   * await sealpost.unlock(oldPassword);
   * await sealpost.signInAgain(newPassword, oldPassword);
   */
  async signInAgain(
    password: string,
    storePassword = password,
    asking: Pick<SignInOptions, 'secondFactor' | 'keepAccount'> = {},
  ): Promise<void> {
    const { account, session } = this.opened;
    await accounts.signInAgain(account, password, storePassword, asking);
    await session.resume();
  }

  /** What happens on this device from now on, until the signal ends it. */
  events(signal?: AbortSignal): AsyncGenerator<SdkEvent> {
    return eventsOf(this.opening.hub, signal);
  }

  /**
   * Calls back with all that happens on this device from now on. Who listens before the account is opened also hears what
   * {@link unlock} brings. @returns what ends it.
   */
  listen(listener: (event: SdkEvent) => void): () => void {
    return this.opening.hub.listen(listener);
  }

  /**
   * Tries at once what would be tried later, for when the platform says that there is a network again. @returns as
   * {@link settled} does.
   *
   * @example
   * addEventListener('online', () => void sealpost.reconnect());
   */
  async reconnect(): Promise<void> {
    await this.opened.session.reconnect();
  }

  /** Resolves when nothing is left to send or to fetch, or nothing can be while the relay is out of reach. */
  async settled(waiting: Waiting = {}): Promise<void> {
    await waitingFor(this.opened.session.settled(), waiting);
  }

  // No method: what a worker answers its page by are the methods of this class.
  protected get opened(): Opened {
    return this.opening.opened;
  }
}

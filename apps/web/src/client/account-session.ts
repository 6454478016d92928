import { keptApp } from '../offline/kept-app.js';
import { forgetNotificationChoice } from '../notifications/notification-choice.js';
import { forgetLockDelay } from '../settings/lock-delay.js';
import { Observable } from '../state/observable.js';
import { deviceName } from './device-name.js';
import { errorCode } from './error-code.js';
import { KnownAccount } from './known-account.js';
import { type Client, isStoreGone, keepStorage, openClient } from './open-client.js';
import { PendingRecovery } from './pending-recovery.js';

/** Where this browser stands with its account. */
export type Phase =
  | { readonly kind: 'opening' }
  /** Another tab has the store. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'unavailable'; readonly code: string }
  | { readonly kind: 'signedOut' }
  /** There was an account, and the browser has deleted what was stored of it. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'locked'; readonly username: string }
  /** The code has to be kept before the first message. */
  | { readonly kind: 'recovery'; readonly code: string; readonly isKept: boolean }
  | { readonly kind: 'open'; readonly client: Client };

interface Entry {
  readonly username: string;
  readonly password: string;
}

const SESSION_OVER: readonly string[] = ['invalid_token', 'invalid_refresh_token', 'refresh_token_reused'];

/** Opens, locks and leaves the account of this browser. */
export class AccountSession {
  readonly phase = new Observable<Phase>({ kind: 'opening' });
  /** Whether the relay knows this device no more: the password was changed on another one, or this one was removed. */
  readonly isSignedOutElsewhere = new Observable(false);
  private client: Client | undefined;
  private readonly pending = new PendingRecovery(localStorage);
  private readonly known = new KnownAccount(localStorage);

  constructor() {
    this.phase.subscribe(() => {
      if (['locked', 'recovery', 'open'].includes(this.phase.get().kind)) this.known.remember();
    });
  }

  /** @param steal takes the store over from another tab. */
  async open({ steal = false } = {}): Promise<void> {
    try {
      await this.client?.close();
      const client = await openClient({ steal });
      this.client = client;
      this.isSignedOutElsewhere.set(false);
      client.listen((event) => {
        if (event.kind === 'failed' && client === this.client) void this.hearFailure(errorCode(event.error));
      });
      const account = await client.storedAccount();
      if (account !== undefined) this.phase.set({ kind: 'locked', username: account.username });
      else this.phase.set({ kind: this.known.isKnown ? 'lost' : 'signedOut' });
    } catch (error) {
      const code = errorCode(error);
      this.phase.set(code === 'store_in_use' ? { kind: 'elsewhere' } : { kind: 'unavailable', code });
    }
  }

  async register({ username, password }: Entry): Promise<void> {
    const client = this.opened();
    this.pending.begin();
    await this.inStore(client.register({ username, password, deviceName: deviceName(navigator.userAgent) }));
    try {
      await this.showRecoveryCode(await client.setUpRecovery(password));
    } catch (error) {
      // The account is there. Whoever unlocks it gets a code.
      await this.lock();
      throw error;
    }
  }

  async signIn(entry: Entry): Promise<void> {
    const client = this.opened();
    await this.inStore(client.signIn({ ...entry, deviceName: deviceName(navigator.userAgent) }));
    await keepStorage();
    this.phase.set({ kind: 'open', client });
  }

  /** By the recovery code, of which there is a new one then. */
  async recover(recovery: { username: string; code: string; newPassword: string }): Promise<void> {
    const device = { deviceName: deviceName(navigator.userAgent) };
    const code = await this.inStore(this.opened().recover({ ...recovery, ...device }));
    this.pending.begin();
    await this.showRecoveryCode(code);
  }

  async unlock(password: string): Promise<void> {
    const client = this.opened();
    this.isSignedOutElsewhere.set(false);
    await this.inStore(client.unlock(password));
    // It was shown, and the page was closed before its owner said that it is kept: nobody knows whether it is.
    if (this.pending.isPending) await this.showRecoveryCode(await client.setUpRecovery(password));
    else this.phase.set({ kind: 'open', client });
  }

  /** @param storePassword what this browser was unlocked with. */
  async signInAgain(password: string, storePassword: string): Promise<void> {
    await this.opened().signInAgain(password, storePassword);
    this.isSignedOutElsewhere.set(false);
  }

  confirmRecovery(): void {
    this.pending.end();
    this.phase.set({ kind: 'open', client: this.opened() });
  }

  async lock(): Promise<void> {
    const client = this.opened();
    // Its owner and a timer may come at the same time.
    if (this.phase.get().kind === 'locked') return;
    const { username } = client.self;
    this.phase.set({ kind: 'locked', username });
    await client.lock();
  }

  /** Ends the session at the relay, and deletes all that is stored here. */
  async signOut(): Promise<void> {
    const client = this.opened();
    this.phase.set({ kind: 'opening' });
    try {
      await client.signOut();
    } finally {
      // What is stored is deleted in any case.
      await keptApp.forget();
      await this.beginAnew();
    }
  }

  /** Deletes the account at the relay and all that is stored here. What is refused leaves both as they were. */
  async deleteAccount(password: string): Promise<void> {
    await this.opened().deleteAccount(password);
    this.phase.set({ kind: 'opening' });
    await keptApp.forget();
    await this.beginAnew();
  }

  /** Nothing is stored any more. */
  private async beginAnew(): Promise<void> {
    this.known.forget();
    forgetLockDelay();
    forgetNotificationChoice();
    this.pending.end();
    await this.open();
  }

  private async showRecoveryCode(code: string): Promise<void> {
    this.phase.set({ kind: 'recovery', code, isKept: await keepStorage() });
  }

  private async hearFailure(code: string): Promise<void> {
    if (code === 'store_closed') await this.leaveStore();
    if (SESSION_OVER.includes(code)) this.isSignedOutElsewhere.set(true);
    // The browser has ended the worker, as for want of memory. What was stored is there.
    if (code === 'worker_ended') await this.open();
  }

  /** While an account is locked, nothing says that another tab has taken its store. */
  private async inStore<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (errorCode(error) === 'store_closed') await this.leaveStore();
      throw error;
    }
  }

  /** Another tab has taken it, or the browser has deleted it. */
  private async leaveStore(): Promise<void> {
    this.phase.set({ kind: (await isStoreGone()) ? 'lost' : 'elsewhere' });
  }

  private opened(): Client {
    if (this.client === undefined) throw new Error('the store is not open');
    return this.client;
  }
}

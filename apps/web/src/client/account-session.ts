import type { GetPasskey, PasskeySignIn, SignInOptions, WaitingLink } from '#sdk';
import { KeepAsks } from '../account/keep-asks.js';
import { forgetDismissed } from '../announcements/dismissed.js';
import { FactorAsks } from '../mfa/factor-asks.js';
import { forgetMuting } from '../notifications/muting-choice.js';
import { forgetNotificationChoice } from '../notifications/notification-choice.js';
import { forgetWakeUps } from '../notifications/wake-up-choice.js';
import { keptApp } from '../offline/kept-app.js';
import { forgetLockDelay } from '../settings/lock-delay.js';
import { forgetSingleKeys } from '../shortcuts/single-keys.js';
import { Observable } from '../state/observable.js';
import { deviceName } from './device-name.js';
import { errorCode, hasEndedSession } from './error-code.js';
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
  | { readonly kind: 'locked'; readonly username: string; readonly deletionDueAt?: string }
  /** The code has to be kept before the first message. */
  | { readonly kind: 'recovery'; readonly code: string; readonly isKept: boolean }
  | { readonly kind: 'open'; readonly client: Client }
  /** The relay does not take this browser for a device of the account any more. What is stored is there, and not shown. */
  | { readonly kind: 'ended' };

interface Entry {
  readonly username: string;
  readonly password: string;
}

/** Opens, locks and leaves the account of this browser. */
export class AccountSession {
  readonly phase = new Observable<Phase>({ kind: 'opening' });
  /** Second factors, for whatever takes one. */
  readonly factors = new FactorAsks();
  /** Whether to keep an account that is to be deleted. */
  readonly keeps = new KeepAsks();
  /** Whom a sign-in asks. */
  readonly asking = { secondFactor: this.factors.atSignIn, keepAccount: this.keeps.ask } satisfies SignInOptions;
  private client: Client | undefined;
  private isEnded = false;
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
      this.isEnded = false;
      client.listen((event) => {
        if (event.kind === 'failed' && client === this.client) void this.hearFailure(event.error);
      });
      const account = await client.storedAccount();
      if (account !== undefined) this.phase.set({ kind: 'locked', username: account.username });
      else this.phase.set({ kind: this.known.isKnown ? 'lost' : 'signedOut' });
    } catch (error) {
      const code = errorCode(error);
      this.phase.set(code === 'store_in_use' ? { kind: 'elsewhere' } : { kind: 'unavailable', code });
    }
  }

  /** Who may make an account: `open`, `invite` or `closed`. */
  async registration(): Promise<string> {
    return this.opened().registration();
  }

  /** @param entry.invitation the code, where the relay wants one. */
  async register({ username, password, invitation }: Entry & { readonly invitation?: string }): Promise<void> {
    const client = this.opened();
    this.pending.begin();
    const device = { deviceName: deviceName(navigator.userAgent) };
    await this.inStore(client.register({ username, password, ...device, ...(invitation && { invitation }) }));
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
    const device = { deviceName: deviceName(navigator.userAgent) };
    await this.inStore(client.signIn({ ...entry, ...device }, this.asking));
    await keepStorage();
    this.enter(client);
  }

  /** On a browser that is new to the account. The password is asked for once the passkey has said whose. */
  async signInWithPasskey(get: GetPasskey): Promise<PasskeySignIn> {
    const options = { deviceName: deviceName(navigator.userAgent), keepAccount: this.keeps.ask };
    return this.inStore(this.opened().signInWithPasskey(get, options));
  }

  /** Once the password opens what the passkey has signed in to. */
  async finishPasskey(unlocked: Promise<void>): Promise<void> {
    const client = this.opened();
    await this.inStore(unlocked);
    await keepStorage();
    this.enter(client);
  }

  /** A code by which another device of an account links this browser to it. */
  async showLinkingCode(signal: AbortSignal): Promise<WaitingLink> {
    return this.inStore(this.opened().link({ deviceName: deviceName(navigator.userAgent), signal }));
  }

  /** Takes what the other device hands over. */
  async finishLink(confirmed: Promise<void>): Promise<void> {
    const client = this.opened();
    try {
      await this.inStore(confirmed);
    } catch (error) {
      // It may have broken off when the account was stored already: then it is unlocked, and goes on.
      const account = await client.storedAccount();
      if (account !== undefined) this.phase.set({ kind: 'locked', username: account.username });
      throw error;
    }
    await keepStorage();
    this.enter(client);
  }

  /** Where the relay has ended the session. @param storePassword that of this browser, if it is another one. */
  async signInAgain(password: string, storePassword = password): Promise<void> {
    const client = this.opened();
    await this.inStore(client.signInAgain(password, storePassword, this.asking));
    // Whatever failed meanwhile was of the session before.
    this.isEnded = false;
    this.enter(client);
  }

  /** By the recovery code, of which there is a new one then. */
  async recover(recovery: { username: string; code: string; newPassword: string }): Promise<void> {
    const device = { deviceName: deviceName(navigator.userAgent) };
    const code = await this.inStore(this.opened().recover({ ...recovery, ...device }, this.asking));
    this.pending.begin();
    await this.showRecoveryCode(code);
  }

  async unlock(password: string): Promise<void> {
    const client = this.opened();
    this.isEnded = false;
    await this.inStore(client.unlock(password));
    await this.renewSession(client, password);
    // It was shown, and the page was closed before its owner said that it is kept: nobody knows whether it is.
    if (this.pending.isPending) await this.showRecoveryCode(await client.setUpRecovery(password));
    else this.enter(client);
  }

  confirmRecovery(): void {
    this.pending.end();
    this.enter(this.opened());
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
      await this.beginWithNothing();
    }
  }

  /** Has the relay delete the account; at once, with all that is stored here. What is refused leaves both as they were. */
  async deleteAccount(password: string, now: boolean): Promise<void> {
    const client = this.opened();
    const { username } = client.self;
    const { dueAt } = await this.factors.around(client, () => client.deleteAccount(password, { now }));
    if (dueAt !== null) {
      this.phase.set({ kind: 'locked', username, deletionDueAt: dueAt });
      return;
    }
    this.phase.set({ kind: 'opening' });
    await this.beginWithNothing();
  }

  /** As on a browser that never had an account, after what was stored here is gone. */
  async startAnew(): Promise<void> {
    this.known.forget();
    this.pending.end();
    await this.open();
  }

  /** What the app has stored beside the account goes, too. */
  private async beginWithNothing(): Promise<void> {
    forgetLockDelay();
    forgetNotificationChoice();
    forgetMuting();
    forgetWakeUps();
    forgetSingleKeys();
    forgetDismissed();
    await keptApp.forget();
    await this.startAnew();
  }

  private async showRecoveryCode(code: string): Promise<void> {
    this.phase.set({ kind: 'recovery', code, isKept: await keepStorage() });
  }

  /** That the session has ended may have been heard while the account was opened. */
  private enter(client: Client): void {
    this.phase.set(this.isEnded ? { kind: 'ended' } : { kind: 'open', client });
  }

  /** The password that opens what is stored here is the account's, most often. Where it is not, the next page asks, and says why. */
  private async renewSession(client: Client, password: string): Promise<void> {
    if (!this.isEnded) return;
    const isRenewed = client.signInAgain(password, password, { keepAccount: this.keeps.ask }).then(
      () => true,
      () => false,
    );
    this.isEnded = !(await isRenewed);
  }

  private async hearFailure(error: unknown): Promise<void> {
    if (hasEndedSession(error)) {
      this.isEnded = true;
      if (this.phase.get().kind === 'open') this.phase.set({ kind: 'ended' });
    }
    const code = errorCode(error);
    if (code === 'store_closed') await this.leaveStore();
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

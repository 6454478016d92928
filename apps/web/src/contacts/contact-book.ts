import type { Contact, SdkEvent } from '#sdk';
import { errorCode, unlessGone } from '../client/error-code.js';
import type { Client } from '../client/open-client.js';
import { Observable } from '../state/observable.js';

/** Whom this account has accepted or blocked. The relay is asked once it can be reached, and when that has changed somewhere. */
export class ContactBook {
  /** Undefined until the relay has said it. */
  readonly contacts = new Observable<readonly Contact[] | undefined>(undefined);
  /** By account: what they write in groups is not shown unless somebody wants to see it. */
  readonly blocked = new Observable<ReadonlySet<string>>(new Set());

  constructor(private readonly client: Client) {}

  hear(event: SdkEvent): void {
    const isNews = event.kind === 'contacts' || (event.kind === 'synced' && this.contacts.get() === undefined);
    if (isNews) void unlessGone(this.readIfReached());
  }

  /** @throws {RelayUnreachableError} */
  async read(): Promise<void> {
    const contacts = await this.client.contacts.list();
    this.contacts.set(contacts);
    const blocked = contacts.filter(({ isBlocked }) => isBlocked).map(({ accountId }) => accountId);
    this.blocked.set(new Set(blocked));
  }

  async block(username: string): Promise<void> {
    await this.client.contacts.block(username);
    await this.read();
  }

  async allow(username: string): Promise<void> {
    await this.client.contacts.allow(username);
    await this.read();
  }

  /** They are a stranger again. */
  async forget(username: string): Promise<void> {
    await this.client.contacts.forget(username);
    await this.read();
  }

  /** What cannot be asked now is asked when there is something new. */
  private async readIfReached(): Promise<void> {
    try {
      await this.read();
    } catch (error) {
      if (errorCode(error) !== 'relay_unreachable') throw error;
    }
  }
}

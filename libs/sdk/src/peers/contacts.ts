import type { RelayClient } from '../relay/relay-client.js';
import { type PeerState, stateOf } from './belief.js';
import { PeerDirectory, type PeerDirectoryOptions } from './peer-directory.js';
import { PEERS } from './peer-record.js';

const MOST_ON_A_PAGE = 200;
/** More than anybody has: a relay that tells of more is not asked on. */
const MOST_CONTACTS = 10_000;

/** Somebody whom this account lets begin conversations, or has blocked. */
export interface Contact {
  readonly accountId: string;
  readonly username: string;
  /** What they call themselves, as the relay says. */
  readonly displayName: string;
  readonly isBlocked: boolean;
  /** Of their key; `null` for whom nothing has been seen of. */
  readonly verification: PeerState | null;
}

/** Other people: their keys, and who may write to this account. */
export class Contacts extends PeerDirectory {
  constructor(
    options: PeerDirectoryOptions,
    private readonly client: Pick<RelayClient, 'call'>,
  ) {
    super(options);
  }

  /**
   * Whom this account has accepted or blocked, by username. Having a conversation with somebody makes them a contact.
   *
   * @throws {RelayUnreachableError} when no answer came.
   *
   * @example
   * const blocked = (await sealpost.contacts.list()).filter(({ isBlocked }) => isBlocked);
   */
  async list(): Promise<Contact[]> {
    const contacts: Contact[] = [];
    for (let cursor: string | null | undefined; cursor !== null && contacts.length < MOST_CONTACTS;) {
      const page: Awaited<ReturnType<typeof this.page>> = await this.page(cursor);
      for (const { accountId, username, displayName, state } of page.items) {
        const verification = await this.verificationOf(accountId);
        contacts.push({ accountId, username, displayName, isBlocked: state === 'blocked', verification });
      }
      cursor = page.nextCursor;
    }
    return contacts;
  }

  /**
   * Ends the conversation with somebody on both sides, and keeps them from beginning another. Groups go on. They are not told.
   *
   * @throws {RelayRefusal} `not_found` when there is nobody of that name.
   *
   * @example
   * await sealpost.contacts.block('mallory');
   */
  async block(username: string): Promise<void> {
    await this.decideAbout(username, 'blocked');
  }

  /**
   * Lets somebody begin conversations, also when `privacy` is `contacts`.
   *
   * @throws {RelayRefusal} `not_found` when there is nobody of that name.
   *
   * @example
   * await sealpost.contacts.allow('grace');
   */
  async allow(username: string): Promise<void> {
    await this.decideAbout(username, 'accepted');
  }

  /**
   * Takes back what was decided: they are a stranger again, neither blocked nor accepted. What was verified of their key stays.
   *
   * @example
   * await sealpost.contacts.forget('mallory');
   */
  async forget(username: string): Promise<void> {
    await this.client.call((api) => api.DELETE('/v1/contacts/{username}', { params: { path: { username } } }));
  }

  private async decideAbout(username: string, state: 'accepted' | 'blocked'): Promise<void> {
    const params = { path: { username } };
    await this.client.call((api) => api.PUT('/v1/contacts/{username}', { params, body: { state } }));
  }

  private page(cursor: string | undefined) {
    const query = { limit: MOST_ON_A_PAGE, ...(cursor === undefined ? {} : { cursor }) };
    return this.client.call((api) => api.GET('/v1/contacts', { params: { query } }));
  }

  private async verificationOf(accountId: string): Promise<PeerState | null> {
    const stored = await this.options.store.get(PEERS, accountId);
    return stored === undefined || stored.record.keys.length === 0 ? null : stateOf(stored.record);
  }
}

import { Injectable } from '@nestjs/common';
import type { AccountId } from '#protocol';
import { AccountsService } from '../accounts/index.js';
import { ChangesService } from '../changes/index.js';
import { Clock } from '../platform/clock/clock.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { Caller, LocatedCaller } from '../platform/http/caller.js';
import { type Page, pageOf } from '../platform/http/page.js';
import type { Contact, ContactDecision, ContactState } from './contact.js';
import { OwnContact } from './contacts.errors.js';
import { ContactsStore } from './contacts.store.js';

/** Whom an account accepts, and whom it blocks. */
@Injectable()
export class ContactsService {
  constructor(
    private readonly contacts: ContactsStore,
    private readonly accounts: AccountsService,
    private readonly changes: ChangesService,
    private readonly clock: Clock,
  ) {}

  async list({ accountId }: Caller, page: { after: string; limit: number }): Promise<Page<Contact>> {
    const contacts = await this.contacts.list(accountId, page.after, page.limit + 1);
    return pageOf(contacts, page.limit, ({ username }) => [username]);
  }

  /** Tells only what the caller decided, so it counts on no budget. @throws {NotFound} */
  async get(caller: Caller, username: string): Promise<Contact> {
    const contact = await this.contacts.byUsername(caller.accountId, username);
    if (contact === undefined) throw new NotFound('contact');
    return contact;
  }

  /** @throws {NotFound} @throws {OwnContact} @throws {RateLimited} when too many strangers were asked for. */
  async decide(asker: LocatedCaller, username: string, state: ContactState): Promise<Contact> {
    const { caller } = asker;
    const decision = { owner: caller.accountId, peer: await this.peer(asker, username), at: this.clock.now() };
    if (state === 'accepted') this.changes.announce(await this.contacts.add(decision));
    else await this.block(decision);
    return this.get(caller, username);
  }

  /** Forgets the decision; fine if there was none, so a retry is safe. */
  async forget({ accountId }: Caller, username: string): Promise<void> {
    this.changes.announce(await this.contacts.remove(accountId, username));
  }

  private async block(decision: ContactDecision): Promise<void> {
    const { changes, afterCommit } = await this.contacts.block(decision);
    for (const act of afterCommit) act();
    this.changes.announce(changes);
  }

  /** A person the caller has decided about is no stranger any more. */
  private async peer(asker: LocatedCaller, username: string): Promise<AccountId> {
    const { caller } = asker;
    if (username === caller.username) throw new OwnContact();
    const contact = await this.contacts.byUsername(caller.accountId, username);
    return contact?.accountId ?? (await this.accounts.find(asker, username)).id;
  }
}

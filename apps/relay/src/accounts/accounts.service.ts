import { Injectable } from '@nestjs/common';
import { NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { Limiter } from '../platform/limits/limiter.js';
import { type Account, AccountsStore } from './accounts.store.js';

/** Who asks, and from where: the budget for strangers counts both. */
export interface Asker {
  readonly caller?: Caller | undefined;
  readonly address: string;
}

/** Finds accounts by name, without letting anyone list who is here. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly accounts: AccountsStore,
    private readonly limiter: Limiter,
  ) {}

  /** The account of a name. @throws {NotFound} @throws {RateLimited} when too many strangers were asked for. */
  async find(asker: Asker, username: string): Promise<Account> {
    const [account] = await this.findAll(asker, [username]);
    if (account === undefined) throw new NotFound('user');
    return account;
  }

  /**
   * The accounts of names, in the order of the names. To strangers, an account that is to be deleted is gone already; whoever
   * knows it sees it as before, since its owner may keep it. @throws {NotFound} when one of them does not exist.
   */
  async findAll(asker: Asker, usernames: readonly string[]): Promise<Account[]> {
    const accounts = await this.accounts.byUsernames(usernames);
    const known = await this.knownTo(asker, accounts);
    const shown = accounts.filter(({ username, deletionDueAt }) => deletionDueAt === null || known.has(username));
    const found = new Map(shown.map((account) => [account.username, account]));
    const strangers = usernames.filter((name) => !known.has(name)).length;
    await this.countStrangers(asker, strangers);
    return usernames.map((name) => {
      const account = found.get(name);
      if (account === undefined) throw new NotFound('user');
      return account;
    });
  }

  /** Draws on the budget for looking up strangers, which all ways of asking share. */
  async countStrangers({ caller, address }: Asker, count: number): Promise<void> {
    if (count === 0) return;
    if (caller !== undefined) await this.limiter.take('strangersAccount', caller.accountId, count);
    await this.limiter.take('strangersAddress', address, count);
  }

  private async knownTo({ caller }: Asker, accounts: readonly Account[]): Promise<Set<string>> {
    if (caller === undefined || accounts.length === 0) return new Set();
    const ids = accounts.map(({ id }) => id);
    const known = await this.accounts.known(caller.accountId, ids);
    return new Set(accounts.filter(({ id }) => known.has(id)).map(({ username }) => username));
  }
}

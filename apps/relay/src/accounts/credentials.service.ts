import { randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditTally, type CountedKind } from '../audit/index.js';
import { Limiter } from '../platform/limits/limiter.js';
import { Log } from '../platform/logging/log.js';
import type { Caller } from '../platform/http/caller.js';
import { AccountsStore, type Credentials } from './accounts.store.js';
import { InvalidCredentials } from './credentials.errors.js';
import { SecretHasher } from './secret-hasher.js';

/** Checks the secret a client derives from its password. */
@Injectable()
export class CredentialsService implements OnModuleInit {
  private decoyHash: string;

  constructor(
    private readonly accounts: AccountsStore,
    private readonly hasher: SecretHasher,
    private readonly limiter: Limiter,
    private readonly tally: AuditTally,
    private readonly log: Log,
  ) {}

  async onModuleInit(): Promise<void> {
    this.decoyHash = await this.hasher.hash(randomBytes(32));
  }

  /** @returns the credentials that held. @throws {InvalidCredentials} for an unknown name and a wrong secret alike, after the same work. @throws {Unavailable} */
  async verify(username: string, authKey: Buffer): Promise<Credentials> {
    this.hasher.demandRoom();
    const credentials = await this.accounts.credentialsByUsername(username);
    return this.check(credentials, authKey, 'sign_in_failed');
  }

  /** Asks a signed-in caller for the secret again, before what cannot be undone. */
  async confirm(caller: Caller, authKey: Buffer): Promise<Credentials> {
    await this.limiter.take('reauthenticate', caller.sessionId);
    const credentials = await this.accounts.credentialsById(caller.accountId);
    return this.check(credentials, authKey, 'confirmation_failed');
  }

  async hash(authKey: Buffer): Promise<string> {
    return this.hasher.hash(authKey);
  }

  private async check(
    credentials: Credentials | undefined,
    authKey: Buffer,
    failure: CountedKind,
  ): Promise<Credentials> {
    const matches = await this.hasher.matches(credentials?.authHash ?? this.decoyHash, authKey);
    if (credentials === undefined || !matches) {
      // Which of the two it was would tell whoever reads the log that a name exists.
      this.log.warn('wrong username or secret');
      this.tally.count(failure, credentials?.account.id);
      throw new InvalidCredentials();
    }
    return this.hasher.isOutdated(credentials.authHash) ? this.strengthen(credentials, authKey, failure) : credentials;
  }

  private async strengthen(credentials: Credentials, authKey: Buffer, failure: CountedKind): Promise<Credentials> {
    const { id } = credentials.account;
    const authHash = await this.hasher.hash(authKey);
    if (await this.accounts.rehash(id, credentials.authHash, authHash)) return { ...credentials, authHash };
    // Changed meanwhile: by another sign-in that strengthened it, or to another secret.
    return this.check(await this.accounts.credentialsById(id), authKey, failure);
  }
}

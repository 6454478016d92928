import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { isTooWeak, type Kdf } from '#protocol';
import { AccountsService, AccountsStore, kdfWithSalt } from '../accounts/index.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { KdfTooWeak, SaltNotOurs } from './auth.errors.js';

const SALT_LABEL = 'sealpost kdf salt 1';
const SALT_BYTES = 16;

/** What each name derives its keys with, told to whoever is about to sign in, and without telling who is here. */
@Injectable()
export class KdfService {
  private readonly secret: Buffer;

  constructor(
    private readonly accounts: AccountsStore,
    private readonly lookups: AccountsService,
    @Inject(CONFIG) config: Config,
  ) {
    if (config.SERVER_SECRET === undefined) throw new Error('salts need SERVER_SECRET');
    this.secret = config.SERVER_SECRET;
  }

  /** The parameters of a name, for an address with budget left to ask about strangers. */
  async show(username: string, address: string): Promise<Kdf> {
    await this.lookups.countStrangers({ address }, 1);
    return this.of(username);
  }

  /** @throws {KdfTooWeak} */
  demandStrong(kdf: Kdf): void {
    if (isTooWeak(kdf)) throw new KdfTooWeak();
  }

  /** @throws {SaltNotOurs} unless the salt is the one that is shown for the name. */
  async demandShownSalt(username: string, kdf: Kdf): Promise<void> {
    const shown = await this.of(username);
    if (shown.salt !== kdf.salt) throw new SaltNotOurs();
  }

  /** For a name nobody has, a salt that stays the same, and which registering the name must then use. */
  private async of(username: string): Promise<Kdf> {
    // Computed in either case, so that the time taken tells nothing.
    const unclaimed = kdfWithSalt(this.saltFor(username));
    return (await this.accounts.kdfByUsername(username)) ?? unclaimed;
  }

  private saltFor(username: string): string {
    const digest = createHmac('sha256', this.secret).update(`${SALT_LABEL}\0${username}`).digest();
    return digest.subarray(0, SALT_BYTES).toString('base64url');
  }
}

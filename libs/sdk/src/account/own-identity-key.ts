import { importSigningKey, isSameBytes, newDeviceKeys } from '#crypto';
import { isRefusal } from '../relay/relay.errors.js';
import { Lanes } from '../sync/lanes.js';
import { notTrusted } from './account.errors.js';
import type { AccountIdentity } from './account-identity.js';
import { ACCOUNT_SECRETS, overwrite, RENEWALS, ROTATIONS } from './account-records.js';
import {
  isOneOf,
  type IdentityReader,
  publishedKey,
  type SettledIdentity,
  settledIdentity,
} from './settled-identity.js';
import { putVaultIdentity, vaultIdentity } from './vault-identity.js';

const LANE = 'identity';
const ROTATION = 'rotation';
export const RENEWAL = 'renewal';

/**
 * The identity key of the account whose device this is. It may be replaced while the account is open, here or on another device:
 * whoever uses it takes {@link current} once for all that belongs together.
 */
export class OwnIdentityKey {
  private readonly lanes = new Lanes();
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly reader: IdentityReader,
    private held: AccountIdentity,
  ) {}

  /** The key as it is now. */
  get current(): AccountIdentity {
    return this.held;
  }

  /** Calls back when there is another key. */
  onReplaced(listener: () => void): void {
    this.listeners.add(listener);
  }

  /**
   * Takes over the key that the account has by now, if another device has replaced it.
   *
   * @throws {AccountError} `relay_not_trusted` when the relay shows a key that the account's vault does not have, and
   * `vault_rolled_back`. @throws {RelayUnreachableError} when no answer came.
   */
  follow(): Promise<void> {
    return this.lanes.run(LANE, async () => {
      const published = await publishedKey(this.reader.relay);
      if (published === undefined || !isOneOf(published, this.held)) await this.takeOver();
    });
  }

  /** Finishes what this device has begun, if it has. @throws as {@link follow}. */
  finish(): Promise<void> {
    return this.lanes.run(LANE, async () => {
      if ((await this.reader.store.get(ROTATIONS, ROTATION)) !== undefined) await this.takeOver();
    });
  }

  /**
   * Replaces the key by a new one, which it signs for. The new one lies in the vault before anybody sees it: whatever breaks off
   * from then on, {@link finish} completes, and so does any other device of the account.
   *
   * @throws as {@link follow}.
   */
  replace(): Promise<void> {
    return this.lanes.run(LANE, async () => {
      const { store, vault } = this.reader;
      await this.takeOver();
      await overwrite(store, ROTATIONS, { key: ROTATION, record: { isBegun: true } });
      const found = await vaultIdentity(vault);
      if (found === undefined) throw notTrusted('The relay hides the identity key from its owner.');
      const { signatureKey: publicKey, privateKey } = await newDeviceKeys();
      try {
        const { present, next = { publicKey, privateKey } } = found;
        await putVaultIdentity(vault, { present, next }, found.version);
      } catch (error) {
        // Another device has begun at the same time: one new key is enough.
        if (!isRefusal(error, 'precondition_failed')) throw error;
      }
      await this.takeOver();
    });
  }

  private async takeOver(): Promise<void> {
    const { store } = this.reader;
    const settled = await settledIdentity(this.reader);
    if (isSameBytes(settled.publicKey, this.held.publicKey)) {
      await store.write({ delete: [{ table: ROTATIONS.table, key: ROTATION }] });
      return;
    }
    if (settled.keyVersion <= this.held.version) throw notTrusted('The relay shows an older identity key.');
    await this.keep(settled);
    const { publicKey, keyVersion: version } = settled;
    this.held = { publicKey, version, signingKey: await importSigningKey(settled.privateKey) };
    for (const listener of this.listeners) listener();
  }

  /** In one write, so that the device that has the new key knows what is left to do. */
  private async keep({ publicKey, privateKey, keyVersion }: SettledIdentity): Promise<void> {
    const { store } = this.reader;
    const secrets = await store.get(ACCOUNT_SECRETS, 'secrets');
    if (secrets === undefined) throw new Error('an account is open before its secrets are stored');
    const renewal = await store.get(RENEWALS, RENEWAL);
    const record = { ...secrets.record, publicKey, privateKey, keyVersion };
    await store.write({
      put: [
        ACCOUNT_SECRETS.put('secrets', record, secrets.version),
        RENEWALS.put(RENEWAL, { isMarked: false }, renewal?.version),
      ],
      delete: [{ table: ROTATIONS.table, key: ROTATION }],
    });
  }
}

import { type Bytes, decodeBase64Url, encodeBase64Url, openVaultItem, sealVaultItem } from '#crypto';
import { LIMITS } from '#protocol';
import { isRefusal } from '../relay/relay.errors.js';
import type { RelayClient } from '../relay/relay-client.js';
import type { SealedStore } from '../store/sealed-store.js';
import { AccountError } from './account.errors.js';
import { SEEN_VERSIONS } from './account-records.js';

/** Another device may write at the same time; each round one of them succeeds. */
const MAX_ROUNDS = 10;

/** A blob of the vault, opened. */
export interface VaultItem {
  readonly content: Bytes;
  readonly version: number;
}

/**
 * The account's vault: small blobs, sealed for its own devices. The highest version seen of each name is stored, and a relay
 * that shows a lower one is refused.
 */
export class VaultClient {
  constructor(
    private readonly relay: RelayClient,
    private readonly store: SealedStore,
    private readonly of: { readonly accountId: string; readonly root: Bytes },
  ) {}

  /**
   * @returns undefined for a name that was never used, or whose blob was deleted. A relay may hide one: it is no proof.
   * @throws {AccountError} `vault_rolled_back` for a version below the highest one seen.
   * @throws {CryptoError} `cannot_open` if it was changed, or is of another name or version.
   * @throws {RelayRefusal} as the relay answers.
   * @throws {RelayUnreachableError} when no answer came.
   */
  async get(name: string): Promise<VaultItem | undefined> {
    const found = await this.read(name);
    if (found === undefined) return undefined;
    const { version, body } = found;
    const seen = await this.seen(name);
    if (version < seen)
      throw new AccountError('vault_rolled_back', 'The relay shows an older version of the vault than before.');
    const content = await openVaultItem(decodeBase64Url(body), { ...this.of, name, version }, seen);
    await this.see(name, version);
    return { content, version };
  }

  /**
   * @param replaces the version that was read; 0 for a name that was never used.
   * @returns the new version.
   * @throws {AccountError} `vault_rolled_back` when a higher version than the one to be replaced has been seen.
   * @throws {RelayRefusal} `precondition_failed` with `currentVersion` when it is another one: read, merge, and put again. Of a
   * lost answer the second attempt meets its own first.
   * @throws {RelayUnreachableError} when no answer came.
   */
  async put(name: string, content: Bytes, replaces: number): Promise<number> {
    if (replaces < (await this.seen(name)))
      throw new AccountError(
        'vault_rolled_back',
        'A newer version of the vault has been seen than the one to replace.',
      );
    const version = replaces + 1;
    const body = encodeBase64Url(await sealVaultItem(content, { ...this.of, name, version }));
    const header = replaces === 0 ? { 'If-None-Match': '*' as const } : { 'If-Match': `"${String(replaces)}"` };
    await this.relay.call((api) => api.PUT('/v1/vault/{name}', { params: { path: { name }, header }, body: { body } }));
    await this.see(name, version);
    return version;
  }

  /**
   * Puts over whatever is there: for blobs that this device alone writes, or that are as good as any other.
   * @throws as {@link put}.
   */
  async replace(name: string, content: Bytes): Promise<number> {
    return this.onCurrent(name, (replaces) => this.put(name, content, replaces));
  }

  /** Those that have a blob, as far as the relay tells. */
  async names(): Promise<string[]> {
    const names: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null && names.length < LIMITS.vaultNamesPerAccount;) {
      const query = { limit: LIMITS.pageItems, ...(cursor === undefined ? {} : { cursor }) };
      const page = await this.relay.call((api) => api.GET('/v1/vault', { params: { query } }));
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    }
    return names;
  }

  /** Deletes a blob, if there is one. @throws as {@link put}. */
  async remove(name: string): Promise<void> {
    await this.onCurrent(name, async (version) => {
      if (version === 0) return;
      const params = { path: { name }, header: { 'If-Match': `"${String(version)}"` } };
      await this.relay.call((api) => api.DELETE('/v1/vault/{name}', { params }));
    });
  }

  /** On the highest version that is known here, and on the one that the relay names if that is another. */
  private async onCurrent<T>(name: string, write: (version: number) => Promise<T>): Promise<T> {
    let version = await this.seen(name);
    for (let round = 1; ; round++)
      try {
        return await write(version);
      } catch (error) {
        if (round === MAX_ROUNDS || !isRefusal(error, 'precondition_failed') || error.currentVersion === undefined)
          throw error;
        version = error.currentVersion;
      }
  }

  private async read(name: string): Promise<{ version: number; body: string } | undefined> {
    try {
      return await this.relay.call((api) => api.GET('/v1/vault/{name}', { params: { path: { name } } }));
    } catch (error) {
      if (isRefusal(error, 'not_found')) return undefined;
      throw error;
    }
  }

  private async seen(name: string): Promise<number> {
    return (await this.store.get(SEEN_VERSIONS, seenKey(name)))?.record.version ?? 0;
  }

  private async see(name: string, version: number): Promise<void> {
    const known = await this.store.get(SEEN_VERSIONS, seenKey(name));
    if (version <= (known?.record.version ?? 0)) return;
    await this.store.write({ put: [SEEN_VERSIONS.put(seenKey(name), { version }, known?.version)] });
  }
}

const seenKey = (name: string): string => `vault/${name}`;

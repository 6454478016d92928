import type { Bytes } from '#crypto';
import { isRefusal } from '../relay/relay.errors.js';
import type { VaultClient } from './vault-client.js';

/** Each time another device of this account was faster. */
const MOST_ATTEMPTS = 8;

/**
 * Brings what this device and its account's others know together in one blob of the vault.
 *
 * @param merge takes over what the blob has, undefined before the first one, and says what it is to be; undefined to leave it.
 * @throws {AccountError} `vault_rolled_back`: nothing was taken over. @throws as `VaultClient` does.
 */
export async function mergeIntoVault(
  vault: VaultClient,
  name: string,
  merge: (known: Bytes | undefined) => Promise<Bytes | undefined>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const item = await vault.get(name);
    const content = await merge(item?.content);
    if (content === undefined) return;
    try {
      await vault.put(name, content, item?.version ?? 0);
      return;
    } catch (error) {
      if (!isRefusal(error, 'precondition_failed') || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

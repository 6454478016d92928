import { Sealpost } from '#sdk';
import { IndexedDbStore } from '#sdk/browser';

/** Everything the app does, it does through this. */
export type Client = Sealpost;

/** One account in a browser: its next device is made after this one has signed out. */
const STORE_NAME = 'sealpost';

/**
 * The one place that knows how the SDK runs: here, in the page.
 *
 * @throws {StoreInUseError} while another tab has it open, unless `steal`.
 */
export async function openClient({ steal }: { readonly steal: boolean }): Promise<Client> {
  return new Sealpost({ url: location.origin, store: await IndexedDbStore.open(STORE_NAME, { steal }) });
}

export { keepStorage } from '#sdk/browser';

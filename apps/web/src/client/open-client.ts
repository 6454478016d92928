import { connectWorker, type WorkerSealpost } from '#sdk/browser';
import { scriptUrls } from './script-urls.js';
import workerUrl from './sealpost.worker.ts?worker&url';

/** Everything the app does, it does through this. */
export type Client = WorkerSealpost;

/** One account in a browser: its next device is made after this one has signed out. */
const STORE_NAME = 'sealpost';

/**
 * The one place that knows how the SDK runs: in a worker, with the keys, the store and the connection to the relay.
 *
 * @throws {StoreInUseError} while another tab has it open, unless `steal`.
 */
export async function openClient({ steal }: { readonly steal: boolean }): Promise<Client> {
  const worker = new Worker(scriptUrls.createScriptURL(workerUrl), { type: 'module', name: 'sealpost' });
  return connectWorker(worker, { url: location.origin, store: STORE_NAME, steal });
}

/** Whether the browser has deleted what was stored: nothing tells a page, but that its store is closed. */
export async function isStoreGone(): Promise<boolean> {
  const databases = await indexedDB.databases();
  return databases.every(({ name }) => name !== STORE_NAME);
}

/** The same; it also says whose account it is while that is being deleted: what shows it goes a moment later. */
export function withSelf(client: Client): Client {
  const { self } = client;
  return new Proxy(client, { get: (target, name): unknown => (name === 'self' ? self : Reflect.get(target, name)) });
}

export { keepStorage } from '#sdk/browser';

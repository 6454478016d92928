import { connectWorker, type WorkerSealpost } from '#sdk/browser';
import workerUrl from './sealpost.worker.ts?worker&url';

/** Everything the app does, it does through this. */
export type Client = WorkerSealpost;

/** One account in a browser: its next device is made after this one has signed out. */
const STORE_NAME = 'sealpost';

interface ScriptUrls {
  createScriptURL(url: string): string;
}

/** Not every browser has Trusted Types, nor does the compiler know of them. */
declare global {
  interface Window {
    readonly trustedTypes?: { createPolicy(name: string, rules: ScriptUrls): ScriptUrls };
  }
}

const AS_IT_IS: ScriptUrls = { createScriptURL: (url) => url };

/** The page's policy knows this one by its name, and takes scripts from no other. It is used for one address, which is built in. */
const scripts = window.trustedTypes?.createPolicy('worker-script', AS_IT_IS) ?? AS_IT_IS;

/**
 * The one place that knows how the SDK runs: in a worker, with the keys, the store and the connection to the relay.
 *
 * @throws {StoreInUseError} while another tab has it open, unless `steal`.
 */
export async function openClient({ steal }: { readonly steal: boolean }): Promise<Client> {
  const worker = new Worker(scripts.createScriptURL(workerUrl), { type: 'module', name: 'sealpost' });
  return connectWorker(worker, { url: location.origin, store: STORE_NAME, steal });
}

/** The same; it also says whose account it is while that is being deleted: what shows it goes a moment later. */
export function withSelf(client: Client): Client {
  const { self } = client;
  return new Proxy(client, { get: (target, name): unknown => (name === 'self' ? self : Reflect.get(target, name)) });
}

export { keepStorage } from '#sdk/browser';

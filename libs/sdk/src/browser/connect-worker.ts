import type { SealpostOptions } from '../sealpost-options.js';
import { StoreClosedError } from '../store/store.errors.js';
import { facadeOf } from '../worker/facade.js';
import { PageEnd } from '../worker/page-end.js';
import type { WorkerSealpost } from '../worker/remote.js';
import { WorkerEndedError } from '../worker/worker.errors.js';

/** A script that does not answer so long is not the one of this package. */
const CONNECT_TIMEOUT_MS = 30_000;

/** What a worker makes its `Sealpost` of. As for where refresh tokens are, it is a script of its page's origin. */
export interface WorkerOptions extends Omit<SealpostOptions, 'store' | 'fetch' | 'now'> {
  /** Name of the `IndexedDbStore` that the worker opens: one for each device of each account. */
  readonly store: string;
  /** Takes the store over from another tab, which hears `store_closed`. */
  readonly steal?: boolean;
}

/**
 * Has a worker do everything: MLS, the derivation of keys, the store and the connection to the relay. The page keeps an object
 * with the methods of `Sealpost`. Nobody else may use the worker; it ends with `close()`. If it ends by itself, whatever is asked
 * of it fails with `worker_ended`, and who listens hears a `failed` of that code: connect another worker, and unlock.
 *
 * @param worker of a script that imports `@sealpost/sdk/worker`, as a module.
 * @throws {StoreInUseError} while another tab has the store open, unless it is stolen. The worker is ended.
 * @throws {WorkerEndedError} if its script cannot be loaded, or is another one.
 *
 * @example
 * const worker = new Worker(new URL('./sealpost.worker.js', import.meta.url), { type: 'module' });
 * const sealpost = await connectWorker(worker, { url: 'https://relay.example', store: 'ada' });
 * await sealpost.unlock(password);
 */
export async function connectWorker(worker: Worker, options: WorkerOptions): Promise<WorkerSealpost> {
  const page = new PageEnd<WorkerOptions>(worker);
  const lockName = `sealpost worker ${crypto.randomUUID()}`;
  const closing = new AbortController();
  const close = (error: Error): void => {
    closing.abort();
    page.end(error);
    worker.terminate();
  };
  const failed = (cause: unknown): void => close(new WorkerEndedError({ cause }));
  const timer = setTimeout(failed, CONNECT_TIMEOUT_MS);
  worker.addEventListener('error', failed);
  try {
    await page.open(options, lockName);
  } catch (error) {
    close(new WorkerEndedError({ cause: error }));
    throw error;
  } finally {
    clearTimeout(timer);
    worker.removeEventListener('error', failed);
  }
  watch(lockName, closing.signal, () => {
    closing.abort();
    page.fail(new WorkerEndedError());
  });
  return facadeOf(page, async () => {
    if (closing.signal.aborted) return;
    try {
      await page.call(['close'], []);
    } finally {
      close(new StoreClosedError());
    }
  });
}

/** Nothing tells a page that its worker has ended. But then somebody else can have what it held. */
function watch(lockName: string, signal: AbortSignal, onEnd: () => void): void {
  navigator.locks.request(lockName, { signal }, onEnd).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

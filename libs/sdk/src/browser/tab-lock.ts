import { StoreInUseError } from '../store/store.errors.js';

/** The tab that was there a moment ago, before a reload, lets go a little after the new one has begun. */
const GRACE_MS = 1_000;

/** The one of all tabs and workers of a site that may write. The browser gives the lock back however the tab ends. */
export class TabLock {
  private constructor(
    /** Ends when another tab has taken the lock, or it was released. */
    readonly lost: Promise<void>,
    readonly release: () => void,
  ) {}

  /**
   * @param steal takes the lock from whoever has it: for a user who says “use it here”.
   * @throws {StoreInUseError} if another tab has it, and keeps it for a second, and it is not stolen.
   */
  static take(name: string, steal: boolean): Promise<TabLock> {
    return new Promise((resolve, reject) => {
      const lost = navigator.locks
        .request(name, steal ? { steal } : { signal: AbortSignal.timeout(GRACE_MS) }, () => {
          return new Promise<void>((release) =>
            resolve(
              new TabLock(
                until(() => lost),
                release,
              ),
            ),
          );
        })
        // Rejected when another tab keeps it, and later when it is stolen.
        .catch((cause: unknown) => reject(new StoreInUseError({ cause })));
    });
  }
}

/** Of a promise that is not there yet: the browser may call back before it has returned. */
async function until(promise: () => Promise<unknown>): Promise<void> {
  await Promise.resolve();
  await promise();
}

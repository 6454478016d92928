import { StoreInUseError } from '../store/store.errors.js';

/** The one of all tabs and workers of a site that may write. The browser gives the lock back however the tab ends. */
export class TabLock {
  private constructor(
    /** Ends when another tab has taken the lock, or it was released. */
    readonly lost: Promise<void>,
    readonly release: () => void,
  ) {}

  /**
   * @param steal takes the lock from whoever has it: for a user who says “use it here”.
   * @throws {StoreInUseError} if another tab has it, and it is not stolen.
   */
  static take(name: string, steal: boolean): Promise<TabLock> {
    return new Promise((resolve, reject) => {
      const lost = navigator.locks
        .request(name, steal ? { steal } : { ifAvailable: true }, (lock) => {
          if (lock === null) throw new StoreInUseError();
          return new Promise<void>((release) =>
            resolve(
              new TabLock(
                until(() => lost),
                release,
              ),
            ),
          );
        })
        // Rejected when another tab has it, and later when it is stolen.
        .catch(reject);
    });
  }
}

/** Of a promise that is not there yet: the browser may call back before it has returned. */
async function until(promise: () => Promise<unknown>): Promise<void> {
  await Promise.resolve();
  await promise();
}

const { put } = IDBObjectStore.prototype;

/** Breaks the transaction of one write off, the how manieth from now on: as a browser does that runs into trouble. */
export function breakPut(nth: number): void {
  let puts = 0;
  IDBObjectStore.prototype.put = function (...given) {
    const request = put.apply(this, given);
    puts++;
    if (puts === nth) this.transaction.abort();
    return request;
  };
}

/** As a browser refuses that has no room: what it says itself is tried in test/browser/store.browser-spec.ts, and takes megabytes. */
export function fillUp(): void {
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('There is no room.', 'QuotaExceededError');
  };
}

export function mendPut(): void {
  IDBObjectStore.prototype.put = put;
}

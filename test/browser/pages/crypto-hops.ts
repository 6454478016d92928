const operations = ['encrypt', 'decrypt', 'digest', 'deriveKey', 'deriveBits', 'importKey', 'sign', 'verify'] as const;

/**
 * Lets each call of WebCrypto end in a task of its own, as browsers may: Chromium answers the quick ones at once, and so hides
 * what awaits them inside a transaction of IndexedDB.
 */
export function addHopsToCrypto(): void {
  for (const operation of operations) {
    const original: unknown = Reflect.get(SubtleCrypto.prototype, operation);
    if (typeof original !== 'function') throw new Error(`there is no ${operation}`);
    Reflect.set(SubtleCrypto.prototype, operation, async function (this: SubtleCrypto, ...given: unknown[]) {
      const result: unknown = await Reflect.apply(original, this, given);
      await nextTask();
      return result;
    });
  }
}

async function nextTask(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  await new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(undefined);
  });
  port1.close();
}

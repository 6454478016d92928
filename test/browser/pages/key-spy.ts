/** All keys that pass through WebCrypto, but for public ones. */

/** By whom each was made: `generateKey` and what was there before count as `used`. */
const used = new Map<CryptoKey, string>();
const secrets: string[] = [];
const SPIED = ['importKey', 'deriveKey', 'deriveBits', 'encrypt', 'decrypt', 'sign'] as const;

export function spyOnKeys(): void {
  for (const name of SPIED) {
    const original: unknown = Reflect.get(SubtleCrypto.prototype, name);
    if (typeof original !== 'function') continue;
    Object.defineProperty(SubtleCrypto.prototype, name, {
      value: async function (this: SubtleCrypto, ...given: unknown[]): Promise<unknown> {
        given.forEach((one) => note(one, 'used'));
        const result: unknown = await Reflect.apply(original, this, given);
        note(result, name);
        const [, bytes] = given;
        if (name === 'importKey' && isSecret(result) && ArrayBuffer.isView(bytes)) secrets.push(hexOf(bytes));
        return result;
      },
    });
  }
}

/** What was taken in as a secret key, in hex. */
export function secretKeys(): string[] {
  return secrets;
}

/** Tries to have each key that was used given out. @returns the outcomes, by where the key has come from and what it is for. */
export async function exportedKeys(): Promise<string[]> {
  const outcomes = [...used].map(async ([key, origin]) => {
    const tries = [
      crypto.subtle.exportKey('raw', key),
      crypto.subtle.exportKey('pkcs8', key),
      crypto.subtle.exportKey('jwk', key),
    ];
    const isOut = (await Promise.allSettled(tries)).some(({ status }) => status === 'fulfilled');
    return `${origin} ${key.algorithm.name} ${key.usages.join(' ')}: ${isOut ? 'exported' : 'kept'}`;
  });
  return [...new Set(await Promise.all(outcomes))].sort();
}

function note(given: unknown, origin: string): void {
  if (isSecret(given) && !used.has(given)) used.set(given, origin);
}

function isSecret(given: unknown): given is CryptoKey {
  return given instanceof CryptoKey && given.type !== 'public';
}

function hexOf({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

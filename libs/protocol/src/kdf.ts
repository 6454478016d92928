/** How a client turns the password into its master key; stored as given, and shown to whoever asks for the name. */
export type Kdf =
  | {
      readonly algorithm: 'argon2id';
      /** base64url */
      readonly salt: string;
      readonly memoryKiB: number;
      readonly iterations: number;
      readonly parallelism: number;
    }
  | { readonly algorithm: 'pbkdf2-sha256'; readonly salt: string; readonly iterations: number };

/** The least that is taken, by the relay and by clients alike. */
export const KDF_FLOORS = {
  argon2id: { memoryKiB: 65_536, iterations: 3 },
  'pbkdf2-sha256': { iterations: 600_000 },
} as const;

/** Whether a stolen vault could be guessed at faster than we accept. */
export function isTooWeak(kdf: Kdf): boolean {
  if (kdf.algorithm === 'pbkdf2-sha256') return kdf.iterations < KDF_FLOORS[kdf.algorithm].iterations;
  const floor = KDF_FLOORS[kdf.algorithm];
  return kdf.memoryKiB < floor.memoryKiB || kdf.iterations < floor.iterations;
}

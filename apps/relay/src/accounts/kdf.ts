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

const ARGON2ID_FLOOR = { memoryKiB: 65_536, iterations: 3 };
const PBKDF2_FLOOR = 600_000;

/** Whether a stolen vault could be guessed at faster than we accept. */
export function isTooWeak(kdf: Kdf): boolean {
  if (kdf.algorithm === 'pbkdf2-sha256') return kdf.iterations < PBKDF2_FLOOR;
  return kdf.memoryKiB < ARGON2ID_FLOOR.memoryKiB || kdf.iterations < ARGON2ID_FLOOR.iterations;
}

/** What the relay answers for a name that nobody has, with the salt that registering the name must then use. */
export function kdfWithSalt(salt: string): Kdf {
  return { algorithm: 'argon2id', salt, ...ARGON2ID_FLOOR, parallelism: 1 };
}

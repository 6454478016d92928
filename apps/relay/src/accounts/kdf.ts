import { type Kdf, KDF_FLOORS } from '#protocol';

/** What the relay answers for a name that nobody has, with the salt that registering the name must then use. */
export function kdfWithSalt(salt: string): Kdf {
  return { algorithm: 'argon2id', salt, ...KDF_FLOORS.argon2id, parallelism: 1 };
}

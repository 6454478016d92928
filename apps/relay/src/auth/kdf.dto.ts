import { type Kdf, LIMITS } from '#protocol';
import { Base64Url, Int, OneOf, Username } from '../platform/http/fields.js';

export class KdfQuery {
  @Username({ about: 'Who is about to sign in or to register.' })
  username: string;
}

abstract class SaltedKdfDto {
  @Base64Url({
    about: 'Salt of the derivation. Registration takes the one that `GET /auth/kdf` answers.',
    minBytes: LIMITS.kdfMinSaltBytes,
    maxBytes: LIMITS.kdfSaltBytes,
    example: 'q83vEjRWeJCrze8SNFZ4kA',
  })
  salt: string;
}

export class Argon2idKdfDto extends SaltedKdfDto {
  @OneOf(['argon2id'], { about: 'Argon2id (RFC 9106).' })
  algorithm: 'argon2id';

  @Int({ about: 'Memory in KiB; at least 65536.', min: 1, max: LIMITS.kdfMemoryKiB, example: 65_536 })
  memoryKiB: number;

  @Int({ about: 'Passes; at least 3.', min: 1, max: LIMITS.kdfIterations, example: 3 })
  iterations: number;

  @Int({ about: 'Lanes.', min: 1, max: LIMITS.kdfParallelism, example: 1 })
  parallelism: number;
}

export class Pbkdf2KdfDto extends SaltedKdfDto {
  @OneOf(['pbkdf2-sha256'], { about: 'PBKDF2 with HMAC-SHA-256 (RFC 8018), for clients that have only WebCrypto.' })
  algorithm: 'pbkdf2-sha256';

  @Int({ about: 'Rounds; at least 600000.', min: 1, max: LIMITS.kdfIterations, example: 600_000 })
  iterations: number;
}

export const KDF_SHAPES = [Argon2idKdfDto, Pbkdf2KdfDto];
export type KdfDto = Argon2idKdfDto | Pbkdf2KdfDto;

/** The validator has let no other field through; the order is the same for stored and for made-up parameters. */
export function toKdf(kdf: KdfDto): Kdf {
  const { algorithm, salt, iterations } = kdf;
  if (algorithm === 'pbkdf2-sha256') return { algorithm, salt, iterations };
  return { algorithm, salt, memoryKiB: kdf.memoryKiB, iterations, parallelism: kdf.parallelism };
}

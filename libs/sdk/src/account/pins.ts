import { type AccountKeys, CryptoError } from '#crypto';
import type { Kdf } from '#protocol';
import type { RelayClient } from '../relay/relay-client.js';
import { z } from '../shapes.js';
import { compactCodec } from '../store/codec.js';
import { type SealedPut, SealedStore } from '../store/sealed-store.js';
import type { Store } from '../store/store.js';
import { AccountError, notTrusted } from './account.errors.js';

const PLACE = { table: 'seals', key: 'account' } as const;
const STORAGE_SECRET = { table: 'seals', key: 'storage' } as const;

const kdfShape: z.ZodType<Kdf> = z.discriminatedUnion('algorithm', [
  z.object({
    algorithm: z.literal('argon2id'),
    salt: z.string(),
    memoryKiB: z.int(),
    iterations: z.int(),
    parallelism: z.int(),
  }),
  z.object({ algorithm: z.literal('pbkdf2-sha256'), salt: z.string(), iterations: z.int() }),
]);

const pinsShape = z.object({ accountId: z.string(), username: z.string(), deviceId: z.string(), kdf: kdfShape });

/** What a device must know before it is unlocked. None of it is secret, and it lies in the store as it is. */
export type Pins = z.output<typeof pinsShape>;

const codec = compactCodec((stored): Pins => pinsShape.parse(stored));

/** @returns undefined where no account is signed in. */
export async function findPins(store: Store): Promise<Pins | undefined> {
  const row = await store.get(PLACE.table, PLACE.key);
  return row && codec.decode(row.value);
}

/** @throws {AccountError} `no_account` */
export async function readPins(store: Store): Promise<Pins> {
  const pins = await findPins(store);
  if (pins === undefined) throw new AccountError('no_account', 'No account is signed in on this device.');
  return pins;
}

/** @throws {AccountError} `account_exists` */
export async function checkEmpty(store: Store): Promise<void> {
  if ((await store.get(PLACE.table, PLACE.key)) === undefined) return;
  throw new AccountError('account_exists', 'An account is signed in on this device already.');
}

/**
 * Seals a store for a device. The pins come last: what lies there without them is of an attempt that was broken off.
 *
 * @param facts what the device must not be without, once it has an account.
 */
export async function sealFor(
  store: Store,
  pins: Pins,
  { keys: { wrapKey }, facts = [] }: { readonly keys: AccountKeys; readonly facts?: readonly SealedPut[] },
): Promise<SealedStore> {
  await store.write({ delete: [STORAGE_SECRET, ...facts.map(({ table, key }) => ({ table, key }))] });
  const sealed = await SealedStore.open(store, { ...pins, wrapKey });
  if (facts.length > 0) await sealed.write({ put: facts });
  await store.write({ put: [{ ...PLACE, version: 1, value: codec.encode(pins) }] });
  return sealed;
}

/** @throws {AccountError} `wrong_password` */
export async function openSealed(store: Store, pins: Pins, { wrapKey }: AccountKeys): Promise<SealedStore> {
  try {
    return await SealedStore.open(store, { ...pins, wrapKey });
  } catch (cause) {
    throw wrongPassword(cause);
  }
}

/** What does not open under a password. @returns any other error as it is. */
export function wrongPassword(cause: unknown): unknown {
  if (!(cause instanceof CryptoError) || cause.code !== 'cannot_open') return cause;
  return new AccountError('wrong_password', 'It is not the password of this device.', { cause });
}

/** How a name derives its keys, as far as the relay tells. @throws {AccountError} `relay_not_trusted` */
export async function shownKdf(relay: RelayClient, username: string): Promise<Kdf> {
  const shown: unknown = await relay.callAnonymously((api) =>
    api.GET('/v1/auth/kdf', { params: { query: { username } } }),
  );
  const { data } = kdfShape.safeParse(shown);
  if (data === undefined) throw notTrusted('The relay tells no way to derive keys.');
  return data;
}

/** @throws {AccountError} `kdf_changed`: an account keeps its parameters, and whoever changes them wants to guess. */
export async function checkKdf(relay: RelayClient, { username, kdf }: Pick<Pins, 'username' | 'kdf'>): Promise<void> {
  if (isSame(await shownKdf(relay, username), kdf)) return;
  throw new AccountError('kdf_changed', 'The relay tells another key derivation than the account was made with.');
}

function isSame(one: Kdf, other: Kdf): boolean {
  if (one.algorithm !== other.algorithm || one.salt !== other.salt || one.iterations !== other.iterations) return false;
  if (one.algorithm !== 'argon2id' || other.algorithm !== 'argon2id') return true;
  return one.memoryKiB === other.memoryKiB && one.parallelism === other.parallelism;
}

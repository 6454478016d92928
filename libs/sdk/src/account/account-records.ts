import { z } from '../shapes.js';
import { compactCodec } from '../store/codec.js';
import { RecordKind, type SealedStore } from '../store/sealed-store.js';

const bytesShape = z.custom<Uint8Array<ArrayBuffer>>((stored) => stored instanceof Uint8Array);

function kindOf<T>(table: 'account' | 'keyPackages', shape: z.ZodType<T>): RecordKind<T> {
  return new RecordKind(
    table,
    compactCodec((stored) => shape.parse(stored)),
  );
}

/** Tokens of the session, at `session`. */
export const SESSIONS = kindOf(
  'account',
  z.object({
    accessToken: z.string(),
    refreshToken: z.string().optional(),
    sessionId: z.string().optional(),
    expiresAtMs: z.number(),
  }),
);

/** By which the relay knows that this device need not be asked for a second factor, at `trust`. */
export const TRUSTS = kindOf('account', z.object({ token: z.string() }));

/** The device's own keys for MLS, at `device`. */
export const DEVICE_KEYS = kindOf('account', z.object({ signatureKey: bytesShape, privateKey: bytesShape }));

/** What the vault holds, at `secrets`: its root, and the account's identity. */
export const ACCOUNT_SECRETS = kindOf(
  'account',
  z.object({ root: bytesShape, publicKey: bytesShape, privateKey: bytesShape, keyVersion: z.number() }),
);

/** What a device that was linked has been told by the old one, at `linked`: the identity key that the account truly has. */
export const LINKED = kindOf('account', z.object({ identityKey: bytesShape }));

/** Whether this device has begun to replace the account's identity key, at `rotation`, until that is done. */
export const ROTATIONS = kindOf('account', z.object({ isBegun: z.literal(true) }));

/**
 * Whether this device is to give itself new keys in its groups, at `renewal`: the account has another identity key. Groups are
 * marked first, and each is done once it is not marked any more.
 */
export const RENEWALS = kindOf('account', z.object({ isMarked: z.boolean() }));

/** The newest list of devices that was accepted, at `list`. */
export const OWN_LISTS = kindOf('account', z.object({ body: bytesShape, signature: bytesShape }));

/** The highest versions seen of blobs of the vault, at `vault/` and their name. */
export const SEEN_VERSIONS = kindOf('account', z.object({ version: z.number() }));

const keyPackageShape = z.object({
  secrets: bytesShape,
  lastResort: z.boolean(),
  /** Seconds since the epoch. */
  notAfter: z.number(),
  /** What is to be uploaded, until the relay has said that it has it. */
  pending: bytesShape.optional(),
});

export type OwnKeyPackage = z.output<typeof keyPackageShape>;

/** A key package of this device, at its name in a Welcome. */
export const OWN_KEY_PACKAGES = kindOf('keyPackages', keyPackageShape);

/** Whether the device has all that it needs, at `setup`. */
export const SETUPS = kindOf('account', z.object({ isComplete: z.literal(true) }));

/** Puts a record in the place of whatever is there. */
export async function overwrite<T>(
  store: SealedStore,
  kind: RecordKind<T>,
  { key, record }: { key: string; record: T },
): Promise<void> {
  const present = await store.get(kind, key);
  await store.write({ put: [kind.put(key, record, present?.version)] });
}

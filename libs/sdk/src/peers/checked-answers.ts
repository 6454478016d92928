import { checkDeviceList, checkIdentityHistory, deviceListHash, identityFingerprint, isSameBytes } from '#crypto';
import { type DeviceList, IDENTITY_ALGORITHMS, IDENTITY_KEY_BYTES, LIMITS, readDeviceList } from '#protocol';
import { stateOf, versionOf } from './belief.js';
import type { PeerRecord, PinnedKey } from './peer-record.js';
import { PEER_LIMITS, type ServedKey, type ServedList } from './peer-source.js';
import { PeerError } from './peers.errors.js';

const HASH_BYTES = 32;

/** What an answer is held against. */
interface Reader {
  readonly accountId: string;
  /** As it was read before the relay was asked, so that an honest answer is none older. */
  readonly pinned: PeerRecord | undefined;
}

/** The history of keys, once all of it holds and goes on from what is pinned. @throws {PeerError} */
export async function checkedKeys(served: readonly ServedKey[], { accountId, pinned }: Reader): Promise<PinnedKey[]> {
  if (served.length > PEER_LIMITS.identityKeys) throw new PeerError('too_large', 'The history of keys has no end.');
  const keys = await Promise.all(served.map((key, n) => readKey(key, { accountId, version: n + 1 })));
  const known = pinned?.keys ?? [];
  if (known.slice(0, keys.length).some((key, n) => !isSameKey(key, keys[n])))
    throw new PeerError('history_forked', 'A key that is pinned is another one now.');
  if (keys.length < known.length)
    throw new PeerError('history_rolled_back', 'The newest keys that are pinned are gone.');
  const history = keys.map(({ signature, ...key }, n) => ({ link: { accountId, version: n + 1, ...key }, signature }));
  await signing(checkIdentityHistory(history, accountId));
  return keys;
}

/** A list as it was signed, and those that were current since the one that was pinned, oldest first. */
interface CheckedList {
  readonly list: Uint8Array<ArrayBuffer> | null;
  readonly earlier: readonly DeviceList[];
}

/** The list of devices, once a key of the history has signed it and it goes on from what is pinned. @throws {PeerError} */
export async function checkedList(
  served: ServedList | null,
  { accountId, pinned, keys }: Reader & { readonly keys: readonly PinnedKey[] },
): Promise<CheckedList> {
  const known = pinnedList(pinned);
  if (served === null) {
    if (known !== undefined) throw new PeerError('list_rolled_back', 'The list of devices is gone.');
    return { list: null, earlier: [] };
  }
  const { list, body, signature } = readList(served, accountId);
  if (known !== undefined) await demandGrowth(list, known);
  const earlier = await checkedEarlier(served.earlier, list, known);
  const signer = signerOf(list, { known, keys, knownKeys: pinned?.keys.length ?? 0 });
  const reader = { accountId, identityKey: signer, ...(known && { known }) };
  await signing(checkDeviceList({ list, signature }, reader));
  return { list: body, earlier };
}

/** The key that was verified stands in the history, and one's own is the newest. @throws {PeerError} */
export function demandVerifiedKey(record: PeerRecord, isOwn: boolean): void {
  if (record.verified !== null && versionOf(record.keys, record.verified) === 0)
    throw new PeerError('history_forked', 'The key that was verified is not among those of the account.');
  if (isOwn && stateOf(record) === 'changed')
    throw new PeerError('identity_changed', 'The own identity key is another one at the relay.');
}

export function pinnedList(pinned: PeerRecord | undefined): DeviceList | undefined {
  return pinned?.list ? readDeviceList(pinned.list) : undefined;
}

/**
 * The lists between, from the pinned one on without a gap. Each is bound to the signed one by the hashes of those after it, so
 * that their own signatures say nothing more.
 */
async function checkedEarlier(
  served: readonly Uint8Array[],
  newest: DeviceList,
  known: DeviceList | undefined,
): Promise<DeviceList[]> {
  if (served.length > PEER_LIMITS.earlierLists)
    throw new PeerError('too_large', 'There are too many lists of devices.');
  const lists = served.map((body) => readEarlier(body, newest.accountId));
  await demandChain([...lists, newest]);
  const [first = newest] = lists;
  const knownVersion = known?.version ?? 0;
  const isWhole = first.version <= knownVersion + 1 || lists.length === PEER_LIMITS.earlierLists;
  if (!isWhole || (lists.length > 0 && first.version === knownVersion)) throw notGoingOn();
  if (known !== undefined) await demandGrowth(first, known);
  return lists;
}

/** Each list names the one before it. */
async function demandChain(lists: readonly DeviceList[]): Promise<void> {
  for (const [n, earlier] of lists.slice(0, -1).entries()) {
    const { version = 0, prevHash = new Uint8Array() } = lists[n + 1] ?? {};
    if (version !== earlier.version + 1 || !isSameBytes(prevHash, await deviceListHash(earlier))) throw notGoingOn();
  }
}

function readEarlier(body: Uint8Array, accountId: string): DeviceList {
  if (body.length > LIMITS.deviceListBytes) throw new PeerError('too_large', 'A list of devices is too large.');
  const list = readDeviceList(body);
  if (list === undefined) throw new PeerError('malformed', 'It is no list of devices.');
  if (list.accountId !== accountId) throw wrongAccount();
  return list;
}

async function readKey(
  { algorithm: named, publicKey, prevHash, signature, ...key }: ServedKey,
  { accountId, version }: { readonly accountId: string; readonly version: number },
): Promise<PinnedKey> {
  if (key.accountId !== accountId) throw wrongAccount();
  const algorithm = IDENTITY_ALGORITHMS.find((known) => known === named);
  const isWellFormed =
    key.version === version &&
    prevHash.length === HASH_BYTES &&
    (signature === null || signature.length === LIMITS.signatureBytes);
  if (algorithm === undefined || publicKey.length !== IDENTITY_KEY_BYTES[algorithm] || !isWellFormed)
    throw new PeerError('malformed', 'It is no history of keys.');
  return {
    algorithm,
    publicKey: new Uint8Array(publicKey),
    prevHash: new Uint8Array(prevHash),
    signature: signature && new Uint8Array(signature),
    fingerprint: await identityFingerprint(publicKey),
  };
}

function readList({ body, signature }: ServedList, accountId: string) {
  if (body.length > LIMITS.deviceListBytes) throw new PeerError('too_large', 'The list of devices is too large.');
  const list = readDeviceList(body);
  if (list === undefined || signature.length !== LIMITS.signatureBytes)
    throw new PeerError('malformed', 'It is no list of devices.');
  if (list.accountId !== accountId) throw wrongAccount();
  return { list, body: new Uint8Array(body), signature: new Uint8Array(signature) };
}

/** @throws {PeerError} `not_signed` if the key that is to have signed could not, or not any more. */
function signerOf(
  { version, keyVersion }: DeviceList,
  { known, keys, knownKeys }: { known: DeviceList | undefined; keys: readonly PinnedKey[]; knownKeys: number },
) {
  const key = keys[keyVersion - 1];
  // A new list by a key that was replaced before: whoever signed it has kept what is no longer the account's.
  const isReplaced = version !== known?.version && keyVersion < knownKeys;
  if (key?.algorithm !== 'ed25519' || isReplaced) throw notSigned();
  return { version: keyVersion, publicKey: key.publicKey };
}

async function demandGrowth(list: DeviceList, known: DeviceList): Promise<void> {
  if (list.version < known.version) throw new PeerError('list_rolled_back', 'The list of devices is an older one.');
  const isSame = isSameBytes(await deviceListHash(list), await deviceListHash(known));
  const isNext = isSameBytes(list.prevHash, await deviceListHash(known));
  if ((list.version === known.version && !isSame) || (list.version === known.version + 1 && !isNext))
    throw notGoingOn();
}

function isSameKey(one: PinnedKey, other: PinnedKey | undefined): boolean {
  return (
    one.algorithm === other?.algorithm &&
    isSameBytes(one.publicKey, other.publicKey) &&
    isSameBytes(one.prevHash, other.prevHash) &&
    isSameBytes(one.signature ?? new Uint8Array(), other.signature ?? new Uint8Array())
  );
}

/** Whatever fails in a check of signatures, be it a key that WebCrypto does not take, means that nobody vouches for it. */
async function signing(check: Promise<void>): Promise<void> {
  try {
    await check;
  } catch (cause) {
    throw notSigned(cause);
  }
}

function notGoingOn(): PeerError {
  return new PeerError('list_forked', 'The list of devices does not go on from the one that is pinned.');
}

function notSigned(cause?: unknown): PeerError {
  return new PeerError('not_signed', 'The account has not signed what the relay says of it.', { cause });
}

function wrongAccount(): PeerError {
  return new PeerError('wrong_account', 'The relay answers with another account.');
}

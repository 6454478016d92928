import { canonicalBytes, readCanonicalBytes, readText, readWhole } from './canonical.js';
import { USERNAME_PATTERN, UUID_PATTERN } from './identifiers.js';
import type { Kdf } from './kdf.js';

const LABEL = 'sealpost provisioning 1';
const KDF_LABEL = 'sealpost kdf 1';
const REJECTED_LABEL = 'sealpost linking rejected 1';
const KEY_BYTES = 32;
const CONTACT_FIELDS = 3;
const UUID = new RegExp(UUID_PATTERN);
const USERNAME = new RegExp(USERNAME_PATTERN);

/** So many fit into a linking slot whatever they are called; the others come with the history. */
export const MAX_PROVISIONED_CONTACTS = 120;

/** Somebody whose identity key the user has compared. */
export interface ProvisionedContact {
  readonly accountId: string;
  readonly username: string;
  /** SHA-256 of the raw identity key, in hex. */
  readonly fingerprint: string;
}

/** Where a device finds the history of its account, and what opens it. */
export interface ArchiveKey {
  readonly archiveId: string;
  readonly key: Uint8Array<ArrayBuffer>;
}

/**
 * What an old device hands over to a new one: whose device it becomes, and what the relay could otherwise tell it wrongly. With
 * it alone nobody signs in: the new device needs the password, too.
 */
export interface Provisioning {
  readonly accountId: string;
  readonly username: string;
  readonly kdf: Kdf;
  /** The account's, raw Ed25519. */
  readonly identityKey: Uint8Array<ArrayBuffer>;
  readonly archive: ArchiveKey;
  readonly contacts: readonly ProvisionedContact[];
}

/** The canonical bytes of what is handed over. */
export function provisioningBytes(provisioning: Provisioning): Uint8Array<ArrayBuffer> {
  const { accountId, username, kdf, identityKey, archive, contacts } = provisioning;
  const known = contacts.flatMap((one) => [one.accountId, one.username, bytesOfHex(one.fingerprint)]);
  const fields = [accountId, username, kdfBytes(kdf), identityKey, archive.archiveId, archive.key, contacts.length];
  return canonicalBytes(LABEL, [...fields, ...known]);
}

/** Instead, when the user of the old device says that the words are not the same. */
export function rejectionBytes(): Uint8Array<ArrayBuffer> {
  return canonicalBytes(REJECTED_LABEL, []);
}

/** @returns undefined for whatever neither {@link provisioningBytes} nor {@link rejectionBytes} writes. */
export function readProvisioning(bytes: Uint8Array): Provisioning | 'rejected' | undefined {
  if (readCanonicalBytes(REJECTED_LABEL, bytes)?.length === 0) return 'rejected';
  const [accountId, username, kdf, identityKey, archiveId, archiveKey, count, ...rest] =
    readCanonicalBytes(LABEL, bytes) ?? [];
  const read = {
    accountId: textLike(UUID, accountId),
    username: textLike(USERNAME, username),
    kdf: kdf && readKdf(kdf),
    identityKey: keyOf(identityKey),
    archive: archiveOf(textLike(UUID, archiveId), keyOf(archiveKey)),
    contacts: readContacts(rest, count && readWhole(count)),
  };
  return isWhole(read) ? read : undefined;
}

type Whole<T> = { readonly [Field in keyof T]: Exclude<T[Field], undefined> };

function isWhole<T extends object>(read: T): read is T & Whole<T> {
  return Object.values(read).every((field) => field !== undefined);
}

function archiveOf(archiveId: string | undefined, key: ArchiveKey['key'] | undefined): ArchiveKey | undefined {
  return archiveId === undefined || key === undefined ? undefined : { archiveId, key };
}

function keyOf(field: Uint8Array | undefined): Uint8Array<ArrayBuffer> | undefined {
  return field?.length === KEY_BYTES ? new Uint8Array(field) : undefined;
}

function kdfBytes(kdf: Kdf): Uint8Array<ArrayBuffer> {
  const cost = kdf.algorithm === 'argon2id' ? [kdf.memoryKiB, kdf.iterations, kdf.parallelism] : [kdf.iterations];
  return canonicalBytes(KDF_LABEL, [kdf.algorithm, kdf.salt, ...cost]);
}

function readKdf(field: Uint8Array): Kdf | undefined {
  const [name, saltField, ...costs] = readCanonicalBytes(KDF_LABEL, field) ?? [];
  const [algorithm, salt] = [name && readText(name), saltField && readText(saltField)];
  const [first, second, third, ...more] = costs.map(readWhole);
  if (salt === undefined || first === undefined || more.length > 0) return undefined;
  if (algorithm === 'pbkdf2-sha256' && costs.length === 1) return { algorithm, salt, iterations: first };
  if (algorithm !== 'argon2id' || second === undefined || third === undefined) return undefined;
  return { algorithm, salt, memoryKiB: first, iterations: second, parallelism: third };
}

function readContacts(fields: readonly Uint8Array[], count: number | undefined): ProvisionedContact[] | undefined {
  const contacts: ProvisionedContact[] = [];
  for (let next = 0; next < fields.length; next += CONTACT_FIELDS) {
    const [account, name, hash] = fields.slice(next, next + CONTACT_FIELDS);
    const read = {
      accountId: textLike(UUID, account),
      username: textLike(USERNAME, name),
      fingerprint: hexOf(keyOf(hash)),
    };
    if (!isWhole(read)) return undefined;
    contacts.push(read);
  }
  return contacts.length === count && count <= MAX_PROVISIONED_CONTACTS ? contacts : undefined;
}

function textLike(form: RegExp, field: Uint8Array | undefined): string | undefined {
  const text = field && readText(field);
  return text !== undefined && form.test(text) ? text : undefined;
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16));
}

function hexOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

import {
  type Bytes,
  CryptoError,
  decodeBase64Url,
  encodeBase64Url,
  type Link,
  linkAsOldDevice,
  newLinkingKeys,
  readLinkingCode,
  sealProvisioning,
} from '#crypto';
import { MAX_PROVISIONED_CONTACTS, provisioningBytes, rejectionBytes } from '#protocol';
import { AccountError, notTrusted } from '../account/account.errors.js';
import type { OpenAccount } from '../account/open-account.js';
import type { History } from '../history/history.js';
import type { ArchiveName } from '../history/history-records.js';
import type { PeerDirectory } from '../peers/peer-directory.js';
import { isRefusal } from '../relay/relay.errors.js';
import type { DeviceLink } from './device-link.js';

/** What is handed over comes from here. */
export interface LinkingSide {
  readonly account: OpenAccount;
  readonly contacts: PeerDirectory;
  readonly history: History;
}

/**
 * Links the device that shows a code to an account that is open here.
 *
 * @throws {CryptoError} `not_a_code`
 * @throws {AccountError} `linking_expired` when nobody waits there, or any more, and `relay_not_trusted` when the relay passes on
 * another key than that of the device that shows the code.
 * @throws {RelayRefusal} `conflict` when another device of somebody has answered it.
 */
export async function linkNewDevice(side: LinkingSide, code: string): Promise<DeviceLink> {
  const { relay } = side.account;
  const read = readLinkingCode(code);
  const path = { slotId: read.slotId };
  const { offer } = await orExpired(relay.call((api) => api.GET('/v1/linking/{slotId}', { params: { path } })));
  const keys = await newLinkingKeys();
  const link = await orNotTrusted(() => linkAsOldDevice(keys, read, decodeBase64Url(offer)));
  const body = { answer: encodeBase64Url(keys.publicKey) };
  await orExpired(relay.call((api) => api.PUT('/v1/linking/{slotId}/answer', { params: { path }, body })));
  const handOver = new HandOver(side, read.slotId, link);
  return { words: link.words, confirm: () => handOver.confirm(), reject: () => handOver.reject() };
}

/** Says one thing, and as often as it takes: the relay takes the very same again. */
class HandOver {
  private archive: ArchiveName | undefined;
  private sealed: Bytes | undefined;
  private isRejected = false;

  constructor(
    private readonly side: LinkingSide,
    private readonly slotId: string,
    private readonly link: Link,
  ) {}

  async confirm(): Promise<void> {
    if (this.isRejected) throw new Error('The words have been found to differ.');
    const archive = (this.archive ??= await this.side.history.begin());
    this.sealed ??= await sealProvisioning(await this.provisioning(archive), this.link);
    try {
      await this.put(this.sealed);
    } catch (error) {
      if (error instanceof AccountError) await this.side.history.cancel(archive);
      throw error;
    }
    this.side.history.writeLater();
  }

  async reject(): Promise<void> {
    if (this.archive !== undefined) throw new Error('The words have been found to be the same.');
    this.isRejected = true;
    this.sealed ??= await sealProvisioning(rejectionBytes(), this.link);
    await this.put(this.sealed);
  }

  private async provisioning(archive: ArchiveName): Promise<Bytes> {
    const { accountId, username, kdf, identity } = this.side.account;
    const decided = await this.side.contacts.export();
    const contacts = decided.filter(({ isVerified }) => isVerified).slice(0, MAX_PROVISIONED_CONTACTS);
    return provisioningBytes({ accountId, username, kdf, identityKey: identity.current.publicKey, archive, contacts });
  }

  private async put(sealed: Bytes): Promise<void> {
    const params = { path: { slotId: this.slotId } };
    const body = { provisioning: encodeBase64Url(sealed) };
    const { relay } = this.side.account;
    await orExpired(relay.call((api) => api.PUT('/v1/linking/{slotId}/provisioning', { params, body })));
  }
}

async function orExpired<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (cause) {
    if (!isRefusal(cause, 'not_found')) throw cause;
    throw new AccountError('linking_expired', 'No device waits there, or not any more.', { cause });
  }
}

async function orNotTrusted<T>(link: () => Promise<T>): Promise<T> {
  try {
    return await link();
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause;
    throw notTrusted('The relay passes on another key than that of the device that shows the code.', { cause });
  }
}

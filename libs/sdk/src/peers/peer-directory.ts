import {
  type DeviceClaim,
  type GroupMember,
  identityFingerprint,
  isSameBytes,
  type Judge,
  safetyNumber,
} from '#crypto';
import type { SealedStore } from '../store/sealed-store.js';
import { StoreConflictError } from '../store/store.errors.js';
import { everyRow } from '../store/store.js';
import { isBelieved, isReleased, judgementOf, settled, withEarlier } from './belief.js';
import { checkedKeys, checkedList, demandVerifiedKey, pinnedList } from './checked-answers.js';
import { type LeafChanges, leafChangesOf } from './leaf-changes.js';
import { notesOf, type Peer, type PeerName, type PeerNote, peerOf, type RefreshedPeer } from './peer.js';
import { type PeerRecord, PEERS, type PinnedKey } from './peer-record.js';
import type { PeerSource } from './peer-source.js';
import { PeerError, unknownPeer } from './peers.errors.js';
import { decisionOf, UNSEEN, type VerifiedContact, withDecision } from './verified-contacts.js';
import { readVerificationCode, type Verification, writeVerificationCode } from './verification-code.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** Another write came between so often that something is wrong. */
const MAX_ATTEMPTS = 8;

/** The account whose device this is. */
export interface OwnIdentity extends PeerName {
  /** Its raw identity key, as the own vault has it: what the relay says of it is held against this. */
  readonly identityKey: Bytes;
  /** Has {@link identityKey} be the one that the own vault has by now: another own device may have replaced it. */
  readonly follow?: () => Promise<void>;
}

/** What a directory of peers leans on. */
export interface PeerDirectoryOptions {
  readonly store: SealedStore;
  readonly relay: PeerSource;
  readonly own: OwnIdentity;
  /** Told of what {@link PeerDirectory.refresh} returns as notes, also when a judgement has asked the relay. */
  readonly onNotes?: (notes: readonly PeerNote[]) => void;
  /** Told when the user has decided about a key: their own other devices are to know. */
  readonly onDecided?: () => void;
  /** Told when there is nothing to decide about somebody any more: what has waited for it may go on. */
  readonly onReleased?: (accountId: string) => void;
  /** Milliseconds since the epoch; the platform's clock, if left out. */
  readonly nowMs?: () => number;
}

/** What two people compare. */
export interface SafetyNumber {
  /** Sixty digits in twelve groups. */
  readonly digits: string;
  /** Of the peer's key that it was made of: what is verified when the digits are equal. */
  readonly fingerprint: string;
}

/**
 * Who other people are, and whether their devices may be believed: what the relay says of somebody is held against their
 * signatures and against all that it said before, and is refused or pinned. It has no state but the store.
 *
 * ```ts
 * const peers = new PeerDirectory({ store, relay: relayPeers(api), own: { accountId, username, identityKey } });
 * const { state, notes } = await peers.refresh({ accountId: ada.accountId, username: 'ada' });
 * await peers.assertSendable(ada.accountId);
 * ```
 */
export class PeerDirectory {
  constructor(protected readonly options: PeerDirectoryOptions) {}

  /**
   * Asks the relay. At first sight whatever holds together is believed; from then on it has to go on from what is pinned.
   *
   * @throws {PeerError} if it is refused: nothing of it has been stored.
   */
  async refresh({ accountId, username }: PeerName): Promise<RefreshedPeer> {
    const { before, after } = await this.change(accountId, (pinned) => this.heard({ accountId, username }, pinned));
    const peer = known(accountId, after);
    const notes = notesOf(peer, before, after);
    if (notes.length > 0) this.options.onNotes?.(notes);
    return { ...peer, notes };
  }

  /** As pinned, without asking the relay; undefined for whom no key has been seen of. */
  async find(accountId: string): Promise<Peer | undefined> {
    const stored = await this.options.store.get(PEERS, accountId);
    return stored && peerOf(accountId, stored.record);
  }

  /**
   * To be asked before anything is sent to somebody.
   *
   * @throws {PeerError} `identity_changed` until the user decides, `unknown_peer`.
   */
  async assertSendable(accountId: string): Promise<void> {
    if ((await this.peer(accountId)).state === 'changed')
      throw new PeerError('identity_changed', 'The identity key is not the one that was verified.');
  }

  /**
   * The user goes on with the newest key without comparing it: the peer is unverified from now on.
   *
   * @param fingerprint of the key that the user was shown, so that one which comes meanwhile is not accepted with it.
   * @throws {PeerError} `key_mismatch`, `unknown_peer`
   */
  async accept(accountId: string, fingerprint: string): Promise<Peer> {
    return this.decide({ accountId, fingerprint }, null);
  }

  /**
   * The user has compared the safety number, or the fingerprint itself.
   *
   * @throws {PeerError} `key_mismatch` if the newest key is not that one, `unknown_peer`.
   */
  async markVerified(accountId: string, fingerprint: string): Promise<Peer> {
    return this.decide({ accountId, fingerprint }, fingerprint);
  }

  /**
   * What the user has compared counts no more: the peer is unverified, and messages go on.
   *
   * @throws {PeerError} `identity_changed` when there is a key to decide about first, `unknown_peer`.
   */
  async unverify(accountId: string): Promise<Peer> {
    await this.assertSendable(accountId);
    return this.accept(accountId, (await this.peer(accountId)).fingerprint);
  }

  /** What both see alike if each has the other's true key. @throws {PeerError} `unknown_peer` */
  async safetyNumberWith(accountId: string): Promise<SafetyNumber> {
    const stored = await this.options.store.get(PEERS, accountId);
    const newest = stored?.record.keys.at(-1);
    if (newest === undefined) throw unknownPeer();
    const { accountId: ownId, identityKey } = this.options.own;
    const digits = await safetyNumber(
      { accountId: ownId, publicKey: identityKey },
      { accountId, publicKey: newest.publicKey },
    );
    return { digits, fingerprint: newest.fingerprint };
  }

  /** What others scan to verify this account. */
  async ownVerificationCode(): Promise<string> {
    const { accountId, identityKey } = this.options.own;
    return writeVerificationCode({ accountId, fingerprint: await identityFingerprint(identityKey) });
  }

  /**
   * Verifies whoever has shown the code. Asks the relay if their key is another one here: it may be new.
   *
   * @param expected whose code it is to be; anybody's, if left out.
   * @throws {PeerError} `not_a_code`, `other_account`, `unknown_peer`, and `key_mismatch` if the relay gives out another key than
   * the peer has. Nobody is verified then.
   */
  async verifyScanned(code: string, expected?: string): Promise<Peer> {
    const { accountId, fingerprint } = readVerificationCode(code);
    if (expected !== undefined && expected !== accountId)
      throw new PeerError('other_account', 'It is the code of somebody else.');
    const peer = await this.peer(accountId);
    if (peer.fingerprint !== fingerprint) await this.refresh(peer);
    return this.markVerified(accountId, fingerprint);
  }

  /** All that the user has decided, here and, as far as this device knows, elsewhere. */
  async export(): Promise<VerifiedContact[]> {
    const contacts: VerifiedContact[] = [];
    for await (const { key, record } of everyRow((range) => this.options.store.scan(PEERS, range)))
      if (key !== this.options.own.accountId) contacts.push(...[decisionOf(key, record) ?? []].flat());
    return contacts;
  }

  /**
   * Takes over what the user has decided on another own device. It counts for exactly that key: if the contact has another one by
   * now, the user has to decide, unless they have on this device. Contacts that were never seen here are remembered.
   *
   * @returns whether any of it was new here.
   */
  async import(contacts: readonly VerifiedContact[]): Promise<boolean> {
    let isNew = false;
    for (const contact of contacts)
      if (contact.accountId !== this.options.own.accountId) {
        const { before, after } = await this.change(contact.accountId, (pinned) => withDecision(pinned, contact));
        isNew ||= before?.decidedAtMs !== after.decidedAtMs;
      }
    return isNew;
  }

  /** How a group has to change for these accounts; from what is pinned. @throws {PeerError} `unknown_peer` */
  async leafChanges(members: readonly GroupMember[], accountIds: readonly string[]): Promise<LeafChanges> {
    return leafChangesOf(members, await Promise.all([...new Set(accountIds)].map((accountId) => this.peer(accountId))));
  }

  /**
   * Judges devices for MLS. A device that is not believed by what is pinned has the relay asked once, and what that throws is
   * thrown.
   *
   * @param usernameOf names accounts that are not pinned yet; whom it does not name is not believed.
   */
  judge(usernameOf: (accountId: string) => string | undefined = () => undefined): Judge {
    return (claim) => this.judged(claim, usernameOf);
  }

  private async judged(claim: DeviceClaim, usernameOf: (accountId: string) => string | undefined): Promise<boolean> {
    const { accountId } = claim.device;
    const { store, own } = this.options;
    const pinned = (await store.get(PEERS, accountId))?.record;
    const judgement = pinned && judgementOf(pinned, claim);
    if (judgement !== undefined) return judgement;
    const username = accountId === own.accountId ? own.username : (pinned?.username ?? usernameOf(accountId));
    if (username === undefined) return false;
    await this.refresh({ accountId, username });
    const refreshed = (await store.get(PEERS, accountId))?.record;
    return refreshed !== undefined && isBelieved(refreshed, claim);
  }

  private async heard({ accountId, username }: PeerName, pinned: PeerRecord | undefined): Promise<PeerRecord> {
    if (pinned !== undefined && pinned.username !== username)
      throw new PeerError('wrong_account', 'The account has another name.');
    if (pinned === undefined) await this.demandFree(username, accountId);
    // The list first: a key that comes between has not signed it, but stands in the history that is read after.
    const served = await this.options.relay.devices(username, pinnedList(pinned)?.version ?? 0);
    const keys = await checkedKeys(await this.options.relay.identityHistory(username), { accountId, pinned });
    if (keys.length === 0) throw unknownPeer();
    const { list, earlier } = await checkedList(served, { accountId, pinned, keys });
    if (accountId === this.options.own.accountId) await this.followOwn(keys);
    const verified = await this.verifiedOf(accountId, pinned);
    const record = withEarlier({ ...(pinned ?? UNSEEN), username, keys, list, verified }, earlier);
    demandVerifiedKey(record, accountId === this.options.own.accountId);
    return record;
  }

  /** Names are never given out again: whoever comes with one that is pinned is not whom it stands for. */
  private async demandFree(username: string, accountId: string): Promise<void> {
    for await (const { key, record } of everyRow((range) => this.options.store.scan(PEERS, range)))
      if (record.username === username && record.keys.length > 0 && key !== accountId)
        throw new PeerError('wrong_account', 'The name is that of another account.');
  }

  private async verifiedOf(accountId: string, pinned: PeerRecord | undefined): Promise<string | null> {
    const { own } = this.options;
    return accountId === own.accountId ? identityFingerprint(own.identityKey) : (pinned?.verified ?? null);
  }

  /** What the relay says is no reason to believe in another own key, but one to look into the own vault. */
  private async followOwn(keys: readonly PinnedKey[]): Promise<void> {
    const { own } = this.options;
    if (!isSameBytes(keys.at(-1)?.publicKey ?? new Uint8Array(), own.identityKey)) await own.follow?.();
  }

  private async decide({ accountId, fingerprint }: Verification, verified: string | null): Promise<Peer> {
    const { after } = await this.change(accountId, (pinned) => {
      if (pinned === undefined || pinned.keys.length === 0) throw unknownPeer();
      if (pinned.keys.at(-1)?.fingerprint !== fingerprint)
        throw new PeerError('key_mismatch', 'The newest identity key is another one.');
      const decidedAtMs = Math.max((this.options.nowMs ?? Date.now)(), pinned.decidedAtMs + 1);
      return { ...pinned, verified, decidedVersion: pinned.keys.length, decidedAtMs };
    });
    this.options.onDecided?.();
    return known(accountId, after);
  }

  private async peer(accountId: string): Promise<Peer> {
    const peer = await this.find(accountId);
    if (peer === undefined) throw unknownPeer();
    return peer;
  }

  /** Writes what is decided on a record, on condition that it still stands; else it is read and decided on anew. */
  private async change(
    accountId: string,
    decide: (pinned: PeerRecord | undefined) => PeerRecord | Promise<PeerRecord>,
  ): Promise<{ before: PeerRecord | undefined; after: PeerRecord }> {
    for (let attempt = 1; ; attempt++) {
      const stored = await this.options.store.get(PEERS, accountId);
      const before = stored?.record;
      const after = settled(await decide(before));
      if (before !== undefined && isSameBytes(PEERS.codec.encode(before), PEERS.codec.encode(after)))
        return { before, after };
      try {
        await this.options.store.write({ put: [PEERS.put(accountId, after, stored?.version)] });
        if (isReleased(before, after)) this.options.onReleased?.(accountId);
        return { before, after };
      } catch (error) {
        if (!(error instanceof StoreConflictError) || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }
}

function known(accountId: string, record: PeerRecord): Peer {
  const peer = peerOf(accountId, record);
  if (peer === undefined) throw unknownPeer();
  return peer;
}

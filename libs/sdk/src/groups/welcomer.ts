import {
  type Arrival,
  CryptoError,
  decodeBase64Url,
  type GroupMember,
  type Judge,
  MlsError,
  type MlsGroup,
} from '#crypto';
import type { components } from '#api-client';
import { LINKED } from '../account/account-records.js';
import type { KeyPackageSecrets, KeyPackageStock } from '../account/key-package-stock.js';
import type { OpenAccount } from '../account/open-account.js';
import type { ConversationBook } from '../conversations/conversation-book.js';
import { type ConversationRecord, CONVERSATIONS, type Member } from '../conversations/conversation-record.js';
import { maySign } from '../conversations/roster.js';
import { ROSTER_CHANGES, rosterChangesIn, rosterKey } from '../conversations/roster-changes.js';
import { MESSAGES, messageKey } from '../messages/message-record.js';
import { PeerError } from '../peers/peers.errors.js';
import { isRefusal } from '../relay/relay.errors.js';
import type { RecordKind, SealedBatch, StoredRecord } from '../store/sealed-store.js';
import { ENTRY_IDS, entryIdKey } from '../sync/entry-ids.js';
import type { SdkEvent } from '../sync/events.js';
import type { Lanes } from '../sync/lanes.js';
import type { GroupShelf } from './group-shelf.js';
import { UPDATE_AFTER_MESSAGES } from './tender.js';

type Welcome = components['schemas']['WelcomeDto'];

/** Of messages that came before a welcome; more than these are left as they are. */
const MOST_AGAIN = 500;

/** So many entries behind a welcome the relay may say that a list of members is of. */
const MOST_BELIEVED = 1_000;

/** From where a log is followed, and what is stored of it already. */
interface Begin {
  /** Whether another device has linked this one, and the account was there before. */
  readonly isLinked: boolean;
  readonly cursor: number;
  readonly again: NonNullable<SealedBatch['delete']>;
}

/** What else is known of the members: as the relay shows them, and who has left since. */
interface Seen {
  readonly shown: readonly Member[] | undefined;
  readonly gone: ReadonlySet<string>;
}

/** Which group a welcome is to, and the one that this device is in already, if any. */
interface Place extends Pick<Welcome, 'conversationId' | 'generation' | 'epoch'> {
  readonly present: MlsGroup | undefined;
}

/** A welcome, and where the account's stay begins, if this device is not in the group yet. */
type Arriving = Pick<Welcome, 'seq' | 'epoch'> & { readonly from: number | undefined };

/** Joins the groups that this device is let into. */
export class Welcomer {
  constructor(
    private readonly account: OpenAccount,
    private readonly shelf: GroupShelf,
    private readonly judge: Judge,
    private readonly book: ConversationBook,
    private readonly stock: KeyPackageStock,
    private readonly lanes: Lanes,
  ) {}

  /**
   * Deals with every welcome that waits. @param pull brings a log up to a position: what stands before the commit that lets this
   * device in can be read with the group before only, and says who is in it.
   * @returns what came of it.
   */
  async joinAll(pull: (conversationId: string, upTo: number) => Promise<void>): Promise<SdkEvent[]> {
    const events: SdkEvent[] = [];
    const seen = new Set<string>();
    for (;;) {
      const { items } = await this.account.relay.call((api) => api.GET('/v1/welcomes'));
      // What is shown again, though it was dealt with, would be for ever.
      const waiting = items.filter(({ id }) => !seen.has(id));
      if (waiting.length === 0) return events;
      for (const welcome of waiting) {
        seen.add(welcome.id);
        if ((await this.shelf.get(welcome.conversationId)) !== undefined)
          await pull(welcome.conversationId, welcome.seq - 1);
        events.push(...(await this.lanes.run(welcome.conversationId, () => this.join(welcome))));
        await this.dealtWith(welcome.id);
      }
    }
  }

  private async join(welcome: Welcome): Promise<SdkEvent[]> {
    const { conversationId, generation, epoch } = welcome;
    if ((await this.book.refreshWithin(conversationId)) === undefined) return [];
    const present = await this.shelf.get(conversationId);
    // A welcome that was dealt with before, or that the relay shows again.
    if (present !== undefined && isAsFar(present, { generation, epoch })) return [];
    try {
      await this.enterKnowingAll(welcome, present);
      return [{ kind: 'conversation', conversationId }];
    } catch (error) {
      if (![MlsError, PeerError, CryptoError].some((refusal) => error instanceof refusal)) throw error;
      const trouble = 'lost_group';
      const stored = await this.account.store.get(CONVERSATIONS, conversationId);
      if (stored === undefined) return [];
      await this.account.store.write({
        put: [CONVERSATIONS.put(conversationId, { ...stored.record, trouble }, stored.version)],
      });
      return [{ kind: 'trouble', conversationId, trouble }];
    }
  }

  /** Somebody may have left since: whose name is not known is not believed. */
  private async enterKnowingAll(welcome: Welcome, present: MlsGroup | undefined): Promise<void> {
    try {
      await this.enter(welcome, present);
    } catch (error) {
      if (!(error instanceof MlsError && error.code === 'not_trusted')) throw error;
      await this.book.learnBehind(welcome.conversationId, welcome.seq);
      await this.enter(welcome, present);
    }
  }

  /**
   * Group, cursor and the spent key package change together: nothing lets this device in twice.
   * @param present the group that it is in, if any.
   */
  private async enter(
    { conversationId, seq, generation, epoch, ...welcome }: Welcome,
    present: MlsGroup | undefined,
  ): Promise<void> {
    const { store } = this.account;
    const bytes = decodeBase64Url(welcome.welcome);
    const keyPackage = await this.stock.secretsFor(bytes);
    if (keyPackage === undefined) throw new MlsError('not_for_us', 'A welcome is for a key package that is not here.');
    const group = await this.opened(bytes, keyPackage.secrets, { conversationId, generation, epoch, present });
    // As the relay says it is by now: what it was when it was put out says nothing of who has come in meanwhile. Who is in the group
    // has read what was signed, up to the welcome.
    const roster = present === undefined ? await this.book.roster(conversationId) : undefined;
    const stored = await store.get(CONVERSATIONS, conversationId);
    if (stored === undefined) throw new Error('a conversation is joined before it is known');
    const shelving = await this.shelf.shelve(conversationId, group);
    const { cursor, again, isLinked } = await this.beginOf(stored, { seq, epoch, from: roster?.from });
    const record = {
      ...stored.record,
      generation,
      cursor,
      // The change of members stands behind the commit, which this device cannot read.
      members: this.membersIn(group, stored.record.members, {
        shown: roster?.members,
        gone: await this.goneSince(conversationId, seq),
      }),
      believedUntil: believedUntil(stored.record, seq, roster),
      trouble: undefined,
      // Who was linked, or joined by a last resort, shares its keys with nobody any more after its first commit.
      sentSinceUpdate: keyPackage.lastResort || isLinked ? UPDATE_AFTER_MESSAGES : 0,
    };
    await store.write({
      put: [CONVERSATIONS.put(conversationId, record, stored.version), ...(shelving.batch.put ?? [])],
      delete: [
        ...(shelving.batch.delete ?? []),
        ...again,
        ...(keyPackage.lastResort ? [] : [{ table: 'keyPackages', key: keyPackage.key } as const]),
      ],
    });
    shelving.landed();
  }

  /** The group of a welcome. @throws {MlsError} and others. */
  private async opened(
    bytes: Uint8Array,
    secrets: KeyPackageSecrets['secrets'],
    { conversationId, generation, epoch, present }: Place,
  ): Promise<MlsGroup> {
    // The members by what was signed; undefined for whom everything is new.
    const known = present && (await this.book.get(conversationId))?.members;
    const admit: Arrival['admit'] = (welcomedBy, members) => demandMayWelcome(known, welcomedBy, members);
    const group = await this.account.engine.join(bytes, secrets, { conversationId, judge: this.judge, admit });
    if (group.name.generation !== generation || group.epoch !== epoch)
      throw new MlsError('wrong_group', 'A welcome is not of the epoch that the relay says.');
    return group;
  }

  /**
   * A device that is newer than its account's stay goes through all of the log: what it cannot decrypt, a history or an export
   * tells. What came before its welcome, though it stands behind it, is read again, now that it can be.
   */
  private async beginOf({ key, record }: StoredRecord<ConversationRecord>, at: Arriving): Promise<Begin> {
    const usual = { cursor: Math.max(record.cursor, at.seq), again: [], isLinked: false };
    if (!isLaterThanItsAccount(at)) return usual;
    const isLinked = (await this.account.store.get(LINKED, 'linked')) !== undefined;
    const [from, to] = [at.seq + 1, record.cursor + 1];
    const again = [
      ...(await this.rowsOf(MESSAGES, messageKey(key, from), messageKey(key, to))),
      ...(await this.rowsOf(ENTRY_IDS, entryIdKey(key, from), entryIdKey(key, to))),
      ...(await this.rowsOf(ROSTER_CHANGES, rosterKey(key, from), rosterKey(key, to))),
    ];
    if (again.length > MOST_AGAIN) return { ...usual, isLinked };
    return { cursor: Math.min(record.cursor, at.seq), again, isLinked };
  }

  private async rowsOf<T>(kind: RecordKind<T>, from: string, to: string): Promise<Begin['again']> {
    const rows = await this.account.store.scan(kind, { from, to, limit: MOST_AGAIN + 1 });
    return rows.map(({ key }) => ({ table: kind.table, key }));
  }

  /** Who has left behind a position that this device has read past: nothing that it reads will tell so again. */
  private async goneSince(conversationId: string, seq: number): Promise<ReadonlySet<string>> {
    const gone = new Set<string>();
    for (const { kind, accountId } of await rosterChangesIn(this.account.store, conversationId, { from: seq + 1 })) {
      if (kind === 'left' || kind === 'removed') gone.add(accountId);
      if (kind === 'added') gone.delete(accountId);
    }
    return gone;
  }

  /** As the relay shows them, but nobody reads along unseen: whoever is in the group is shown as a member until they leave. */
  private membersIn(group: MlsGroup, known: readonly Member[], { shown = known, gone }: Seen): readonly Member[] {
    const present = [...accountsIn(group.members(), shown)].filter((accountId) => !gone.has(accountId));
    const unseen = present.map((accountId): Member => {
      const username = this.book.usernameOf(accountId) ?? accountId;
      return (
        known.find((one) => one.accountId === accountId) ?? { accountId, username, role: 'member', state: 'joined' }
      );
    });
    return [...shown, ...unseen];
  }

  private async dealtWith(id: string): Promise<void> {
    try {
      await this.account.relay.call((api) => api.DELETE('/v1/welcomes/{id}', { params: { path: { id } } }));
    } catch (error) {
      if (!isRefusal(error, 'not_found')) throw error;
    }
  }
}

/** Whether it is a group in which the account was before this device. */
function isLaterThanItsAccount({ seq, epoch, from }: Arriving): boolean {
  return epoch !== 1 && from !== undefined && from < seq;
}

/**
 * Up to where it is not asked who may change what: the list of members is newer than the log up to its head. That head the relay
 * says, so that it is believed no further than a device is away as a rule.
 */
function believedUntil(
  record: ConversationRecord,
  seq: number,
  roster: Pick<ConversationRecord, 'believedUntil'> | undefined,
): number {
  const head = Math.min(roster?.believedUntil ?? 0, seq + MOST_BELIEVED);
  return Math.max(record.believedUntil, head, seq + 1);
}

/** With new people only who may bring them in. @throws {MlsError} `not_allowed` */
function demandMayWelcome(
  known: readonly Member[] | undefined,
  welcomedBy: GroupMember,
  members: readonly GroupMember[],
): void {
  if (known === undefined) return;
  const added = [...accountsIn(members, known)].sort();
  const signer = known.find(({ accountId }) => accountId === welcomedBy.identity.accountId);
  if (!maySign({ added, removed: [], roles: [] }, signer, known))
    throw new MlsError('not_allowed', 'A welcome is to a group with somebody whom its sender may not bring in.');
}

/** Of those with a device in a group, who is none of some members. */
function accountsIn(leaves: readonly GroupMember[], members: readonly Member[]): Set<string> {
  const known = new Set(members.map(({ accountId }) => accountId));
  return new Set(leaves.map(({ identity }) => identity.accountId).filter((accountId) => !known.has(accountId)));
}

function isAsFar(group: MlsGroup, { generation, epoch }: { generation: number; epoch: number }): boolean {
  return group.name.generation > generation || (group.name.generation === generation && group.epoch >= epoch);
}

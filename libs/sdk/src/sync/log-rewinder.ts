import type { OpenAccount } from '../account/open-account.js';
import { type ConversationRecord, CONVERSATIONS } from '../conversations/conversation-record.js';
import { ROSTER_CHANGES, rosterKey } from '../conversations/roster-changes.js';
import { expiryPuts } from '../messages/expiry-record.js';
import {
  lostKey,
  MESSAGE_PLACES,
  messageKey,
  messagePlaceKey,
  type MessageRecord,
  MESSAGES,
} from '../messages/message-record.js';
import { OUTBOX, outboxKey } from '../messages/outbox-record.js';
import { readAnewFrom } from '../messages/unread.js';
import type { RecordKind, SealedBatch, StoredRecord } from '../store/sealed-store.js';
import { startingWith } from '../store/store.js';
import { ENTRY_IDS, entryIdKey } from './entry-ids.js';
import type { Lanes } from './lanes.js';
import { firstSeq, lastSeq, type LogItem } from './log-item.js';
import { readLogPage } from './log-page.js';

/** Of what is moved out of a log at once. */
const ROWS_AT_ONCE = 200;

/**
 * Goes back in a log to where the relay's is another one, after its database was restored from a backup: from there on its
 * positions hold other entries than they did. Nothing that could be read is lost: what this device sent is sent again under its
 * id, and what others sent is kept until it comes again.
 */
export class LogRewinder {
  constructor(
    private readonly account: OpenAccount,
    private readonly lanes: Lanes,
  ) {}

  /** @returns whether the log could be seen. May break off anywhere, and be done again. */
  async rewind(conversationId: string): Promise<boolean> {
    return this.lanes.run(conversationId, async () => {
      const { store } = this.account;
      const stored = await store.get(CONVERSATIONS, conversationId);
      if (stored?.record.restoration !== 'log') return stored !== undefined;
      const common = await this.commonUpTo(conversationId, stored.record.cursor);
      if (common === undefined) return false;
      const back = await this.goBack(stored, common);
      await this.moveRows(conversationId, common);
      const record = await readAnewFrom(this.account, { conversationId, record: back.record }, common);
      await store.write({
        put: [CONVERSATIONS.put(conversationId, { ...record, restoration: 'members' }, back.version)],
      });
      return true;
    });
  }

  /** Marks a conversation: nothing is taken from its log before it has been compared. */
  async mark(conversationId: string): Promise<void> {
    await this.lanes.run(conversationId, async () => {
      const stored = await this.account.store.get(CONVERSATIONS, conversationId);
      if (stored === undefined) return;
      const record: ConversationRecord = { ...stored.record, restoration: 'log' };
      await this.account.store.write({ put: [CONVERSATIONS.put(conversationId, record, stored.version)] });
    });
  }

  /** First the cursor: whatever stands behind it, when this is done again, has still to be moved. */
  private async goBack(
    { key, version, record }: StoredRecord<ConversationRecord>,
    common: number,
  ): Promise<StoredRecord<ConversationRecord>> {
    if (common >= record.cursor) return { key, version, record };
    const believedUntil = Math.min(record.believedUntil, common);
    const back = { ...record, cursor: common, believedUntil, announced: undefined };
    await this.account.store.write({ put: [CONVERSATIONS.put(key, back, version)] });
    return { key, version: version + 1, record: back };
  }

  /** Up to where the relay's log is the one that this device knows; undefined when it is not to be seen. */
  private async commonUpTo(conversationId: string, cursor: number): Promise<number | undefined> {
    for (let common = 0; ;) {
      const page = await readLogPage(this.account.relay, conversationId, common);
      if (page === undefined) return undefined;
      for (const item of page.items) {
        if (firstSeq(item) > cursor) return Math.min(common, cursor);
        const known = await this.knownBy(conversationId, item, cursor);
        if (known < lastSeq(item)) return known;
        common = lastSeq(item);
      }
      if (page.items.length === 0 || common >= Math.min(page.headSeq, cursor)) return Math.min(common, cursor);
    }
  }

  /** How far an item goes along with what is stored here. What has expired since, or is not known here, says nothing. */
  private async knownBy(conversationId: string, item: LogItem, cursor: number): Promise<number> {
    const upTo = Math.min(lastSeq(item), cursor);
    if (!('gap' in item)) {
      const id = await this.idAt(conversationId, item.seq);
      return id === undefined || id === item.id ? upTo : item.seq - 1;
    }
    if (item.gap.reason !== 'not_member') return lastSeq(item);
    const range = { from: messageKey(conversationId, item.gap.from), to: messageKey(conversationId, upTo + 1) };
    for (const { record } of await this.account.store.scan(MESSAGES, range))
      if (record.content !== null) return record.seq - 1;
    return lastSeq(item);
  }

  private async idAt(conversationId: string, seq: number): Promise<string | undefined> {
    const { store } = this.account;
    const message = await store.get(MESSAGES, messageKey(conversationId, seq));
    if (message !== undefined) return message.record.id ?? undefined;
    return (await store.get(ENTRY_IDS, entryIdKey(conversationId, seq)))?.record.id;
  }

  private async moveRows(conversationId: string, after: number): Promise<void> {
    const { store } = this.account;
    const { to = '' } = startingWith(`${conversationId}/`);
    const messages = { from: messageKey(conversationId, after + 1), to, limit: ROWS_AT_ONCE };
    for (let rows = await store.scan(MESSAGES, messages); rows.length > 0; rows = await store.scan(MESSAGES, messages))
      for (const row of rows) await store.write(await this.moved(conversationId, row));
    await this.removeRows(ENTRY_IDS, { from: entryIdKey(conversationId, after + 1), of: conversationId });
    await this.removeRows(ROSTER_CHANGES, { from: rosterKey(conversationId, after + 1), of: conversationId });
  }

  /** Those of a conversation from a key on. */
  private async removeRows<T>(kind: RecordKind<T>, { from, of }: { from: string; of: string }): Promise<void> {
    const { store } = this.account;
    const { to = '' } = startingWith(from.slice(0, from.lastIndexOf(of) + of.length + 1));
    const range = { from, to, limit: ROWS_AT_ONCE };
    for (let rows = await store.scan(kind, range); rows.length > 0; rows = await store.scan(kind, range))
      await store.write({ delete: rows.map(({ key }) => ({ table: kind.table, key })) });
  }

  /** Out of the log, into the outbox or to what the relay has lost. */
  private async moved(conversationId: string, { key, record }: StoredRecord<MessageRecord>): Promise<SealedBatch> {
    const { store, deviceId } = this.account;
    const { id, seq, content, senderDeviceId, sentAtMs } = record;
    const place = id === null ? undefined : await store.get(MESSAGE_PLACES, messagePlaceKey(conversationId, id));
    const itsPlace = place?.record.seq === seq ? [{ table: MESSAGE_PLACES.table, key: place.key }] : [];
    const gone = { delete: [{ table: MESSAGES.table, key }, ...itsPlace] };
    if (id === null || content === null) return gone;
    if (senderDeviceId !== deviceId) {
      const lost = lostKey(conversationId, id);
      const before = await store.get(MESSAGES, lost);
      return { ...gone, put: [MESSAGES.put(lost, record, before?.version), ...expiryPuts(lost, record)] };
    }
    const queued = outboxKey(conversationId, id);
    if ((await store.get(OUTBOX, queued)) !== undefined) return gone;
    return { ...gone, put: [OUTBOX.put(queued, { conversationId, id, content, createdAtMs: sentAtMs })] };
  }
}

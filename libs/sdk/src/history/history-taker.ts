import { CONVERSATIONS } from '../conversations/conversation-record.js';
import {
  MESSAGE_PLACES,
  messageKey,
  messagePlaceKey,
  type MessageRecord,
  MESSAGES,
} from '../messages/message-record.js';
import type { SealedPut, SealedStore, StoredRecord } from '../store/sealed-store.js';
import { everyRow, type Range, startingWith } from '../store/store.js';
import { type ArchivedMessage, contentOf, type HistoryBatch } from './history-batch.js';

type Conversation = HistoryBatch['conversations'][number];
type Row = StoredRecord<MessageRecord>;

/**
 * Puts what another own device has read into the places of the log that this device cannot read itself, and changes nothing
 * else: what the relay has no more stays gone, and nothing comes twice.
 */
export class HistoryTaker {
  /** What senders took back, by conversation. */
  private readonly erased = new Map<string, Set<string>>();

  constructor(private readonly store: SealedStore) {}

  /** The caller has the conversation's lane. @returns whether something can be read that could not before. */
  async take({ id, messages }: Conversation): Promise<boolean> {
    const given = new Map(messages.map((message) => [message.seq, message]));
    const [first, last] = [messages[0]?.seq, messages.at(-1)?.seq];
    if (first === undefined || last === undefined) return false;
    const told: Row[] = [];
    for await (const row of this.rows({ from: messageKey(id, first), to: messageKey(id, last + 1) })) {
      const record = toldOf(row.record, given.get(row.record.seq));
      if (record !== undefined) told.push({ ...row, record });
    }
    if (told.length === 0) return false;
    await this.write(id, told);
    return true;
  }

  private async write(id: string, told: readonly Row[]): Promise<void> {
    const erased = await this.erasedIn(id);
    const before = erased.size;
    for (const { record } of told) note(erased, record);
    const isSettled = erased.size === before;
    const put: SealedPut[] = told.map(({ key, version, record }) =>
      MESSAGES.put(key, without(erased, record), version),
    );
    const agreed = await this.agreedIn(id, told);
    await this.store.write({
      put: [...put, ...(await this.placesOf(id, told)), ...(agreed === undefined ? [] : [agreed])],
    });
    if (!isSettled) await this.erase(id, erased);
  }

  /** Under which id others may write about them. */
  private async placesOf(conversationId: string, told: readonly Row[]): Promise<SealedPut[]> {
    const places = new Map<string, SealedPut>();
    for (const { record } of told) {
      const key = messagePlaceKey(conversationId, record.id ?? '');
      if (!places.has(key) && (await this.store.get(MESSAGE_PLACES, key)) === undefined)
        places.set(key, MESSAGE_PLACES.put(key, { seq: record.seq }));
    }
    return [...places.values()];
  }

  /** Taken back by what has come now, after they were told. */
  private async erase(id: string, erased: ReadonlySet<string>): Promise<void> {
    for await (const { key, version, record } of this.rows(startingWith(`${id}/`))) {
      const left = without(erased, record);
      if (left !== record) await this.store.write({ put: [MESSAGES.put(key, left, version)] });
    }
  }

  private async erasedIn(id: string): Promise<Set<string>> {
    const known = this.erased.get(id);
    if (known !== undefined) return known;
    const erased = new Set<string>();
    for await (const { record } of this.rows(startingWith(`${id}/`))) note(erased, record);
    this.erased.set(id, erased);
    return erased;
  }

  /** What it was called last, and the life that was given to what is written in it, if nobody has said otherwise since. */
  private async agreedIn(id: string, told: readonly Row[]): Promise<SealedPut | undefined> {
    const [title, lifetime] = [await this.lastOf('title', id, told), await this.lastOf('lifetime', id, told)];
    const stored = title === undefined && lifetime === undefined ? undefined : await this.store.get(CONVERSATIONS, id);
    if (stored === undefined) return undefined;
    const agreed = {
      ...(title?.kind === 'title' && { title: title.title }),
      ...(lifetime?.kind === 'lifetime' && { lifetimeSeconds: lifetime.seconds }),
    };
    return CONVERSATIONS.put(id, { ...stored.record, ...agreed }, stored.version);
  }

  /** Undefined if there is none, or a later one. */
  private async lastOf(kind: 'title' | 'lifetime', id: string, told: readonly Row[]) {
    const last = told.findLast(({ record }) => record.content?.kind === kind)?.record;
    if (last === undefined) return undefined;
    const { to = '' } = startingWith(`${id}/`);
    for await (const { record } of this.rows({ from: messageKey(id, last.seq + 1), to }))
      if (record.content?.kind === kind && !told.some(({ record: { seq } }) => seq === record.seq)) return undefined;
    return last.content ?? undefined;
  }

  private rows(range: Range): AsyncGenerator<Row> {
    return everyRow((rest) => this.store.scan(MESSAGES, rest), range);
  }
}

/** @returns undefined when this device has read it itself, when it is gone, or when it is not the same message. */
function toldOf(record: MessageRecord, message: ArchivedMessage | undefined): MessageRecord | undefined {
  if (message === undefined || record.unreadable !== 'before_joining' || record.id !== message.id) return undefined;
  if (record.senderAccountId !== message.senderAccountId || record.senderDeviceId !== message.senderDeviceId)
    return undefined;
  const content = contentOf(message);
  const { unreadable: _no_more, ...rest } = record;
  const { reactions = [] } = message;
  return content && { ...rest, content, ...(reactions.length > 0 && { reactions }) };
}

function note(erased: Set<string>, { senderAccountId, content }: MessageRecord): void {
  if (content?.kind === 'deletion' && senderAccountId !== null) erased.add(`${senderAccountId} ${content.of}`);
}

/** @returns the same record when its sender has not taken it back. */
function without(erased: ReadonlySet<string>, record: MessageRecord): MessageRecord {
  const { senderAccountId, id, content, unreadable } = record;
  const mayHaveBeen = content !== null || unreadable === 'before_joining';
  if (!mayHaveBeen || id === null || !erased.has(`${senderAccountId ?? ''} ${id}`)) return record;
  const { reactions: _gone_too, ...rest } = record;
  return { ...rest, content: null, unreadable: 'deleted' };
}

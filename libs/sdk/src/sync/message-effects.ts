import type { MessageContent } from '#protocol';
import { raisedMarks } from '../messages/marks-record.js';
import {
  isForReading,
  MESSAGE_PLACES,
  messageKey,
  messagePlaceKey,
  type MessageRecord,
  MESSAGES,
} from '../messages/message-record.js';
import { readUpTo, withUnread } from '../messages/unread.js';
import type { RecordReader, StoredRecord } from '../store/sealed-store.js';
import type { Step } from './step.js';

/** What the effects of a message lean on. */
interface Reader {
  readonly store: RecordReader;
  readonly accountId: string;
}

/** A message, and whoever wrote it in a conversation. */
interface Written<Content extends MessageContent> {
  readonly conversationId: string;
  readonly author: string;
  readonly content: Content;
}

type Of<Kind extends MessageContent['kind']> = Written<Extract<MessageContent, { kind: Kind }>>;

/** Adds to a step what its message does elsewhere: to the message that it is about, to what is unread, and to marks. */
export async function withEffects(reader: Reader, conversationId: string, step: Step): Promise<Step> {
  const message = step.events?.find((event) => event.kind === 'message')?.message;
  if (message === undefined) return step;
  const { seq, senderAccountId: author, content } = message;
  const isUnread = isForReading(message, reader.accountId);
  const counted = isUnread ? { ...step, record: withUnread(step.record, seq, 1) } : step;
  if (content === null || author === null) return counted;
  const placed = await withPlace(reader, conversationId, { step: counted, message });
  return withContent(reader, { conversationId, author, content }, placed);
}

async function withContent(reader: Reader, written: Written<MessageContent>, placed: Step): Promise<Step> {
  const { conversationId, author, content } = written;
  switch (content.kind) {
    case 'reaction':
      return reacted(reader, { conversationId, author, content }, placed);
    case 'deletion':
      return deleted(reader, { conversationId, author, content }, placed);
    case 'read':
      return hasRead(reader, { conversationId, author, content }, placed);
    case 'text':
    case 'attachment':
    case 'title':
    case 'lifetime':
      return placed;
  }
}

/** The first message of an id is the one that others mean: a later one of the same id takes nothing from it. */
async function withPlace(
  { store }: Reader,
  conversationId: string,
  { step, message: { id, seq } }: { readonly step: Step; readonly message: MessageRecord },
): Promise<Step> {
  if (id === null) return step;
  const key = messagePlaceKey(conversationId, id);
  if ((await store.get(MESSAGE_PLACES, key)) !== undefined) return step;
  return { ...step, put: [...(step.put ?? []), MESSAGE_PLACES.put(key, { seq })] };
}

/** Of each account the last one counts. What this device cannot show has none. */
async function reacted(reader: Reader, { conversationId, author, content }: Of<'reaction'>, step: Step): Promise<Step> {
  const target = await shownMessage(reader, conversationId, content.to);
  if (target === undefined) return step;
  const others = (target.record.reactions ?? []).filter(({ accountId }) => accountId !== author);
  const reactions = content.emoji === null ? others : [...others, { accountId: author, emoji: content.emoji }];
  return changing(step, conversationId, target, { ...target.record, reactions });
}

/** Only its author takes a message back, by whichever device. Nothing of it stays here. */
async function deleted(reader: Reader, { conversationId, author, content }: Of<'deletion'>, step: Step): Promise<Step> {
  const target = await shownMessage(reader, conversationId, content.of);
  if (target?.record.senderAccountId !== author) return step;
  const { id, seq, senderAccountId, senderDeviceId, sentAtMs } = target.record;
  const rest = { id, seq, senderAccountId, senderDeviceId, sentAtMs };
  const erased: MessageRecord = { ...rest, content: null, unreadable: 'deleted' };
  const record = isForReading(target.record, reader.accountId) ? withUnread(step.record, seq, -1) : step.record;
  return changing({ ...step, record }, conversationId, target, erased);
}

async function hasRead(reader: Reader, { conversationId, author, content }: Of<'read'>, step: Step): Promise<Step> {
  // Nobody has read what this device does not have yet.
  const upTo = Math.min(content.upTo, step.record.cursor);
  if (author !== reader.accountId) {
    const told = [{ accountId: author, delivered: upTo, read: upTo }];
    const { raised, put } = await raisedMarks(reader.store, conversationId, told);
    const events = raised.map((marks) => ({ kind: 'receipt', conversationId, ...marks }) as const);
    return { ...step, put: [...(step.put ?? []), ...put], events: [...(step.events ?? []), ...events] };
  }
  const place = { conversationId, record: step.record };
  const record = await readUpTo(reader, place, { upTo, isTold: false });
  if (record === undefined) return step;
  const { readUpTo: now = 0, unread = 0 } = record;
  const read = { kind: 'read', conversationId, upTo: now, unread } as const;
  return { ...step, record, events: [...(step.events ?? []), read] };
}

/** What people read, as opposed to what says something about it. */
async function shownMessage({ store }: Reader, conversationId: string, id: string) {
  const place = await store.get(MESSAGE_PLACES, messagePlaceKey(conversationId, id));
  const stored = place && (await store.get(MESSAGES, messageKey(conversationId, place.record.seq)));
  const kind = stored?.record.content?.kind;
  return kind === 'text' || kind === 'attachment' ? stored : undefined;
}

function changing(
  step: Step,
  conversationId: string,
  { key, version }: StoredRecord<MessageRecord>,
  message: MessageRecord,
): Step {
  return {
    ...step,
    put: [...(step.put ?? []), MESSAGES.put(key, message, version)],
    events: [...(step.events ?? []), { kind: 'changed', conversationId, message }],
  };
}

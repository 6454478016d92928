import type { MessageRecord, QueuedMessage } from '#sdk';

/** What stands on a line of the chat. */
export type TimelineItem =
  | { readonly kind: 'day'; readonly key: string; readonly atMs: number }
  | { readonly kind: 'gap'; readonly key: string; readonly count: number; readonly reason: string }
  | {
      readonly kind: 'title';
      readonly key: string;
      readonly title: string | null;
      readonly senderAccountId: string | null;
    }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly record: MessageRecord;
      readonly isOwn: boolean;
      /** The first of several that one person wrote in a row. */
      readonly isFirst: boolean;
      readonly isLast: boolean;
    }
  | {
      readonly kind: 'queued';
      readonly key: string;
      readonly message: QueuedMessage;
      readonly isFirst: boolean;
      readonly isLast: boolean;
    };

/** What is written within so long of the one before belongs together. */
const TOGETHER_MS = 5 * 60_000;

/** Kinds that say something about other messages. */
const SILENT: readonly string[] = ['reaction', 'deletion', 'read'];

interface Log {
  readonly records: readonly MessageRecord[];
  readonly waiting: readonly QueuedMessage[];
  readonly ownAccountId: string;
}

/** The lines of a chat: messages, with a line for each new day, and one wherever something is missing. */
export function timelineItems({ records, waiting, ownAccountId }: Log): TimelineItem[] {
  const items: TimelineItem[] = [];
  let day = '';
  const startDay = (atMs: number): void => {
    const current = new Date(atMs).toDateString();
    if (current === day) return;
    day = current;
    items.push({ kind: 'day', key: `day ${current}`, atMs });
  };
  for (const record of records) {
    const item = itemOf(record, ownAccountId);
    if (item === undefined) continue;
    startDay(record.sentAtMs);
    items.push(item);
  }
  for (const message of waiting) {
    if (SILENT.includes(message.content.kind)) continue;
    startDay(message.createdAtMs);
    items.push({ kind: 'queued', key: message.id, message, isFirst: true, isLast: true });
  }
  return grouped(items);
}

function itemOf(record: MessageRecord, ownAccountId: string): TimelineItem | undefined {
  const { content, seq, upTo = seq, unreadable, senderAccountId } = record;
  const key = String(seq);
  if (content === null && record.id === null)
    return { kind: 'gap', key, count: upTo - seq + 1, reason: unreadable ?? 'unknown' };
  if (content?.kind === 'title') return { kind: 'title', key, title: content.title, senderAccountId };
  if (content !== null && SILENT.includes(content.kind)) return undefined;
  const isOwn = senderAccountId === ownAccountId;
  return { kind: 'message', key: record.id ?? key, record, isOwn, isFirst: true, isLast: true };
}

function grouped(items: readonly TimelineItem[]): TimelineItem[] {
  return items.map((item, index) => {
    if (item.kind !== 'message' && item.kind !== 'queued') return item;
    const isFirst = !belongTogether(items[index - 1], item);
    return { ...item, isFirst, isLast: !belongTogether(item, items[index + 1]) };
  });
}

function belongTogether(one: TimelineItem | undefined, other: TimelineItem | undefined): boolean {
  const [before, after] = [authorship(one), authorship(other)];
  if (before === undefined || after === undefined) return false;
  return before.author === after.author && after.atMs - before.atMs < TOGETHER_MS;
}

function authorship(item: TimelineItem | undefined): { author: string; atMs: number } | undefined {
  if (item?.kind === 'queued') return { author: 'own', atMs: item.message.createdAtMs };
  if (item?.kind !== 'message') return undefined;
  return { author: item.isOwn ? 'own' : (item.record.senderAccountId ?? ''), atMs: item.record.sentAtMs };
}

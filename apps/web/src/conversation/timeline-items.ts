import type { MessageRecord, QueuedMessage, RosterChange } from '#sdk';
import type { QuietNote } from '../people/peers.js';
import { withPendingChanges } from './pending-changes.js';
import { keyOf, type RosterLine, rosterLines } from './roster-lines.js';

/** What stands on a line of the chat. */
export type TimelineItem =
  | { readonly kind: 'day'; readonly key: string; readonly atMs: number }
  /** From here on nothing had been read when the chat was opened. */
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'gap'; readonly key: string; readonly count: number; readonly reason: string }
  /** Messages of one sender that have not come, though later ones have. */
  | { readonly kind: 'missing'; readonly key: string; readonly count: number; readonly senderAccountId: string | null }
  /** What the relay has lost, until it comes again. */
  | { readonly kind: 'lost'; readonly key: string; readonly count: number }
  | { readonly kind: 'peer'; readonly key: string; readonly note: QuietNote }
  | { readonly kind: 'roster'; readonly key: string; readonly line: RosterLine }
  | {
      readonly kind: 'lifetime';
      readonly key: string;
      readonly seconds: number | null;
      readonly senderAccountId: string | null;
    }
  | {
      readonly kind: 'title';
      readonly key: string;
      readonly title: string | null;
      readonly senderAccountId: string | null;
    }
  | ({
      readonly kind: 'message';
      readonly key: string;
      readonly record: MessageRecord;
      readonly isOwn: boolean;
    } & Grouping)
  | ({ readonly kind: 'queued'; readonly key: string; readonly message: QueuedMessage } & Grouping);

/** Of several that one person wrote in a row. */
export interface Grouping {
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** What is written within so long of the one before belongs together. */
const TOGETHER_MS = 5 * 60_000;
const ALONE: Grouping = { isFirst: true, isLast: true };

/** Kinds that say something about other messages. */
const SILENT: readonly string[] = ['reaction', 'deletion', 'read'];

export function isSilent({ kind }: QueuedMessage['content']): boolean {
  return SILENT.includes(kind);
}

interface Log {
  readonly records: readonly MessageRecord[];
  readonly waiting: readonly QueuedMessage[];
  readonly ownAccountId: string;
  /** Who came, left, or has another role, oldest first. */
  readonly changes?: readonly RosterChange[];
  /** About the keys of who is in it, oldest first. */
  readonly notes?: readonly QuietNote[];
  /** What had been read when the chat was opened; undefined when all had been. */
  readonly readUpTo?: number | undefined;
  readonly lost?: number;
}

/** The lines of a chat: messages, with a line for each new day, and one wherever something is missing. */
export function timelineItems(log: Log): TimelineItem[] {
  const { records, waiting, ownAccountId, readUpTo, lost = 0 } = log;
  const lines = new Lines(log.notes ?? [], rosterLines(log.changes ?? []));
  const stored = withPendingChanges(records, waiting, ownAccountId).map((record) => itemsOf(record, ownAccountId));
  const firstNew = stored.findIndex((items) => readUpTo !== undefined && items.some((item) => isNew(item, readUpTo)));
  for (const [index, items] of stored.entries()) {
    const record = records[index];
    if (record === undefined || items.length === 0) continue;
    lines.reach(record.seq);
    // Of what is gone nobody knows when it was.
    if (record.sentAtMs > 0) lines.startAt(record.sentAtMs);
    if (index === firstNew) lines.add({ kind: 'new', key: 'new' });
    items.forEach((item) => lines.add(item));
  }
  lines.reach(Infinity);
  for (const message of waiting.filter(({ content }) => !isSilent(content))) {
    lines.startAt(message.createdAtMs);
    lines.add({ kind: 'queued', key: message.id, message, ...ALONE });
  }
  lines.startAt(Infinity);
  if (lost > 0) lines.add({ kind: 'lost', key: 'lost', count: lost });
  return grouped(lines.items);
}

function isNew(item: TimelineItem, readUpTo: number): boolean {
  return item.kind === 'message' && !item.isOwn && item.record.seq > readUpTo;
}

/** Lines in the order of time. */
class Lines {
  readonly items: TimelineItem[] = [];
  private readonly notes: QuietNote[];
  private readonly roster: RosterLine[];
  private day = '';

  constructor(notes: readonly QuietNote[], roster: readonly RosterLine[]) {
    this.notes = [...notes];
    this.roster = [...roster];
  }

  add(item: TimelineItem): void {
    const before = this.items.at(-1);
    // What went one by one is missing together.
    if (item.kind === 'gap' && before?.kind === 'gap' && before.reason === item.reason)
      this.items[this.items.length - 1] = { ...before, count: before.count + item.count };
    else this.items.push(item);
  }

  /** What comes next stands at this place of the log: what happened to the members before comes first. */
  reach(seq: number): void {
    for (let [line] = this.roster; line !== undefined && line.seq < seq; [line] = this.roster) {
      this.roster.shift();
      this.startAt(line.atMs);
      this.add({ kind: 'roster', key: keyOf(line), line });
    }
  }

  /** What comes next is of this time. */
  startAt(atMs: number): void {
    for (let [note] = this.notes; note !== undefined && note.atMs <= atMs; [note] = this.notes) {
      this.notes.shift();
      this.startDay(note.atMs);
      this.add({ kind: 'peer', key: `${note.kind} ${note.accountId} ${String(note.atMs)}`, note });
    }
    if (atMs !== Infinity) this.startDay(atMs);
  }

  private startDay(atMs: number): void {
    const current = new Date(atMs).toDateString();
    if (current === this.day) return;
    this.day = current;
    this.add({ kind: 'day', key: `day ${current}`, atMs });
  }
}

function itemsOf(record: MessageRecord, ownAccountId: string): TimelineItem[] {
  const { seq, missingBefore: count, senderAccountId } = record;
  const missing = { kind: 'missing', key: `missing ${String(seq)}`, count: count ?? 0, senderAccountId } as const;
  const item = itemOf(record, ownAccountId);
  return [...(count === undefined ? [] : [missing]), ...(item === undefined ? [] : [item])];
}

/** @returns undefined for what only says something about other messages. */
function itemOf(record: MessageRecord, ownAccountId: string): TimelineItem | undefined {
  const { content, seq, upTo = seq, unreadable, senderAccountId } = record;
  const key = String(seq);
  if (content === null && record.id === null)
    return { kind: 'gap', key, count: upTo - seq + 1, reason: unreadable ?? 'unknown' };
  if (record.isRepeated === true || (content !== null && isSilent(content))) return undefined;
  const agreed = agreementOf(record);
  if (agreed !== undefined) return agreed;
  const isOwn = senderAccountId === ownAccountId;
  return { kind: 'message', key: record.id ?? key, record, isOwn, ...ALONE };
}

/** What was said of the whole conversation. */
function agreementOf({ seq, content, senderAccountId }: MessageRecord): TimelineItem | undefined {
  const key = String(seq);
  if (content?.kind === 'title') return { kind: 'title', key, title: content.title, senderAccountId };
  if (content?.kind === 'lifetime') return { kind: 'lifetime', key, seconds: content.seconds, senderAccountId };
  return undefined;
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

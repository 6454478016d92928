import type { ConversationId, Seq } from '#protocol';
import type { Entry } from '../entries/index.js';

export type GapReason = 'expired' | 'delivered' | 'erased' | 'not_member' | 'unknown';

/** Positions whose entries are not shown. */
export interface Gap {
  readonly from: Seq;
  readonly to: Seq;
  readonly reason: GapReason;
}

/** What a reader is shown of a log: every position once, as an entry or within a gap. */
export type LogItem = Entry | { readonly gap: Gap };

/** A range of a log that one member may read: `after < seq <= to`. */
export interface LogRange {
  readonly conversationId: ConversationId;
  readonly after: Seq;
  readonly to: Seq;
}

/** What the database holds of a range, in order. */
export interface StoredSlice {
  readonly entries: readonly Entry[];
  /** How far the entries reach: `to` of the range, unless a limit cut them off. */
  readonly reached: Seq;
  /** Recorded gaps that touch the range. */
  readonly gaps: readonly Gap[];
}

/** Fills the positions without a readable entry with gaps, so that a reader can tell "gone" from "not yet". */
export function withGaps(range: LogRange, slice: StoredSlice, nowMs: number): LogItem[] {
  const items: LogItem[] = [];
  let next = range.after + 1;
  for (const entry of slice.entries) {
    addGaps(items, slice.gaps, { from: next, to: entry.seq - 1 });
    if (isReadable(entry, nowMs)) items.push(entry);
    else addGap(items, { from: entry.seq, to: entry.seq, reason: reasonAt(slice.gaps, entry.seq) ?? 'expired' });
    next = entry.seq + 1;
  }
  addGaps(items, slice.gaps, { from: next, to: slice.reached });
  return items;
}

/** Whether an entry may still be shown; one that expired may not, even before it is erased. */
function isReadable(entry: Entry, nowMs: number): boolean {
  return entry.body !== null && (entry.expiresAt === null || entry.expiresAt.getTime() > nowMs);
}

function addGaps(items: LogItem[], gaps: readonly Gap[], { from, to }: { from: Seq; to: Seq }): void {
  for (let seq = from; seq <= to;) {
    const known = gaps.find((gap) => gap.from <= seq && seq <= gap.to);
    const following = gaps.find((gap) => gap.from > seq)?.from ?? to + 1;
    const end = Math.min(to, known?.to ?? following - 1);
    addGap(items, { from: seq, to: end, reason: known?.reason ?? 'unknown' });
    seq = end + 1;
  }
}

/** Neighbouring gaps of one reason are one gap. */
function addGap(items: LogItem[], gap: Gap): void {
  const last = items.at(-1);
  if (last !== undefined && 'gap' in last && last.gap.reason === gap.reason && last.gap.to + 1 === gap.from)
    items[items.length - 1] = { gap: { ...gap, from: last.gap.from } };
  else items.push({ gap });
}

function reasonAt(gaps: readonly Gap[], seq: Seq): GapReason | undefined {
  return gaps.find((gap) => gap.from <= seq && seq <= gap.to)?.reason;
}

/** One stay of a member in a conversation. */
export interface StayRange {
  readonly from: Seq;
  /** null while it lasts. */
  readonly to: Seq | null;
}

/** What lies after a cursor for a member: ranges to read, and the gaps before and between their stays. */
export function readableRanges(
  stays: readonly StayRange[],
  after: Seq,
  head: Seq,
): (LogRangeBounds | { readonly gap: Gap })[] {
  const parts: (LogRangeBounds | { readonly gap: Gap })[] = [];
  let cursor = after;
  for (const stay of [...stays].sort((a, b) => a.from - b.from)) {
    const to = Math.min(stay.to ?? head, head);
    if (to <= cursor) continue;
    if (stay.from > cursor + 1) {
      parts.push({ gap: { from: cursor + 1, to: stay.from - 1, reason: 'not_member' } });
      cursor = stay.from - 1;
    }
    parts.push({ after: cursor, to });
    cursor = to;
  }
  return parts;
}

export interface LogRangeBounds {
  readonly after: Seq;
  readonly to: Seq;
}

import type { MessageContent } from '#protocol';
import { RecordKind } from '../store/sealed-store.js';
import { sortableNumber } from '../store/store.js';
import { versionedCodec } from '../store/versioned-codec.js';
import type { MessageRecord } from './message-record.js';

/** When a message has to be deleted here, by time: `key` is where it lies. */
export const EXPIRIES = new RecordKind('settings', versionedCodec<{ readonly key: string }>(1));

const PREFIX = 'expiry/';

function expiryKey(expiresAtMs: number, key: string): string {
  return `${PREFIX}${sortableNumber(expiresAtMs)}/${key}`;
}

/** Of all whose time has come. */
export function expiredRange(nowMs: number): { readonly from: string; readonly to: string } {
  return { from: PREFIX, to: `${PREFIX}${sortableNumber(nowMs + 1)}` };
}

/** The time of one of them. */
export function expiryOf(key: string): number {
  return Number(key.slice(PREFIX.length).split('/')[0]);
}

/** The life that its sender has given it, in seconds; undefined for good. */
export function lifetimeOf(content: MessageContent | null): number | undefined {
  return content !== null && 'expiresIn' in content ? content.expiresIn : undefined;
}

/** Contents whose life is that of the conversation in which they are written. */
const LASTING: readonly string[] = ['text', 'attachment', 'reaction'] satisfies MessageContent['kind'][];

/** A content with the life that a conversation gives to what is written in it, unless it has one of its own. */
export function withLifetime(content: MessageContent, seconds: number | null | undefined): MessageContent {
  if (seconds === undefined || seconds === null || !LASTING.includes(content.kind)) return content;
  return { expiresIn: seconds, ...content } as MessageContent;
}

/** Nothing is left of it but its place, as of what the relay has no more. */
export function expiredRecord(seq: number): MessageRecord {
  const nobody = { id: null, senderAccountId: null, senderDeviceId: null };
  return { ...nobody, seq, upTo: seq, sentAtMs: 0, content: null, unreadable: 'expired' };
}

/** A message as it may be shown now: one whose time has come, and which has not been deleted yet, is gone. */
export function shownAt(record: MessageRecord, nowMs: number): MessageRecord {
  return isOver(record, nowMs) ? expiredRecord(record.seq) : record;
}

export function isOver({ expiresAtMs }: MessageRecord, nowMs: number): boolean {
  return expiresAtMs !== undefined && expiresAtMs <= nowMs;
}

/** What has a message deleted at its time. */
export function expiryPuts(key: string, { expiresAtMs }: MessageRecord) {
  return expiresAtMs === undefined ? [] : [EXPIRIES.put(expiryKey(expiresAtMs, key), { key })];
}

import type { EntryId } from '#protocol';
import type { EntryDto, GapItemDto } from '../entries/index.js';
import { entryDto } from '../entries/index.js';
import type { LogItem } from './log-slice.js';
import type { LogPage } from './log-reader.store.js';
import type { MemberReceipt, Message, OutgoingMessage, SentMessage, Watermark } from './message.js';
import type { LogPageDto, MessageDto, SendMessageDto, SentMessageDto, WatermarkDto } from './messages.dto.js';
import type { SyncReplyDto } from './sync.dto.js';
import type { SyncReply } from './sync.service.js';

export function outgoingMessage({ id, ciphertext, expiresIn }: SendMessageDto): OutgoingMessage {
  return { id: id as EntryId, body: Buffer.from(ciphertext, 'base64url'), expiresIn };
}

export function sentMessageDto({ conversationId, id, seq, at, duplicate }: SentMessage): SentMessageDto {
  return { conversationId, id, seq, createdAt: at.toISOString(), duplicate };
}

export function messageDto({ entry, receipts }: Message): MessageDto {
  return {
    ...entryDto(entry),
    deliveredAt: latest(receipts, 'deliveredAt'),
    readAt: latest(receipts, 'readAt'),
    receipts: receipts.map(({ accountId, username, deliveredAt, readAt }) => ({
      accountId,
      username,
      deliveredAt: deliveredAt?.toISOString() ?? null,
      readAt: readAt?.toISOString() ?? null,
    })),
  };
}

export function watermarkDto({ at, ...mark }: Watermark): WatermarkDto {
  return { ...mark, at: at.toISOString() };
}

export function logPageDto({ items, upTo, headSeq }: LogPage): LogPageDto {
  return { items: items.map(logItemDto), upTo, headSeq };
}

export function syncReplyDto(reply: SyncReply): SyncReplyDto {
  const { incarnation, revision, changes, welcomes, watermarks, pages, more } = reply;
  return {
    incarnation,
    revision,
    changes: changes.map(({ revision: at, what, subject }) => ({ revision: at, what, subject })),
    welcomes: [...welcomes],
    receipts: watermarks.map(watermarkDto),
    conversations: pages.map(({ conversationId, headSeq, upTo, items }) => ({
      conversationId,
      headSeq,
      upTo,
      items: items.map(logItemDto),
    })),
    more,
  };
}

function logItemDto(item: LogItem): EntryDto | GapItemDto {
  return 'gap' in item ? item : entryDto(item);
}

/** When the last recipient had it; null while one of them has not, or nobody is counted. */
function latest(receipts: readonly MemberReceipt[], mark: 'deliveredAt' | 'readAt'): string | null {
  const times = receipts.map((receipt) => receipt[mark]);
  if (times.length === 0 || times.includes(null)) return null;
  return new Date(Math.max(...times.map((time) => time?.getTime() ?? 0))).toISOString();
}

import { decodeContent, encodeContent, type MessageContent, UUID_PATTERN } from '#protocol';
import { lifetimeOf } from '../messages/expiry-record.js';
import type { MessageRecord } from '../messages/message-record.js';
import type { VerifiedContact } from '../peers/verified-contacts.js';
import { z } from '../shapes.js';

const VERSION = 1;
const uuid = z.string().regex(new RegExp(UUID_PATTERN));
const utf8 = new TextEncoder();

const messageShape = z.object({
  id: uuid,
  seq: z.int().min(1),
  senderAccountId: uuid,
  senderDeviceId: uuid,
  /** As it was encrypted: JSON in its own right. */
  content: z.string(),
  /** As they stand under it. */
  reactions: z.array(z.object({ accountId: uuid, emoji: z.string() })).optional(),
});

/** A message as one's own devices hand it on. */
export type ArchivedMessage = z.output<typeof messageShape>;

const batchShape = z.object({
  v: z.literal(VERSION),
  conversations: z.array(z.object({ id: uuid, messages: z.array(messageShape) })),
  contacts: z.array(
    z.object({
      accountId: uuid,
      username: z.string(),
      fingerprint: z.string(),
      isVerified: z.boolean(),
      decidedAtMs: z.int().min(0),
    }),
  ),
});

/** What is read at once: messages by conversation, and in their order. */
export interface HistoryBatch {
  readonly conversations: readonly { readonly id: string; readonly messages: readonly ArchivedMessage[] }[];
  readonly contacts: readonly VerifiedContact[];
}

export function encodeBatch(batch: HistoryBatch): Uint8Array<ArrayBuffer> {
  return utf8.encode(JSON.stringify({ v: VERSION, ...batch }));
}

/** @returns undefined for one of a later version, or none. */
export function decodeBatch(bytes: Uint8Array): HistoryBatch | undefined {
  try {
    return batchShape.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
  } catch {
    return undefined;
  }
}

/** @returns undefined for what this device cannot read itself, and for what has a life: nothing takes it out of an archive again. */
export function archived(record: MessageRecord): ArchivedMessage | undefined {
  const { id, seq, senderAccountId, senderDeviceId, content, reactions } = record;
  if (id === null || senderAccountId === null || senderDeviceId === null || content === null) return undefined;
  if (lifetimeOf(content) !== undefined) return undefined;
  const written = new TextDecoder().decode(encodeContent(content));
  const message = { id, seq, senderAccountId, senderDeviceId, content: written };
  return reactions === undefined ? message : { ...message, reactions: [...reactions] };
}

/** The same without the picture of a file: an archive has room for little, and whoever has the message can fetch the file. */
export function handedOn(record: MessageRecord): ArchivedMessage | undefined {
  if (record.content?.kind !== 'attachment') return archived(record);
  const { thumbnail: _picture, ...content } = record.content;
  return archived({ ...record, content });
}

/** @returns undefined for what a later version wrote. */
export function contentOf({ content }: ArchivedMessage): MessageContent | undefined {
  const decoded = decodeContent(utf8.encode(content));
  return decoded.kind === 'unreadable' ? undefined : decoded;
}

/** About so many bytes of a batch. */
export function sizeOf(message: ArchivedMessage): number {
  return utf8.encode(JSON.stringify(message)).length + 1;
}

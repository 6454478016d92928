import { DURATIONS, LIMITS } from '#protocol';
import { EntryDto, GapItemDto } from '../entries/index.js';
import {
  Base64Url,
  Flag,
  Int,
  ListOf,
  ListOfEither,
  OpenEnum,
  Text,
  Time,
  Username,
  Uuid,
  UuidV7,
} from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.js';

/** What a message is, wherever it goes. */
export class SendMessageDto {
  @UuidV7({ about: 'Chosen by the client: sending the same id again returns the first result.' })
  readonly id: string;

  @Base64Url({ about: 'What only the recipients can open.', maxBytes: LIMITS.ciphertextBytes, minBytes: 1 })
  readonly ciphertext: string;

  @Int({
    about: 'Seconds after which the message is erased.',
    min: 1,
    max: DURATIONS.maxExpiresInSeconds,
    optional: true,
    example: 3600,
  })
  readonly expiresIn?: number;
}

/** A message to a person rather than to a conversation. */
export class SendDirectMessageDto extends SendMessageDto {
  @Username({ about: 'Recipient; the direct conversation is found or created.' })
  readonly to: string;
}

/** A message sent over the socket. */
export class SendEventDto extends SendMessageDto {
  @Uuid({ about: 'The conversation to send to.' })
  readonly conversationId: string;
}

/** Where the message stands in the log. */
export class SentMessageDto {
  @Uuid({ about: 'The conversation it stands in.' })
  readonly conversationId: string;

  @Uuid({ about: 'The id it was sent with.' })
  readonly id: string;

  @Int({ about: 'Its position in the log.', min: 1, example: 17 })
  readonly seq: number;

  @Time({ about: 'When the relay stored it.' })
  readonly createdAt: string;

  @Flag({ about: 'True when this id was sent before, and nothing new was stored.', example: false })
  readonly duplicate: boolean;
}

/** One recipient's marks on a message. */
export class MemberReceiptDto {
  @Uuid({ about: 'The recipient.' })
  readonly accountId: string;

  @Username({ about: 'The recipient’s username.' })
  readonly username: string;

  @Time({ about: 'When a device of theirs had stored it.', nullable: true })
  readonly deliveredAt: string | null;

  @Time({ about: 'When they had read it.', nullable: true })
  readonly readAt: string | null;
}

/** A message with the marks of its recipients. */
export class MessageDto extends EntryDto {
  @Time({ about: 'When the last of its recipients had stored it; null until then.', nullable: true })
  readonly deliveredAt: string | null;

  @Time({ about: 'When the last of its recipients had read it; null until then.', nullable: true })
  readonly readAt: string | null;

  @ListOf(() => MemberReceiptDto, {
    about: 'The marks of each recipient; empty in large groups.',
    max: LIMITS.receiptMembers,
  })
  readonly receipts: readonly MemberReceiptDto[];
}

/** A page of messages, newest first. */
export class MessagePageDto {
  @ListOf(() => MessageDto, { about: 'Messages, newest first.', max: LIMITS.pageItems })
  readonly items: readonly MessageDto[];

  @Text({ about: 'Give it as `cursor` for the next page; null at the end.', max: 512, nullable: true })
  readonly nextCursor: string | null;
}

export class LogQuery {
  @Int({ about: 'Position after which to read; 0 reads from the start.', min: 0, optional: true, example: 16 })
  readonly after?: number;

  @Int({ about: 'Most entries to return.', min: 1, max: LIMITS.pageItems, optional: true, example: 50 })
  readonly limit?: number;
}

/** A page of a log, oldest first: every position once, as an entry or within a gap. */
export class LogPageDto {
  @ListOfEither([EntryDto, GapItemDto], { about: 'Entries and gaps, oldest first.' })
  readonly items: readonly (EntryDto | GapItemDto)[];

  @Int({ about: 'How far this page reaches: the next `after`.', min: 0, example: 17 })
  readonly upTo: number;

  @Int({ about: 'The newest position you may read.', min: 0, example: 42 })
  readonly headSeq: number;
}

export class ListQuery extends PageQuery {}

export class ConversationParams {
  @Uuid({ about: 'The conversation.' })
  readonly conversationId: string;
}

export class MessageParams extends ConversationParams {
  @Uuid({ about: 'The message.' })
  readonly messageId: string;
}

export class ReceiptsDto {
  @Int({ about: 'Everything up to this position is stored on a device of mine.', min: 1, optional: true, example: 17 })
  readonly delivered?: number;

  @Int({ about: 'I have read everything up to this position.', min: 1, optional: true, example: 12 })
  readonly read?: number;
}

/** Receipts sent over the socket. */
export class ReceiptsEventDto extends ReceiptsDto {
  @Uuid({ about: 'The conversation they are about.' })
  readonly conversationId: string;
}

/** One watermark of a member. */
export class WatermarkDto {
  @Uuid({ about: 'The conversation.' })
  readonly conversationId: string;

  @Uuid({ about: 'Whose mark it is.' })
  readonly accountId: string;

  @OpenEnum(['delivered', 'read'], { about: 'What the mark says.' })
  readonly kind: string;

  @Int({ about: 'Everything up to this position is covered.', min: 1, example: 17 })
  readonly upTo: number;

  @Time({ about: 'When the relay heard of it.' })
  readonly at: string;
}

export class WatermarksDto {
  @ListOf(() => WatermarkDto, { about: 'The newest mark of each member and kind.', max: 2 * LIMITS.receiptMembers })
  readonly items: readonly WatermarkDto[];
}

/** Typing signalled over the socket. */
export class TypingEventDto {
  @Uuid({ about: 'The conversation somebody is typing in.' })
  readonly conversationId: string;

  @Flag({ about: 'False when they stopped.', example: true })
  readonly active: boolean;
}

/** Typing as the other members hear of it. */
export class TypingPushDto extends TypingEventDto {
  @Uuid({ about: 'Who is typing.' })
  readonly accountId: string;
}

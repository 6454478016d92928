import { ACCOUNT_CHANGES, LIMITS } from '#protocol';
import { EntryDto, GapItemDto } from '../entries/index.js';
import { WelcomeNoticeDto } from '../mls/index.js';
import { Flag, Int, ListOf, ListOfEither, OpenEnum, SeqMap, Uuid } from '../platform/http/fields.js';
import { WatermarkDto } from './messages.dto.js';

export class SyncRequestDto {
  @Uuid({ about: 'The incarnation the cursors belong to; absent at the first sync.', optional: true })
  readonly incarnation?: string;

  @Int({ about: 'The last `revision` this device has dealt with; 0 at first.', min: 0, example: 0 })
  readonly revision: number;

  @SeqMap({
    about:
      'For each conversation, the position up to which this device has durably stored the log; absent ones start at 0.',
    max: LIMITS.syncCursors,
    example: { '0198c5a0-3f4e-8d3a-8b58-1f7f2a6c0d11': 16 },
  })
  readonly cursors: Readonly<Record<string, number>>;
}

/** Something that changed outside the logs. */
export class AccountChangeDto {
  @Int({ about: 'Position among the changes of this account.', min: 1, example: 7 })
  readonly revision: number;

  @OpenEnum(ACCOUNT_CHANGES, { about: 'What changed.' })
  readonly what: string;

  @Uuid({ about: 'Whose or which: an account for profile, identity, devices and contacts, else a conversation.' })
  readonly subject: string;
}

/** What one conversation has for a reader. */
export class SyncConversationDto {
  @Uuid({ about: 'The conversation that moved.' })
  readonly conversationId: string;

  @Int({ about: 'The newest position you may read.', min: 0, example: 42 })
  readonly headSeq: number;

  @Int({ about: 'How far `items` reach; store them, then send this as the cursor.', min: 0, example: 42 })
  readonly upTo: number;

  @ListOfEither([EntryDto, GapItemDto], { about: 'Entries and gaps after the cursor, oldest first.' })
  readonly items: readonly (EntryDto | GapItemDto)[];
}

export class SyncReplyDto {
  @Uuid({
    about: 'Which life of the database answers; another one than before means that it was restored from a backup.',
  })
  readonly incarnation: string;

  @Int({ about: 'Send it as `revision` next time.', min: 0, example: 7 })
  readonly revision: number;

  @ListOf(() => AccountChangeDto, { about: 'What changed outside the logs, oldest first.', max: 500 })
  readonly changes: readonly AccountChangeDto[];

  @ListOf(() => WelcomeNoticeDto, {
    about: 'Welcomes that wait for this device, oldest first: fetch and deal with them before what the logs bring.',
    max: LIMITS.syncWelcomes,
  })
  readonly welcomes: readonly WelcomeNoticeDto[];

  @ListOf(() => WatermarkDto, {
    about: 'The newest marks in the conversations whose receipts changed.',
    max: 500 * LIMITS.receiptMembers,
  })
  readonly receipts: readonly WatermarkDto[];

  @ListOf(() => SyncConversationDto, {
    about: 'Conversations that have moved past their cursor.',
    max: LIMITS.conversationsPerAccount,
  })
  readonly conversations: readonly SyncConversationDto[];

  @Flag({
    about: 'True when there is more: sync again with the cursors and the revision of this reply.',
    example: false,
  })
  readonly more: boolean;
}

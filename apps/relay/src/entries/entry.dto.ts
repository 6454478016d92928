import { LIMITS } from '#protocol';
import { Base64Url, Int, Nested, OpenEnum, Time, Username, Uuid } from '../platform/http/fields.js';
import { type Entry, ENTRY_KINDS } from './entry.js';
import { MembersChangeDto } from './members-change.dto.js';
import { RetentionDto } from './retention.dto.js';

/** One position of a log, as it leaves the relay: in pages, in sync and as a push. */
export class EntryDto {
  @Uuid({ about: 'The conversation whose log this is.' })
  readonly conversationId: string;

  @Int({ about: 'Position in the log: 1, 2, 3 … without holes.', min: 1, example: 17 })
  readonly seq: number;

  @Uuid({ about: 'The id its sender gave it.' })
  readonly id: string;

  @OpenEnum(ENTRY_KINDS, {
    about:
      'What it carries: a message, a change of members or roles, new metadata, an MLS commit, or for how long messages are kept.',
  })
  readonly kind: string;

  @Uuid({ about: 'Account of the sender.', nullable: true })
  readonly senderId: string | null;

  @Username({ about: 'Username of the sender.', nullable: true })
  readonly sender: string | null;

  @Uuid({ about: 'Device it was sent from.', nullable: true })
  readonly senderDeviceId: string | null;

  @Time({ about: 'When the relay stored it.' })
  readonly createdAt: string;

  @Time({ about: 'When it will be erased; absent when it is kept.', optional: true })
  readonly expiresAt?: string;

  @Base64Url({
    about:
      'What the sender encrypted, for kinds `message` and `metadata`; the MLS frame of a `commit`. Absent in a push of a large entry: pull it.',
    maxBytes: LIMITS.mlsCommitBytes,
    optional: true,
  })
  readonly ciphertext?: string;

  @Nested(() => MembersChangeDto, {
    about: 'For kind `members`: who was added, removed, accepted, or given another role.',
    optional: true,
  })
  readonly change?: unknown;

  @Nested(() => RetentionDto, {
    about: 'For kind `retention`: for how long the relay keeps messages from here on.',
    optional: true,
  })
  readonly retention?: unknown;
}

/** Positions whose entries are not shown, and why. */
export class GapDto {
  @Int({ about: 'First position of the gap.', min: 1, example: 3 })
  readonly from: number;

  @Int({ about: 'Last position of the gap.', min: 1, example: 5 })
  readonly to: number;

  @OpenEnum(['expired', 'delivered', 'erased', 'not_member', 'unknown'], {
    about:
      'Why: the entries expired, were delivered to all devices, were erased, or were written while you were no member.',
  })
  readonly reason: string;
}

/** What a log shows in place of entries that are gone. */
export class GapItemDto {
  @Nested(() => GapDto, { about: 'The positions that are missing.' })
  readonly gap: GapDto;
}

/** The fields of a shape, as a plain object that can be spread into another. */
type FieldsOf<Shape> = { [Name in keyof Shape]: Shape[Name] };

export function entryDto(entry: Entry): FieldsOf<EntryDto> {
  return {
    conversationId: entry.conversationId,
    seq: entry.seq,
    id: entry.id,
    kind: entry.kind,
    senderId: entry.senderId,
    sender: entry.senderUsername,
    senderDeviceId: entry.senderDeviceId,
    createdAt: entry.createdAt.toISOString(),
    ...(entry.expiresAt === null ? {} : { expiresAt: entry.expiresAt.toISOString() }),
    ...contentOf(entry),
  };
}

/** A push: large entries go as a hint, so that a slow reader's backlog stays small. */
export function pushedEntryDto(entry: Entry): EntryDto {
  if (entry.body === null || entry.body.length <= LIMITS.pushBytes) return entryDto(entry);
  return entryDto({ ...entry, body: null });
}

function contentOf({ kind, body }: Entry): Pick<EntryDto, 'ciphertext' | 'change' | 'retention'> {
  if (body === null) return {};
  // The relay wrote the bodies of these kinds itself.
  if (kind === 'members') return { change: JSON.parse(body.toString('utf8')) as unknown };
  if (kind === 'retention') return { retention: JSON.parse(body.toString('utf8')) as unknown };
  return { ciphertext: body.toString('base64url') };
}

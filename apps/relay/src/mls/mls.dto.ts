import { LIMITS } from '#protocol';
import type { EntryId } from '#protocol';
import { Base64Url, bytesOf, Flag, Int, ListOf, Uuid, UuidV7 } from '../platform/http/fields.js';
import { limitOf, PageDto, type PageQuery } from '../platform/http/page.js';
import type { CommitUpload } from './commit.js';
import type { AppendedCommit } from './commits.store.js';
import type { StoredGroupInfo } from './group-infos.store.js';
import type { Welcome } from './welcome.js';

/** Welcomes of one page: each may be a mebibyte. */
const WELCOMES_PER_PAGE = 8;

export class WelcomeParams {
  @UuidV7({ about: 'The welcome.' })
  readonly id: string;
}

export class CommitDto {
  @UuidV7({ about: 'Chosen by the client, and signed in the commit: the same id again is the same commit.' })
  readonly id: string;

  @Base64Url({
    about:
      'The commit, as an MLSMessage with a PublicMessage. Its `authenticated_data` says what it makes of the roster.',
    maxBytes: LIMITS.mlsCommitBytes,
    minBytes: 1,
  })
  readonly commit: string;

  @Base64Url({
    about: 'An MLSMessage with the Welcome for the devices that the commit adds; absent when it adds none.',
    maxBytes: LIMITS.mlsWelcomeBytes,
    minBytes: 1,
    optional: true,
  })
  readonly welcome?: string;

  @Base64Url({
    about: 'An MLSMessage with the GroupInfo of the epoch that the commit begins, its tree and external key included.',
    maxBytes: LIMITS.mlsGroupInfoBytes,
    minBytes: 1,
  })
  readonly groupInfo: string;
}

/** Where the commit stands, and the epoch it began. */
export class CommittedDto {
  @Uuid({ about: 'The id it was sent with.' })
  readonly id: string;

  @Int({ about: 'Its position in the log.', min: 1, example: 17 })
  readonly seq: number;

  @Int({ about: 'Which group it is of its conversation.', min: 1, example: 1 })
  readonly generation: number;

  @Int({ about: 'The epoch from then on.', min: 1, example: 8 })
  readonly epoch: number;

  @Flag({ about: 'True when this id was sent before, and nothing new was stored.', example: false })
  readonly duplicate: boolean;
}

export class NewGroupInfoDto {
  @Base64Url({
    about: 'An MLSMessage with the GroupInfo of the current epoch.',
    maxBytes: LIMITS.mlsGroupInfoBytes,
    minBytes: 1,
  })
  readonly groupInfo: string;
}

export class GroupInfoDto extends NewGroupInfoDto {
  @Int({ about: 'Which group it is of its conversation.', min: 1, example: 1 })
  readonly generation: number;

  @Int({ about: 'The epoch that it is of.', min: 1, example: 8 })
  readonly epoch: number;
}

/** That a Welcome waits for this device. */
export class WelcomeNoticeDto {
  @Uuid({ about: 'The welcome, and the commit that it belongs to.' })
  readonly id: string;

  @Uuid({ about: 'The conversation that it lets in to.' })
  readonly conversationId: string;

  @Int({ about: 'Where that commit stands: of the log, only what follows can be read.', min: 1, example: 17 })
  readonly seq: number;

  @Int({ about: 'Which group it is of its conversation.', min: 1, example: 1 })
  readonly generation: number;

  @Int({ about: 'The epoch that it lets in to.', min: 1, example: 8 })
  readonly epoch: number;
}

export class WelcomeDto extends WelcomeNoticeDto {
  @Base64Url({ about: 'The MLSMessage with the Welcome.', maxBytes: LIMITS.mlsWelcomeBytes })
  readonly welcome: string;
}

export class WelcomeListDto extends PageDto {
  @ListOf(() => WelcomeDto, { about: 'Oldest first.', max: WELCOMES_PER_PAGE })
  readonly items: readonly WelcomeDto[];
}

export function toUpload({ id, commit, welcome, groupInfo }: CommitDto): CommitUpload {
  return {
    id: id as EntryId,
    commit: bytesOf(commit),
    welcome: welcome === undefined ? undefined : bytesOf(welcome),
    groupInfo: bytesOf(groupInfo),
  };
}

export function committedDto(id: string, { seq, place, duplicate }: AppendedCommit): CommittedDto {
  return { id, seq, ...place, duplicate };
}

export function groupInfoDto({ generation, epoch, body }: StoredGroupInfo): GroupInfoDto {
  return { generation, epoch, groupInfo: body.toString('base64url') };
}

/** Fewer than may be asked for: a welcome is large. */
export function welcomesPerPage(query: PageQuery): number {
  return Math.min(limitOf(query), WELCOMES_PER_PAGE);
}

export function welcomeDto({ body, ...notice }: Welcome): WelcomeDto {
  return { ...notice, welcome: body.toString('base64url') };
}

import { LIMITS, LINE_PATTERN } from '#protocol';
import { Flag, Int, ListOf, Nested, OpenEnum, Text, Time, Username, Uuid } from '../platform/http/fields.js';
import { PageDto, PageQuery } from '../platform/http/page.js';
import { type AdminUser, USER_STATES } from './admin-user.js';

export class UserSearchQuery extends PageQuery {
  @Text({
    about: 'How the names begin; all when absent.',
    ...{ min: 1, max: LIMITS.usernameChars, pattern: '^[a-z0-9._-]*$', optional: true, example: 'ad' },
  })
  search?: string;
}

export class SuspendDto {
  @Text({
    about: 'What admins should know of it. It is shown to admins only.',
    ...{ min: 1, max: LIMITS.suspensionReasonChars, pattern: LINE_PATTERN, example: 'Sends advertisements.' },
  })
  reason: string;
}

class SuspensionDto {
  @Time({ about: 'Since when.' })
  at: string;

  @Username({ about: 'The admin who suspended it; null once that account is deleted.', nullable: true })
  by: string | null;

  @Text({ about: 'What that admin wrote.', max: LIMITS.suspensionReasonChars, example: 'Sends advertisements.' })
  reason: string;
}

export class AdminUserDto {
  @Uuid({ about: 'The account; what security events of admins refer to.' })
  accountId: string;

  @Username({ about: 'Its name.' })
  username: string;

  @Text({ about: 'What it wants to be called.', max: LIMITS.displayNameChars, example: 'Ada Lovelace' })
  displayName: string;

  @Time({ about: 'When it was registered.' })
  createdAt: string;

  @OpenEnum(USER_STATES, { about: 'Whether its owner can sign in.' })
  state: string;

  @Flag({ about: 'Whether it administers the relay.' })
  admin: boolean;

  @Nested(() => SuspensionDto, { about: 'Of a suspended account.', nullable: true })
  suspension: SuspensionDto | null;

  @Text({
    about: 'The day on which one of its devices was last seen, UTC; null without a device.',
    ...{ min: 10, max: 10, pattern: '^\\d{4}-\\d{2}-\\d{2}$', example: '2026-11-22', nullable: true },
  })
  lastSeenDay: string | null;

  @Int({ about: 'How many devices it has.', min: 0, example: 2 })
  devices: number;

  @Int({ about: 'In how many sessions it is signed in.', min: 0, example: 2 })
  sessions: number;

  @Flag({ about: 'Whether signing in takes a second factor.' })
  secondFactor: boolean;

  @Int({ about: 'Bytes of the attachments that it has uploaded, and of its vault.', min: 0, example: 1_048_576 })
  storedBytes: number;
}

export class AdminUserListDto extends PageDto {
  @ListOf(() => AdminUserDto, { about: 'By username.', max: LIMITS.pageItems })
  items: AdminUserDto[];
}

export function toAdminUserDto({
  id: accountId,
  createdAt,
  isAdmin: admin,
  hasSecondFactor: secondFactor,
  suspension,
  ...user
}: AdminUser): AdminUserDto {
  const { username, displayName, lastSeenDay, devices, sessions, storedBytes } = user;
  return {
    ...{ accountId, username, displayName, createdAt: createdAt.toISOString() },
    state: suspension === null ? 'active' : 'suspended',
    admin,
    suspension: suspension && { ...suspension, at: suspension.at.toISOString() },
    ...{ lastSeenDay, devices, sessions, secondFactor, storedBytes },
  };
}

import { Int, Nested, Text, Time } from '../platform/http/fields.js';
import type { Statistics } from './statistics.js';

const number = { min: 0, example: 42 };
const people = { ...number, nullable: true };

class ActiveAccountsDto {
  @Int({ about: 'Today, UTC; null for fewer than five.', ...people })
  day: number | null;

  @Int({ about: 'Within seven days; null for fewer than five.', ...people })
  week: number | null;

  @Int({ about: 'Within thirty days; null for fewer than five.', ...people })
  month: number | null;
}

class PushTotalsDto {
  @Int({ about: 'Wake-ups that push services have taken.', ...number })
  sent: number;

  @Int({ about: 'Wake-ups that they have not.', ...number })
  failed: number;
}

export class StatisticsDto {
  @Time({ about: 'When it was counted: within the last minute.' })
  at: string;

  @Text({ about: 'Version of the relay.', max: 64, example: '0.1.0' })
  version: string;

  @Int({ about: 'Seconds since the relay that answers was started.', ...number })
  uptimeSeconds: number;

  @Int({ about: 'Accounts that there are.', ...number })
  accounts: number;

  @Nested(() => ActiveAccountsDto, { about: 'Accounts of which a device was here.' })
  activeAccounts: ActiveAccountsDto;

  @Int({ about: 'Devices of all accounts.', ...number })
  devices: number;

  @Int({ about: 'Conversations, empty ones included.', ...number })
  conversations: number;

  @Int({ about: 'Messages that are kept; of many only about so many, with what else stands in logs.', ...number })
  messages: number;

  @Int({ about: 'Bytes of the database.', ...number })
  databaseBytes: number;

  @Int({ about: 'Attachments that are kept.', ...number })
  attachments: number;

  @Int({ about: 'Bytes of these attachments.', ...number })
  attachmentBytes: number;

  @Nested(() => PushTotalsDto, { about: 'How devices were woken, since the relay that answers was started.' })
  pushes: PushTotalsDto;
}

export function toStatisticsDto({ at, stored, ...own }: Statistics): StatisticsDto {
  const { active, ...numbers } = stored;
  const { day = null, week = null, month = null } = active;
  return { ...own, ...numbers, at: at.toISOString(), activeAccounts: { day, week, month } };
}

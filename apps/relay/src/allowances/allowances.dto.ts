import { LIMITS } from '#protocol';
import { Int, Nested, Time } from '../platform/http/fields.js';
import type { Allowance, QuotaAllowance } from './allowance.js';

const DEFAULT_SECONDS = 7 * 86_400;
const bytes = { min: 0, max: LIMITS.attachmentBytesAllowance, nullable: true, example: 53_687_091_200 };
const percent = { min: LIMITS.limitPercentMin, max: LIMITS.limitPercentMax, example: 300 };

class OwnLimitsDto {
  @Int({ about: 'Of what all have.', ...percent })
  percent: number;

  @Time({ about: 'After which it is as for all.' })
  until: string;
}

export class AllowanceDto {
  @Int({ about: 'Ciphertext of all its attachments; null for what all may have.', ...bytes })
  attachmentBytes: number | null;

  @Int({ about: 'Ciphertext that it may upload within a day; null for what all may.', ...bytes })
  attachmentBytesPerDay: number | null;

  @Nested(() => OwnLimitsDto, { about: 'How far its rate limits differ; null if they do not.', nullable: true })
  limits: OwnLimitsDto | null;
}

export class SetQuotasDto {
  @Int({ about: 'Ciphertext of all its attachments; null for what all may have.', ...bytes })
  attachmentBytes: number | null;

  @Int({ about: 'Ciphertext that it may upload within a day; null for what all may.', ...bytes })
  attachmentBytesPerDay: number | null;
}

export class SetLimitsDto {
  @Int({ about: 'Of what all have: 300 for three times as much, 50 for half of it.', ...percent })
  percent: number;

  @Int({
    about: `Seconds for which it holds; ${String(DEFAULT_SECONDS)} (a week) when absent.`,
    min: 60,
    max: LIMITS.limitSeconds,
    optional: true,
    example: DEFAULT_SECONDS,
  })
  expiresIn?: number;
}

export function toAllowanceDto({ attachmentBytes, attachmentBytesPerDay, limits }: Allowance): AllowanceDto {
  const own = limits === null ? null : { percent: limits.percent, until: limits.until.toISOString() };
  return { attachmentBytes, attachmentBytesPerDay, limits: own };
}

export function toQuotaAllowance({ attachmentBytes, attachmentBytesPerDay }: SetQuotasDto): QuotaAllowance {
  return { attachmentBytes, attachmentBytesPerDay };
}

export function toOwnLimits(body: SetLimitsDto): { percent: number; seconds: number } {
  return { percent: body.percent, seconds: body.expiresIn ?? DEFAULT_SECONDS };
}

import { DURATIONS, type EntryId } from '#protocol';
import { RetentionDto } from '../entries/index.js';
import { Examples } from '../platform/http/examples.js';
import { Flag, Int, UuidV7 } from '../platform/http/fields.js';
import type { NewRetention, RetentionInForce } from './retention.js';

@Examples<typeof SetRetentionDto>({
  week: { id: '01a0c450-6c00-7000-8000-07be8fa9adc7', expireAfter: 604_800, afterDelivery: false },
  delivered: { id: '01a0c450-6c00-7000-8000-07be8fa9adc8', expireAfter: null, afterDelivery: true },
})
export class SetRetentionDto {
  @UuidV7({ about: 'The id of the entry that says so. The same id again is the same change.' })
  id: string;

  @Int({
    about: 'Seconds after which a message that is written from then on is erased; null keeps it.',
    min: DURATIONS.minRetentionSeconds,
    max: DURATIONS.maxExpiresInSeconds,
    nullable: true,
    example: 604_800,
  })
  expireAfter: number | null;

  @Flag({ about: 'Whether to erase each message once every device of every member has stored it.', example: false })
  afterDelivery: boolean;
}

/** With what the operator has set. */
export class RetentionInForceDto extends RetentionDto {
  @Int({
    about: 'Seconds after which this relay erases any message; null if it keeps them.',
    min: 1,
    nullable: true,
    example: 31_536_000,
  })
  maximum: number | null;

  @Flag({ about: 'Whether this relay erases what is delivered to all devices in any conversation.', example: false })
  deliveredEverywhere: boolean;

  @Int({
    about: 'Seconds for which it keeps a message from when it was sent, also when it is delivered sooner.',
    min: 0,
    example: 86_400,
  })
  deliveredKept: number;
}

export function toNewRetention({ id, expireAfter, afterDelivery }: SetRetentionDto): NewRetention {
  return { id: id as EntryId, retention: { expireAfter, afterDelivery } };
}

export function retentionInForceDto(retention: RetentionInForce): RetentionInForceDto {
  const { expireAfter, afterDelivery, maximum, deliveredEverywhere, deliveredKept } = retention;
  return { expireAfter, afterDelivery, maximum, deliveredEverywhere, deliveredKept };
}

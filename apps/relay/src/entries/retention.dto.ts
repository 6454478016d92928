import { DURATIONS } from '#protocol';
import { Flag, Int } from '../platform/http/fields.js';

/** For how long the relay keeps messages. */
export class RetentionDto {
  @Int({
    about: 'Seconds after which a message that is written from then on is erased; null keeps it.',
    min: DURATIONS.minRetentionSeconds,
    max: DURATIONS.maxExpiresInSeconds,
    nullable: true,
    example: 604_800,
  })
  readonly expireAfter: number | null;

  @Flag({
    about: 'Whether a message is erased once every device of every member has stored it, as its cursors say.',
    example: false,
  })
  readonly afterDelivery: boolean;
}

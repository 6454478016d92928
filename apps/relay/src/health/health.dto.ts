import { OneOf } from '../platform/http/fields.js';

/** What is up answers with this; what is not, with a problem. */
export class HealthDto {
  @OneOf(['ok'], { about: 'Always `ok`.' })
  readonly status: 'ok';
}

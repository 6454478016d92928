import { Refusal } from '../platform/errors/refusal.js';

export class TooManyAnnouncements extends Refusal {
  constructor(most: number) {
    super('conflict', `There are ${String(most)} announcements already: withdraw one, or wait until one expires.`);
  }
}

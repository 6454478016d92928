import { Refusal } from '../platform/errors/refusal.js';

/** What is shown was not said, or not by who is reported: whoever reports is mistaken, lies, or has a client that does. */
export class InvalidReport extends Refusal {
  constructor(detail: string) {
    super('invalid_report', detail);
  }
}

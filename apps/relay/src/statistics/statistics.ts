/** Numbers of a whole relay. None of them is about somebody. */
export interface Statistics {
  readonly at: Date;
  readonly version: string;
  readonly uptimeSeconds: number;
  readonly stored: StoredNumbers;
  /** Of this process, since it started. */
  readonly pushes: PushNumbers;
}

export interface StoredNumbers {
  readonly accounts: number;
  /** Accounts that were here within so many days; undefined for too few to hide in. */
  readonly active: ActiveNumbers;
  readonly devices: number;
  readonly conversations: number;
  /** Of a large table PostgreSQL only knows about how many. */
  readonly messages: number;
  readonly databaseBytes: number;
  readonly attachments: number;
  readonly attachmentBytes: number;
}

export interface ActiveNumbers {
  readonly day: number | undefined;
  readonly week: number | undefined;
  readonly month: number | undefined;
}

export interface PushNumbers {
  readonly sent: number;
  readonly failed: number;
}

/** Of fewer people than these, a number would tell when each of them was here. */
const LEAST_TOLD = 5;

/** Nobody at all is told, too: who is not here is not among few. */
export function tellable(people: number): number | undefined {
  return people === 0 || people >= LEAST_TOLD ? people : undefined;
}

/** How long a relay keeps the messages of a conversation, beside what each message says itself. */
export interface Retention {
  /** Seconds after which it erases a message that is written from now on; null keeps it. */
  readonly expireAfter: number | null;
  /** Whether it erases a message once every device of every member has stored it. */
  readonly afterDelivery: boolean;
}

/** As long as nobody has said anything else. */
export const KEPT_FOR_GOOD: Retention = { expireAfter: null, afterDelivery: false };

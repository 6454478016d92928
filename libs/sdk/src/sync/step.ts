import type { MlsGroup } from '#crypto';
import type { ConversationRecord } from '../conversations/conversation-record.js';
import type { SealedBatch } from '../store/sealed-store.js';
import type { SdkEvent } from './events.js';

/** What an item of a log makes of a conversation: all of it is written at once, or none. */
export interface Step {
  /** The conversation after it, but for its cursor. */
  readonly record: ConversationRecord;
  /** The group after it, if it is another one, or that it is to be forgotten. */
  readonly group?: MlsGroup | 'gone';
  readonly put?: SealedBatch['put'];
  readonly delete?: SealedBatch['delete'];
  readonly events?: readonly SdkEvent[];
  /** Secrets that are used up once it is stored. */
  readonly spent?: readonly Uint8Array[];
}

import type { ConversationRecord } from '../conversations/conversation-record.js';
import type { Shelving } from '../groups/group-shelf.js';
import type { SealedBatch } from '../store/sealed-store.js';
import type { SdkEvent } from './events.js';

/** What an item of a log makes of a conversation: all of it is written at once, or none. */
export interface Step {
  /** The conversation after it, but for its cursor. */
  readonly record: ConversationRecord;
  readonly shelving?: Shelving | undefined;
  readonly put?: SealedBatch['put'];
  readonly delete?: SealedBatch['delete'];
  readonly events?: readonly SdkEvent[];
  /** Secrets that are used up once it is stored. */
  readonly spent?: readonly Uint8Array[];
}

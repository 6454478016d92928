import type { Trouble } from '../conversations/conversation-record.js';
import type { Retention } from '../conversations/retention.js';
import type { RosterChange } from '../conversations/roster-changes.js';
import type { Marks } from '../messages/marks-record.js';
import type { MessageRecord } from '../messages/message-record.js';
import type { PeerNote } from '../peers/peer.js';

/** What a device has learned and stored. */
export type SdkEvent =
  | { readonly kind: 'message'; readonly conversationId: string; readonly message: MessageRecord }
  /** A message that was told before has another reaction now, or was deleted. */
  | { readonly kind: 'changed'; readonly conversationId: string; readonly message: MessageRecord }
  /** A message has lived as long as its sender gave it: `message` is what is left of it. */
  | {
      readonly kind: 'expired';
      readonly conversationId: string;
      readonly id: string | null;
      readonly message: MessageRecord;
    }
  /** Somebody else has stored or read messages up to these positions, as the relay says; `Messages.receipts` tells whose. */
  | ({ readonly kind: 'receipt'; readonly conversationId: string } & Marks)
  /** This account has read up to a position, here or on another device of its own. */
  | { readonly kind: 'read'; readonly conversationId: string; readonly upTo: number; readonly unread: number }
  /** Somebody types, or has stopped, as the relay says. It is stored nowhere. */
  | { readonly kind: 'typing'; readonly conversationId: string; readonly accountId: string; readonly active: boolean }
  /** Of this device: it stands in the log, or the relay will not have it. */
  | { readonly kind: 'sent'; readonly conversationId: string; readonly id: string; readonly seq: number }
  | { readonly kind: 'refused'; readonly conversationId: string; readonly id: string; readonly code: string }
  /** Members, roles, title or standing are other than before. */
  | { readonly kind: 'conversation'; readonly conversationId: string }
  /** Somebody has come or gone, or has another role: as `conversations.changes` tells. */
  | { readonly kind: 'roster'; readonly conversationId: string; readonly changes: readonly RosterChange[] }
  /** The relay keeps messages for another time from here on, and by whose wish, as it says: their username. */
  | {
      readonly kind: 'retention';
      readonly conversationId: string;
      readonly retention: Retention;
      readonly by: string | null;
    }
  /** Whom this account accepts or blocks, or what it has decided about somebody's key, is another on another device. */
  | { readonly kind: 'contacts' }
  /** This account has other devices, or they have other names. */
  | { readonly kind: 'devices' }
  /** This account has other second factors, or trusts other devices. */
  | { readonly kind: 'mfa' }
  /** This account has another identity key, by this device or another one: its safety numbers are others from now on. */
  | { readonly kind: 'identity' }
  /** The relay tells everybody something else than before, or may: `announcements.list` has it. */
  | { readonly kind: 'announcements' }
  /** What the user is to be told about somebody's keys. */
  | { readonly kind: 'note'; readonly note: PeerNote }
  /** The relay cannot be reached; whatever waits is tried again. */
  | { readonly kind: 'offline' }
  /** Everything the relay has is here. */
  | { readonly kind: 'synced' }
  /** Something was given up that this device wanted to do by itself. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** What was written before this device was linked can be read now; `isComplete` once nothing more is to come. */
  | { readonly kind: 'history'; readonly conversationIds: readonly string[]; readonly isComplete: boolean }
  /** All that the devices that were linked need of this one lies ready for them. */
  | { readonly kind: 'historyHandedOver' }
  /** The relay's database was restored from a backup: all conversations are compared with it, and what is missing is sent again. */
  | { readonly kind: 'restored' }
  /**
   * After that, the relay shows other members than were signed for: some are back who had been removed, and others are missing who
   * had come in. Whoever may puts that right.
   */
  | {
      readonly kind: 'rolled_back';
      readonly conversationId: string;
      readonly returned: readonly string[];
      readonly missing: readonly string[];
    }
  /** Something stands in a log at which this device has failed again and again: it is passed over, and the rest goes on. */
  | { readonly kind: 'quarantined'; readonly conversationId: string; readonly seq: number }
  /** It cannot be followed, and why; undefined once it can again. */
  | { readonly kind: 'trouble'; readonly conversationId: string; readonly trouble: Trouble | undefined };

type Listener = (event: SdkEvent) => void;

/** Tells whoever listens, once something is stored. A listener that throws stops nobody else. */
export class EventHub {
  private readonly listeners = new Set<Listener>();

  /** @returns what ends it. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(events: readonly SdkEvent[]): void {
    for (const event of events)
      for (const listener of this.listeners) {
        try {
          listener(event);
        } catch (error) {
          // A fault of the application: it is to see it, and nothing here depends on it.
          queueMicrotask(() => {
            throw error;
          });
        }
      }
  }
}

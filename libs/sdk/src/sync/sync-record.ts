import { RecordKind } from '../store/sealed-store.js';
import { versionedCodec } from '../store/versioned-codec.js';

/** How far this device has followed its account, outside of what each conversation's cursor says. */
export interface SyncRecord {
  /** Which life of the relay's database the cursors are of. */
  readonly incarnation?: string | undefined;
  /** Of the account's changes. */
  readonly revision: number;
  /** Heads of conversations that are no MLS groups, which this library passes over. */
  readonly passedOver: Readonly<Record<string, number>>;
}

export const SYNC = new RecordKind('settings', versionedCodec<SyncRecord>(1));
export const SYNC_KEY = 'sync';
export const NOTHING_SYNCED: SyncRecord = { revision: 0, passedOver: {} };

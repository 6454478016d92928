import type { Bytes } from '#crypto';
import type { VerifiedContact } from '../peers/verified-contacts.js';
import { RecordKind } from '../store/sealed-store.js';
import { versionedCodec } from '../store/versioned-codec.js';

/** An archive and its key are forgotten so long after a device was linked: by then it has read everything. */
export const ARCHIVE_MS = 7 * 86_400_000;
/** A new device that is on no list by then has not signed in. */
export const ARRIVAL_MS = 15 * 60_000;

/** An archive that lies in the vault, or once lay there, for devices that have not read it. */
export interface ArchiveName {
  readonly archiveId: string;
  readonly key: Bytes;
}

/** What an old device has promised a new one, and how much of it is done. */
export interface ArchiveRecord extends ArchiveName {
  readonly beganAtMs: number;
  /** Devices of the account that were there before; the one that is waited for is another. */
  readonly present: readonly string[];
  /** All of them, once it has come: what it needs is known then. */
  readonly devices?: readonly string[] | undefined;
  /** Parts in the vault that are whole. */
  readonly parts: number;
  /** As many of them as the vault's blob says; -1 before it names this archive. */
  readonly announced: number;
  /** What was written earlier has no room; undefined until that is known. */
  readonly sinceMs?: number | undefined;
  readonly isComplete: boolean;
  /** Earlier ones of this device, whose readers are told the key of this one. */
  readonly earlier: readonly ArchiveName[];
}

export const ARCHIVES = new RecordKind('settings', versionedCodec<ArchiveRecord>(1));
export const ARCHIVE_KEY = 'history/archive';

/** How far a conversation lies in the archive. */
export interface ArchivedPosition {
  readonly upTo: number;
  /** Since when all of the account's devices are in its group: from then on only what was written before is archived. */
  readonly since?: { readonly generation: number; readonly epoch: number } | undefined;
}

export const ARCHIVED_POSITIONS = new RecordKind('settings', versionedCodec<ArchivedPosition>(1));
export const positionKey = (conversationId: string): string => `history/at/${conversationId}`;

/** What a new device was promised, and how much of it is here. */
export interface ImportRecord extends ArchiveName {
  readonly beganAtMs: number;
  /** The part to be read next. */
  readonly next: number;
  readonly isComplete: boolean;
  /** What the user has verified on the old device, until it has been taken over. */
  readonly contacts: readonly VerifiedContact[];
}

export const IMPORTS = new RecordKind('settings', versionedCodec<ImportRecord>(1));
export const IMPORT_KEY = 'history/import';

import type { CommitContext } from '#protocol';
import { RecordKind } from '../store/sealed-store.js';
import { versionedCodec } from '../store/versioned-codec.js';

/**
 * A commit of this device that the relay may have taken: stored before it is sent, so that whatever happens then, the same
 * commit is sent again, and the group that it makes is not lost.
 */
export interface PendingCommit {
  readonly context: CommitContext;
  readonly generation: number;
  /** The epoch that it ends. */
  readonly epoch: number;
  readonly commit: Uint8Array<ArrayBuffer>;
  readonly welcome?: Uint8Array<ArrayBuffer> | undefined;
  readonly groupInfo: Uint8Array<ArrayBuffer>;
  /** Of the group after it. */
  readonly parts: readonly (readonly [string, Uint8Array<ArrayBuffer>])[];
}

/** One at most of each conversation. */
export const PENDING_COMMITS = new RecordKind('outbox', versionedCodec<PendingCommit>(1));

export function pendingCommitKey(conversationId: string): string {
  return `commit/${conversationId}`;
}

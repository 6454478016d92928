import { Injectable } from '@nestjs/common';
import type { AttachmentId } from '#protocol';
import { Database } from '../platform/database/database.js';
import type { BlobName } from './blobs.js';

const DAY_MS = 86_400_000;

interface IdRow {
  readonly id: AttachmentId;
}

/** Finds what is to go, a bounded batch at a time. Two relays that do it at once pass over each other's rows. */
@Injectable()
export class AttachmentSweepStore {
  constructor(private readonly database: Database) {}

  /** Takes away what has expired, and uploads that were given up. Returns how many. */
  async removeExpired(at: Date, limit: number): Promise<number> {
    const rows = await this.database.query<IdRow>(
      `WITH due AS (
         SELECT id FROM attachments WHERE state IN ('open', 'stored') AND expires_at <= $1
         ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
       ), removed AS (
         UPDATE attachments a SET state = 'removed', writer = NULL FROM due WHERE a.id = due.id RETURNING a.id
       ) SELECT id FROM removed`,
      [at, limit],
    );
    return rows.length;
  }

  /**
   * Takes away what nobody may read any more: of deleted accounts, of conversations that everybody has left, and from before
   * the time up to which the relay keeps anything.
   */
  async removeAbandoned(ids: {
    readonly from: string;
    readonly to: string;
    readonly before?: Date | undefined;
  }): Promise<void> {
    await this.database.query(
      `UPDATE attachments a SET state = 'removed', writer = NULL
       WHERE a.id BETWEEN $1 AND $2 AND a.state IN ('open', 'stored') AND (
         NOT EXISTS (SELECT FROM accounts o WHERE o.id = a.uploader_id AND o.status = 'active')
         OR NOT EXISTS (
           SELECT FROM members m WHERE m.conversation_id = a.conversation_id AND m.left_seq IS NULL AND m.state = 'joined'
         )
         OR a.created_at <= $3
       )`,
      [ids.from, ids.to, ids.before ?? null],
    );
  }

  /** What was taken away, and has its bytes still. */
  async removed(limit: number): Promise<BlobName[]> {
    const rows = await this.database.query<IdRow & { readonly multipart_id: string | null }>(
      `SELECT id, multipart_id FROM attachments WHERE state = 'removed' ORDER BY created_at LIMIT $1`,
      [limit],
    );
    return rows.map(({ id, multipart_id: multipartId }) => ({ id, multipartId }));
  }

  /** The bytes are gone. The row counts for the quota of its day until that is over. */
  async markErased(ids: readonly AttachmentId[]): Promise<void> {
    await this.database.query(
      `UPDATE attachments SET state = 'erased', multipart_id = NULL WHERE id = ANY ($1) AND state = 'removed'`,
      [ids],
    );
  }

  /** Forgets what has no bytes any more, and counts for no day. Returns how many. */
  async forget(at: Date, limit: number): Promise<number> {
    const rows = await this.database.query<IdRow>(
      `WITH old AS (
         SELECT id FROM attachments WHERE state = 'erased' AND created_at <= $1 ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED
       ), gone AS (
         DELETE FROM attachments a USING old WHERE a.id = old.id RETURNING a.id
       ) SELECT id FROM gone`,
      [new Date(at.getTime() - DAY_MS), limit],
    );
    return rows.length;
  }

  /** Which of some blobs belong to no attachment: those of a row that is there are its own business. */
  async orphansAmong(ids: readonly AttachmentId[]): Promise<ReadonlySet<AttachmentId>> {
    const rows = await this.database.query<IdRow>(
      `SELECT b.id FROM unnest($1::uuid[]) AS b (id)
       WHERE NOT EXISTS (SELECT FROM attachments a WHERE a.id = b.id AND a.state <> 'erased')`,
      [ids],
    );
    return new Set(rows.map(({ id }) => id));
  }
}

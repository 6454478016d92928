import { Injectable } from '@nestjs/common';
import { type AttachmentId, DURATIONS } from '#protocol';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import { NotFound } from '../platform/errors/refusal.js';
import { Quotas } from '../platform/limits/quotas.js';
import type { Asker, NewUpload, Progress, StoredBytes, Upload } from './attachment.js';
import { AttachmentQuotaExceeded } from './attachments.errors.js';

const DAY_SECONDS = 86_400;

interface AttachmentRow {
  readonly id: AttachmentId;
  readonly length: string;
  readonly received: string;
  readonly multipart_id: string | null;
  readonly expires_at: Date | null;
}

/** What an account has, and what an admin lets it have otherwise than all. */
interface UsedRow {
  readonly number: string;
  readonly bytes: string;
  readonly today: string;
  readonly oldest: Date | null;
  readonly own_bytes: string | null;
  readonly own_today: string | null;
}

/** One request that goes on with an upload. */
export interface Writing {
  readonly id: AttachmentId;
  /** Drawn by the request: whoever takes its place has another. */
  readonly writer: string;
  readonly asker: Asker;
  readonly at: Date;
}

/** Who is in the conversation, by a session that goes on. Conditions on `a`, and on $2 and $3: account and session. */
const JOINED = `EXISTS (
    SELECT FROM members m JOIN sessions s ON s.id = $3 AND s.account_id = m.account_id AND s.revoked_at IS NULL
    WHERE m.conversation_id = a.conversation_id AND m.account_id = $2 AND m.left_seq IS NULL AND m.state = 'joined'
  )`;
type BoundedUpload = NewUpload & {
  /** For so long the relay keeps anything at most, if there is such a bound. */
  readonly longestSeconds: number | undefined;
  readonly at: Date;
};

const COLUMNS = 'a.id, a.length, a.received, a.multipart_id, a.expires_at';

/** Attachments, but for their bytes. */
@Injectable()
export class AttachmentsStore {
  constructor(
    private readonly database: Database,
    private readonly quotas: Quotas,
  ) {}

  /** @throws {NotFound} for a conversation that the account is not in. @throws {AttachmentQuotaExceeded} */
  async create(id: AttachmentId, asker: Asker, upload: BoundedUpload): Promise<Upload> {
    const { conversationId, length, expiresInSeconds, longestSeconds, at } = upload;
    const expiresAt = new Date(at.getTime() + DURATIONS.unfinishedUploadSeconds * 1000);
    return this.database.transaction(async (manager) => {
      await demandPlace(manager, asker, conversationId);
      await this.demandRoom(manager, asker, { length, at });
      await manager.query(
        `INSERT INTO attachments (id, conversation_id, uploader_id, state, length, expires_in_seconds, created_at, expires_at)
         SELECT $1, c.id, $3, 'open', $4, least($5::integer, $8::integer, c.expire_after_seconds), $6, $7
         FROM conversations c WHERE c.id = $2`,
        [id, conversationId, asker.accountId, length, expiresInSeconds ?? null, at, expiresAt, longestSeconds ?? null],
      );
      return { id, length, received: 0, multipartId: null, expiresAt };
    });
  }

  /** An attachment of the account's own, whole or not, in a conversation that it is still in. */
  async findOwn(id: AttachmentId, asker: Asker, at: Date): Promise<Upload | undefined> {
    const [row] = await this.database.query<AttachmentRow>(
      `SELECT ${COLUMNS} FROM attachments a
       WHERE a.id = $1 AND a.uploader_id = $2 AND a.state IN ('open', 'stored')
         AND (a.expires_at IS NULL OR a.expires_at > $4) AND ${JOINED}`,
      [id, asker.accountId, asker.sessionId, at],
    );
    return row && uploadOf(row);
  }

  /** A whole attachment of a conversation that the account is in. */
  async findReadable(id: AttachmentId, asker: Asker, at: Date): Promise<StoredBytes | undefined> {
    const [row] = await this.database.query<AttachmentRow>(
      `SELECT ${COLUMNS} FROM attachments a
       WHERE a.id = $1 AND a.state = 'stored' AND (a.expires_at IS NULL OR a.expires_at > $4) AND ${JOINED}`,
      [id, asker.accountId, asker.sessionId, at],
    );
    return row && uploadOf(row);
  }

  /**
   * Takes the place of whichever request went on with the upload before, if the upload has come exactly so far. That one
   * finds out when it next notes its progress.
   */
  async claim({ id, writer, asker, at }: Writing, offset: number): Promise<Upload | undefined> {
    const [row] = await this.database.query<AttachmentRow>(
      `WITH claimed AS (
         UPDATE attachments a SET writer = $5
         WHERE a.id = $1 AND a.uploader_id = $2 AND a.received = $6 AND a.state IN ('open', 'stored')
           AND (a.expires_at IS NULL OR a.expires_at > $4) AND ${JOINED}
         RETURNING ${COLUMNS}
       ) SELECT * FROM claimed`,
      [id, asker.accountId, asker.sessionId, at, writer, offset],
    );
    return row && uploadOf(row);
  }

  /**
   * Notes how many bytes are in safety; with the last of them the attachment is whole, and its own time begins. Returns
   * whether the request may go on: its place may be taken, the attachment gone, its session over.
   */
  async advance({ id, writer, asker, at }: Writing, { received, multipartId }: Progress): Promise<boolean> {
    const advanced = await this.database.query(
      `WITH advanced AS (
         UPDATE attachments a SET received = $6, multipart_id = $7,
           state = CASE WHEN a.length = $6 THEN 'stored' ELSE 'open' END,
           expires_at = CASE WHEN a.length = $6 THEN $4::timestamptz + make_interval(secs => a.expires_in_seconds)
                        ELSE a.expires_at END
         WHERE a.id = $1 AND a.uploader_id = $2 AND a.writer = $5 AND a.state = 'open' AND a.expires_at > $4 AND ${JOINED}
         RETURNING a.id
       ) SELECT id FROM advanced`,
      [id, asker.accountId, asker.sessionId, at, writer, received, multipartId],
    );
    return advanced.length > 0;
  }

  /** Goes back to what is really there: bytes that were in safety are not any more. */
  async rewind({ id, writer }: Writing, received: number): Promise<void> {
    await this.database.query(
      `UPDATE attachments SET received = $3::bigint, multipart_id = CASE WHEN $3::bigint = 0 THEN NULL ELSE multipart_id END
       WHERE id = $1 AND writer = $2 AND state = 'open'`,
      [id, writer, received],
    );
  }

  /** Takes an attachment away, whole or not. Returns whether it was the account's own, and there. */
  async remove(id: AttachmentId, { accountId }: Asker, at: Date): Promise<boolean> {
    const removed = await this.database.query(
      `WITH removed AS (
         UPDATE attachments SET state = 'removed', writer = NULL
         WHERE id = $1 AND uploader_id = $2 AND state IN ('open', 'stored') AND (expires_at IS NULL OR expires_at > $3)
         RETURNING id
       ) SELECT id FROM removed`,
      [id, accountId, at],
    );
    return removed.length > 0;
  }

  /** The transaction holds the account's row, so that of two uploads one is counted after the other. */
  private async demandRoom(
    manager: EntityManager,
    { accountId }: Asker,
    { length, at }: { readonly length: number; readonly at: Date },
  ): Promise<void> {
    const [used] = await manager.query<UsedRow[]>(
      `SELECT count(*) FILTER (WHERE state IN ('open', 'stored')) AS number,
              coalesce(sum(length) FILTER (WHERE state IN ('open', 'stored')), 0) AS bytes,
              coalesce(sum(CASE WHEN state IN ('open', 'stored') THEN length ELSE received END)
                FILTER (WHERE created_at > $2), 0) AS today,
              min(created_at) FILTER (WHERE created_at > $2) AS oldest,
              (SELECT attachment_bytes FROM account_allowances WHERE account_id = $1) AS own_bytes,
              (SELECT attachment_bytes_per_day FROM account_allowances WHERE account_id = $1) AS own_today
       FROM attachments WHERE uploader_id = $1`,
      [accountId, new Date(at.getTime() - DAY_SECONDS * 1000)],
    );
    const { most, bytes, today } = this.quotasOf(used);
    if (Number(used?.number) + 1 > most)
      throw new AttachmentQuotaExceeded(`An account has ${String(most)} attachments at most.`);
    if (Number(used?.bytes) + length > bytes)
      throw new AttachmentQuotaExceeded(`The attachments of an account have ${String(bytes)} bytes at most.`);
    if (Number(used?.today) + length > today)
      throw new AttachmentQuotaExceeded(
        `An account uploads ${String(today)} bytes within a day.`,
        secondsUntilDayAfter(used?.oldest ?? at, at),
      );
  }

  /** What all may have, unless an admin lets the account have otherwise. */
  private quotasOf(used: UsedRow | undefined): { most: number; bytes: number; today: number } {
    return {
      most: this.quotas.of('attachmentsPerAccount'),
      bytes: Number(used?.own_bytes ?? this.quotas.of('attachmentBytesPerAccount')),
      today: Number(used?.own_today ?? this.quotas.of('attachmentBytesPerAccountAndDay')),
    };
  }
}

/** Locks the account, and sees that it is in the conversation. @throws {NotFound} */
async function demandPlace(manager: EntityManager, { accountId }: Asker, conversationId: string): Promise<void> {
  await manager.query(`SELECT FROM accounts WHERE id = $1 FOR NO KEY UPDATE`, [accountId]);
  const places = await manager.query<unknown[]>(
    `SELECT 1 FROM members m JOIN accounts o ON o.id = m.account_id AND o.status = 'active'
     WHERE m.conversation_id = $1 AND m.account_id = $2 AND m.left_seq IS NULL AND m.state = 'joined'`,
    [conversationId, accountId],
  );
  if (places.length === 0) throw new NotFound('conversation');
}

function secondsUntilDayAfter(start: Date, now: Date): number {
  return Math.max(1, Math.ceil((start.getTime() - now.getTime()) / 1000) + DAY_SECONDS);
}

function uploadOf(row: AttachmentRow): Upload {
  const { id, length, received, multipart_id: multipartId, expires_at: expiresAt } = row;
  return { id, length: Number(length), received: Number(received), multipartId, expiresAt };
}

import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import type { AuditSource } from './audit-reader.store.js';
import type { Checkpoint } from './checkpoint.js';

interface CheckpointRow {
  readonly number: number;
  readonly day: string;
  readonly seq: string;
  readonly hash: Buffer;
  readonly at: Date;
  readonly public_key: Buffer;
  readonly signature: Buffer;
}

const COLUMNS = `number, to_char(day, 'YYYY-MM-DD') AS day, seq, hash, at, public_key, signature`;

/** Signed checkpoints of the audit log. There is no statement here that changes or removes one. */
@Injectable()
export class CheckpointsStore {
  constructor(@Inject(Database) private readonly database: AuditSource) {}

  /** Keeps a checkpoint, unless another relay has kept that day's. */
  async add({ number, day, seq, hash, at, publicKey, signature }: Checkpoint): Promise<void> {
    await this.database.query(
      `INSERT INTO audit_checkpoints (number, day, seq, hash, at, public_key, signature)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
      [number, day, seq, hash, at, publicKey, signature],
    );
  }

  /** Checkpoints before a number, newest first. */
  async list(page: { before: number | undefined; limit: number }): Promise<Checkpoint[]> {
    const rows = await this.database.query<CheckpointRow>(
      `SELECT ${COLUMNS} FROM audit_checkpoints WHERE $1::integer IS NULL OR number < $1 ORDER BY number DESC LIMIT $2`,
      [page.before ?? null, page.limit],
    );
    return rows.map(toCheckpoint);
  }

  /** All of them, oldest first: there is one a day. */
  async all(): Promise<Checkpoint[]> {
    const rows = await this.database.query<CheckpointRow>(
      `SELECT ${COLUMNS} FROM audit_checkpoints ORDER BY audit_checkpoints.number`,
    );
    return rows.map(toCheckpoint);
  }
}

function toCheckpoint({ public_key: publicKey, seq, ...row }: CheckpointRow): Checkpoint {
  return { ...row, seq: Number(seq), publicKey };
}

import { Injectable } from '@nestjs/common';
import { type ConversationId, LIMITS, type Seq } from '#protocol';
import { Database } from '../platform/database/database.js';
import type { Entry } from './entry.js';
import { type EntryRow, toEntry } from './entry-row.js';

/** Where an entry stands. */
export interface Place {
  readonly conversationId: ConversationId;
  readonly seq: Seq;
}

/** Reads single entries by where they stand. */
@Injectable()
export class PlacedEntriesStore {
  constructor(private readonly database: Database) {}

  /** In no order, each once, and without the body of those that are pushed without it. */
  at(places: readonly Place[]): Promise<Entry[]> {
    return this.database
      .query<EntryRow>(
        `SELECT e.conversation_id, e.seq, e.id, e.kind, e.sender_account, e.sender_device, e.created_at, e.expires_at,
                a.username AS sender_username, CASE WHEN octet_length(e.body) <= $3 THEN e.body END AS body
         FROM (SELECT DISTINCT * FROM unnest($1::uuid[], $2::bigint[])) AS p (conversation_id, seq)
         JOIN entries e USING (conversation_id, seq) LEFT JOIN accounts a ON a.id = e.sender_account`,
        [places.map(({ conversationId }) => conversationId), places.map(({ seq }) => seq), LIMITS.pushBytes],
      )
      .then((rows) => rows.map(toEntry));
  }
}

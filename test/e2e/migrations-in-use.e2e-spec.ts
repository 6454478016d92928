import { createTestDatabase, pair, recordEvidence, scaled, type TestDatabase, TestRelay, until } from '#testing';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { dataSourceFor } from '../../apps/relay/src/platform/database/data-source.js';
import { prepareDatabase } from '../../apps/relay/src/platform/database/prepare-database.js';
import { Log } from '../../apps/relay/src/platform/logging/log.js';
import { RELAY_SCHEMA } from '../../apps/relay/src/schema.js';
import { SCHEMA_LINES } from './schema-dump.js';

/** Migrations beside relays of the version before, which serve meanwhile, and go on on what they made. */

const MESSAGES = scaled({ ci: 5_000, gate: 1_000_000 });
const WRITERS = 4;
const MOST_WAIT_MS = 1_000;

/** As docs/upgrading.md has them: it adds, holds nothing for long, and can be broken off at any place. */
class Tomorrow2000000000000 implements MigrationInterface {
  readonly name = 'Tomorrow2000000000000';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE entries ADD COLUMN IF NOT EXISTS tomorrow integer NOT NULL DEFAULT 1');
    await runner.query('SET lock_timeout = 0');
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS entries_tomorrow_idx');
    await runner.query('CREATE INDEX CONCURRENTLY entries_tomorrow_idx ON entries (sender_account, tomorrow)');
    await runner.query(`SET lock_timeout = '300ms'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX entries_tomorrow_idx');
    await runner.query('ALTER TABLE entries DROP COLUMN tomorrow');
  }
}

const TOMORROW = { ...RELAY_SCHEMA, migrations: [...RELAY_SCHEMA.migrations, Tomorrow2000000000000] };

let database: TestDatabase;
let relay: TestRelay;

beforeEach(async () => {
  database = await createTestDatabase();
  relay = await TestRelay.start({ database });
});
afterEach(async () => {
  await relay.stop();
  await database.drop();
});

async function filledConversation(): Promise<{ conversationId: string; ada: Awaited<ReturnType<typeof pair>>['ada'] }> {
  const { ada, conversationId } = await pair(relay);
  await relay.query(
    `WITH head AS (
       UPDATE conversations SET last_seq = last_seq + $2::bigint WHERE id = $1 RETURNING last_seq - $2::bigint AS seq
     )
     INSERT INTO entries (conversation_id, seq, id, kind, sender_account, sender_device, body, created_at)
     SELECT $1, head.seq + n, gen_random_uuid(), 0, $3, $4, sha512(convert_to(n::text, 'UTF8')), now()
     FROM head, generate_series(1, $2::bigint) n`,
    [conversationId, MESSAGES, ada.accountId, ada.deviceId],
  );
  return { ada, conversationId };
}

describe('a migration beside a relay that serves', () => {
  it('makes nobody wait for more than a second, also where somebody holds the table; the relay goes on on the new schema (R-17)', async () => {
    const { ada, conversationId } = await filledConversation();
    const holder = await relay.connection();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM entries LIMIT 1');
    let longestMs = 0;
    let isWriting = true;
    const statuses = new Set<number>();
    const writers = Array.from({ length: WRITERS }, async () => {
      while (isWriting) {
        const startedAt = performance.now();
        statuses.add((await ada.send(conversationId, 'meanwhile')).status);
        longestMs = Math.max(longestMs, performance.now() - startedAt);
      }
    });
    const lines: string[] = [];
    const log = new Log({ LOG_LEVEL: 'info' }, { write: (line: string) => void lines.push(line) });
    const migrated = prepareDatabase({ ...database, schema: TOMORROW, log });
    await until(() => lines.filter((line) => line.includes('a migration waits')).length >= 3, 'it gave up three times');
    await holder.query('COMMIT');
    holder.release();
    await migrated;
    isWriting = false;
    await Promise.all(writers);

    expect(lines.some((line) => line.includes('Tomorrow2000000000000'))).toBe(true);
    expect([...statuses]).toEqual([201]);
    expect(longestMs).toBeLessThan(MOST_WAIT_MS);
    const indexes = await relay.query(
      `SELECT indisvalid AS whole FROM pg_index WHERE indexrelid = 'entries_tomorrow_idx'::regclass`,
    );
    expect(indexes).toEqual([{ whole: true }]);
    // Of the version before, started anew on the schema of the next.
    await relay.restart();
    expect((await ada.send(conversationId, 'afterwards')).status).toBe(201);
    expect((await fetch(`${relay.url}/health/ready`)).status).toBe(200);
    recordEvidence('R-17', { messages: MESSAGES, longestMs: Math.round(longestMs) });
  });
});

/** What was there before the first of them that is taken back. */
const ROWS = ['accounts', 'devices', 'sessions', 'conversations', 'members', 'entries', 'receipts', 'cursors'] as const;

async function checksums(source: DataSource): Promise<string[]> {
  const sums: string[] = [];
  for (const table of ROWS) {
    const [row] = await source.query<{ sum: string }[]>(
      `SELECT md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) AS sum FROM ${table} t`,
    );
    sums.push(`${table} ${String(row?.sum)}`);
  }
  return sums;
}

describe('all migrations but the first', () => {
  it('are taken back and made again with the rows there: the same schema, the same rows, and the relay serves (R-17)', async () => {
    const { ada, conversationId } = await filledConversation();
    expect((await ada.send(conversationId, 'the last')).status).toBe(201);
    await relay.whileAway(async () => {
      const connection = { url: database.ownerUrl, poolSize: 2, schema: RELAY_SCHEMA, statementTimeoutMs: 0 };
      const source = await dataSourceFor(connection).initialize();
      try {
        const before = { schema: await source.query<object[]>(SCHEMA_LINES), rows: await checksums(source) };
        for (let left = RELAY_SCHEMA.migrations.length; left > 1; left--)
          await source.undoLastMigration({ transaction: 'each' });
        expect(await source.query<object[]>(SCHEMA_LINES)).not.toEqual(before.schema);
        await prepareDatabase({ ...database, schema: RELAY_SCHEMA, log: new Log({ LOG_LEVEL: 'silent' }) });
        expect(await source.query<object[]>(SCHEMA_LINES)).toEqual(before.schema);
        expect(await checksums(source)).toEqual(before.rows);
      } finally {
        await source.destroy();
      }
    });
    expect((await ada.send(conversationId, 'and on')).status).toBe(201);
  });
});

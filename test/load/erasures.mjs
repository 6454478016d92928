#!/usr/bin/env node
/**
 * Measures ways to keep messages that are to be erased, in a database alone, without a relay: what storing, reading and erasing them
 * costs, and what becomes of the disk. Each way gets half of the messages for good, and the other half for a day that is over then.
 *
 *   npm run bench:erasures [-- --messages 200000 --rounds 3]
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { median, rounded } from './lib/figures.mjs';
import { Installation } from './lib/installation.mjs';

const { values: flags } = parseArgs({
  options: { messages: { type: 'string', default: '200000' }, rounds: { type: 'string', default: '3' } },
});
const MESSAGES = Number(flags.messages);
const PER_CONVERSATION = 1_000;
/** As the relay writes, erases and reads. */
const WRITTEN = 50;
const ERASED = 500;
const READ = 50;
const READS = 300;
const PAGES = 64;
/** A life may be a year, and a body has to lie with those that are over on the same day. */
const DAYS = 366;

const KEYS = (table, more = '') =>
  `ALTER TABLE ${table} ADD PRIMARY KEY (conversation_id, seq${more}), ADD UNIQUE (id, conversation_id${more})`;
const DUE = (table, more = '') => `CREATE INDEX ON ${table} (expires_at) WHERE expires_at IS NOT NULL ${more}`;
const ENTRY =
  'conversation_id uuid NOT NULL, seq bigint NOT NULL, id uuid NOT NULL, created_at timestamptz NOT NULL, expires_at timestamptz';
const GIVEN = `SELECT c, s, i, now(), CASE WHEN s % 2 = 0 THEN now() END, $4::bytea
  FROM unnest($1::uuid[], $2::bigint[], $3::uuid[]) AS d (c, s, i)`;
const BATCH = (table, where) => `SELECT ctid FROM ${table} WHERE ${where} ORDER BY expires_at LIMIT ${ERASED}`;

/** Bodies within the rows of the log: set to NULL when their time is over, and the rows are deleted a day later. */
const inPlace = {
  table: 'in_place',
  make: [
    `CREATE TABLE in_place (${ENTRY}, body bytea)`,
    'ALTER TABLE in_place ALTER COLUMN body SET STORAGE EXTERNAL',
    KEYS('in_place'),
    DUE('in_place', 'AND body IS NOT NULL'),
    `CREATE INDEX ON in_place (expires_at) WHERE expires_at IS NOT NULL AND body IS NULL`,
  ],
  write: `INSERT INTO in_place (conversation_id, seq, id, created_at, expires_at, body) ${GIVEN}`,
  read: `SELECT * FROM in_place WHERE conversation_id = $1 AND seq > $2 ORDER BY seq LIMIT ${READ}`,
  erase: [
    `WITH due AS (${BATCH('in_place', 'expires_at IS NOT NULL AND body IS NOT NULL')})
     UPDATE in_place e SET body = NULL FROM due WHERE e.ctid = due.ctid`,
    `WITH due AS (${BATCH('in_place', 'expires_at IS NOT NULL AND body IS NULL')})
     DELETE FROM in_place e USING due WHERE e.ctid = due.ctid`,
  ],
};

/** Bodies that are to be erased in tables of their own, one for each day on which their time is over. */
const byDay = {
  make: [
    `CREATE TABLE by_day (${ENTRY}, body bytea)`,
    'ALTER TABLE by_day ALTER COLUMN body SET STORAGE EXTERNAL',
    KEYS('by_day'),
    DUE('by_day'),
    'CREATE TABLE bodies (day smallint NOT NULL, conversation_id uuid NOT NULL, seq bigint NOT NULL, body bytea) PARTITION BY LIST (day)',
    'ALTER TABLE bodies ADD PRIMARY KEY (day, conversation_id, seq)',
    ...Array.from(
      { length: DAYS },
      (_none, day) => `CREATE TABLE bodies_${day} PARTITION OF bodies FOR VALUES IN (${day})`,
    ),
  ],
  write: `WITH given AS (${GIVEN}), written AS (
      INSERT INTO bodies SELECT 7, c, s, bytea FROM given AS g (c, s, i, at, until, bytea) WHERE until IS NOT NULL
    ) INSERT INTO by_day SELECT c, s, i, at, until, CASE WHEN until IS NULL THEN bytea END FROM given AS g (c, s, i, at, until, bytea)`,
  read: `SELECT e.*, b.body AS more FROM (SELECT * FROM by_day WHERE conversation_id = $1 AND seq > $2 ORDER BY seq LIMIT ${READ}) e
    LEFT JOIN LATERAL (
      SELECT body FROM bodies WHERE e.expires_at IS NOT NULL AND day = 7 + 0 * e.seq AND conversation_id = e.conversation_id AND seq = e.seq
    ) b ON true`,
  whole: ['TRUNCATE bodies_7'],
  erase: [
    `WITH due AS (${BATCH('by_day', 'expires_at IS NOT NULL')}) DELETE FROM by_day e USING due WHERE e.ctid = due.ctid`,
  ],
};

/** The log itself in parts, by the day on which entries are erased: then neither key holds over all of it. */
const logByDay = {
  make: [
    `CREATE TABLE log_by_day (${ENTRY}, body bytea, day smallint NOT NULL) PARTITION BY LIST (day)`,
    KEYS('log_by_day', ', day'),
    ...Array.from(
      { length: DAYS + 1 },
      (_none, day) => `CREATE TABLE log_by_day_${day} PARTITION OF log_by_day FOR VALUES IN (${day})`,
    ),
  ],
  write: `INSERT INTO log_by_day SELECT c, s, i, at, until, bytea, CASE WHEN until IS NULL THEN 0 ELSE 7 END
    FROM (${GIVEN}) AS g (c, s, i, at, until, bytea)`,
  read: `SELECT * FROM log_by_day WHERE conversation_id = $1 AND seq > $2 ORDER BY seq LIMIT ${READ}`,
  whole: ['TRUNCATE log_by_day_7'],
  erase: [],
};

const ways = { inPlace, byDay, logByDay };
const installation = await Installation.make();
try {
  const results = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let round = 0; round < Number(flags.rounds); round++)
    for (const [name, way] of Object.entries(ways)) {
      results[name].push(await inDatabase(`${name.toLowerCase()}_${round}`, (client) => measured(client, way)));
      console.log(JSON.stringify({ way: name, ...results[name].at(-1) }));
    }
  const figures = Object.keys(results.inPlace[0]);
  console.table(
    Object.fromEntries(
      Object.entries(results).map(([name, rounds]) => [
        name,
        Object.fromEntries(figures.map((figure) => [figure, median(rounds.map((one) => one[figure]))])),
      ]),
    ),
  );
} finally {
  await installation.remove();
}

async function inDatabase(name, work) {
  const [ownerUrl] = await installation.createDatabase(name);
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function measured(client, way) {
  for (const statement of way.make) await client.query(statement);
  const conversations = Array.from({ length: Math.ceil(MESSAGES / PER_CONVERSATION) }, () => randomUUID());
  const writing = await timed(client, () => write(client, way, conversations));
  await client.query('ANALYZE');
  const full = await mebibytes(client);
  const reading = await timed(client, () => read(client, way, conversations));
  const whole = await timed(client, () => each(client, way.whole ?? []));
  const erasing = await timed(client, () => erase(client, way));
  await client.query('VACUUM');
  const left = await mebibytes(client);
  const moving = await timed(client, () => compact(client, way));
  await client.query('VACUUM');
  const moved = await mebibytes(client);
  const rewriting = await timed(client, () => client.query('VACUUM FULL'));
  return {
    writeMicros: rounded((writing.ms * 1_000) / MESSAGES),
    writtenBytes: rounded(writing.wal / MESSAGES),
    readMs: rounded(reading.ms / READS),
    truncateMs: rounded(whole.ms),
    eraseMicros: rounded((erasing.ms * 1_000) / (MESSAGES / 2)),
    erasedBytes: rounded((erasing.wal + whole.wal) / (MESSAGES / 2)),
    fullMiB: full,
    leftMiB: left,
    compactMs: rounded(moving.ms),
    compactMiB: moved,
    vacuumFullMs: rounded(rewriting.ms),
    vacuumFullMiB: await mebibytes(client),
  };
}

/** In the order in which people write: each conversation a little, all in turns. */
async function write(client, { write: text }, conversations) {
  const body = Buffer.alloc(1_024, 7);
  for (let seq = 1; seq <= PER_CONVERSATION; seq++)
    for (let from = 0; from < conversations.length; from += WRITTEN) {
      const some = conversations.slice(from, from + WRITTEN);
      const values = [some, some.map(() => seq), some.map(() => randomUUID()), body];
      await client.query({ name: 'write', text, values });
    }
}

/** Planned each time, as the relay's reading of pages is. */
async function read(client, { read: text }, conversations) {
  for (let n = 0; n < READS; n++)
    await client.query(text, [conversations[n % conversations.length], (n * 37) % (PER_CONVERSATION - READ)]);
}

async function erase(client, way) {
  for (const text of way.erase) for (let count = ERASED; count === ERASED;) count = (await client.query(text)).rowCount;
}

/** Empties the end of the table into what is free before it, as the relay does. */
async function compact(client, { table }) {
  if (table === undefined) return;
  const { rows } = await client.query(`SELECT pg_relation_size('${table}') / 8192 AS pages`);
  for (let edge = Number(rows[0].pages), highest = -1; highest < edge && edge > 0;) {
    edge -= PAGES;
    const emptied = await client.query(
      `WITH taken AS (DELETE FROM ${table} WHERE ctid >= $1::tid AND ctid < $2::tid RETURNING *),
            put AS (INSERT INTO ${table} SELECT * FROM taken RETURNING ctid)
       SELECT coalesce(max((ctid::text::point)[0]), -1) AS highest FROM put`,
      [`(${Math.max(0, edge)},0)`, `(${edge + PAGES},0)`],
    );
    highest = emptied.rows[0].highest;
  }
}

async function each(client, statements) {
  for (const statement of statements) await client.query(statement);
}

async function timed(client, work) {
  const before = await position(client);
  const start = performance.now();
  await work();
  return { ms: performance.now() - start, wal: (await position(client)) - before };
}

async function position(client) {
  const { rows } = await client.query(`SELECT pg_current_wal_insert_lsn() - '0/0' AS bytes`);
  return Number(rows[0].bytes);
}

async function mebibytes(client) {
  const { rows } = await client.query(
    `SELECT sum(pg_total_relation_size(oid)) AS bytes FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  );
  return rounded(Number(rows[0].bytes) / 1024 ** 2);
}

#!/usr/bin/env node
/**
 * Has a relay erase a million messages while 500 a second are sent, and prints what that does to those who send, and what becomes
 * of the disk. Whether the janitor works changes from one window to the next, by its own lock, so that both are measured on the same
 * tables within the same minute. After as many pairs of windows the rest is erased while nobody sends, which takes half an hour.
 *
 *   npm run bench:retention [-- --messages 1000000 --rate 500 --seconds 10 --pairs 10]
 */
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { NODE_FLAGS } from '../../scripts/node-flags.mjs';
import { median, rounded } from './lib/figures.mjs';
import { generate, SERVER_CORE } from './lib/generate.mjs';
import { Installation, KID } from './lib/installation.mjs';
import { seedPeople } from './lib/people.mjs';
import { pin } from './lib/proc.mjs';
import { PAIRS, pairTraffic } from './lib/traffic.mjs';

const { values: flags } = parseArgs({
  options: {
    messages: { type: 'string', default: '1000000' },
    rate: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '10' },
    before: { type: 'string', default: '3' },
    pairs: { type: 'string', default: '10' },
    compacting: { type: 'string', default: '3' },
  },
});
const MESSAGES = Number(flags.messages);
const PER_CONVERSATION = 1_000;
const BODY_HEX_REPEATS = 64;
/** As the relay's janitor takes it. */
const JANITOR_LOCK = '7325641, 2';
const CHARS = 1024;

const checkout = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const installation = await Installation.make();
try {
  const relay = await installation.startRelay({ name: 'retention', checkout, nodeFlags: NODE_FLAGS });
  const people = await seedPeople(relay.ownerUrl, { count: 2 * PAIRS, kid: KID, secret: relay.secret });
  const client = new pg.Client({ connectionString: relay.ownerUrl });
  await client.connect();
  pin([installation.database.pid, relay.pid], SERVER_CORE);
  try {
    await measure({ adapter: 'sealpost', ...relay, people, traffic: pairTraffic(people) }, client);
  } finally {
    await client.end();
  }
} finally {
  await installation.remove();
}

async function measure(server, client) {
  await halt(client);
  const empty = await sizes(client);
  await seed(client);
  const full = await sizes(client);
  const load = { load: 'messages', rate: Number(flags.rate), chars: CHARS, warmSeconds: 2 };
  await generate(installation, server, { ...load, seconds: Number(flags.seconds) });
  const windows = { before: [], erasing: [], halted: [], compacting: [], after: [] };
  const window = async (kind) => {
    const before = await left(client);
    const figures = await generate(installation, server, { ...load, seconds: Number(flags.seconds) });
    const after = await left(client);
    windows[kind].push({ ...figures, erased: before.bodies - after.bodies, forgotten: before.rows - after.rows });
    console.log(JSON.stringify({ window: kind, ...windows[kind].at(-1), ...(await sizes(client)) }));
  };
  for (let n = 0; n < Number(flags.before); n++) await window('before');
  for (let n = 0; n < Number(flags.pairs) && (await left(client)).rows > 0; n++) {
    await goOn(client);
    await untilErasing(client);
    await window('erasing');
    await halt(client);
    await window('halted');
  }
  await goOn(client);
  await untilErased(client);
  await halt(client);
  const erased = await sizes(client);
  // What autovacuum would do, within the minute.
  await client.query('VACUUM ANALYZE entries');
  const vacuumed = await sizes(client);
  for (let n = 0; n < Number(flags.compacting); n++) {
    await goOn(client);
    await window('compacting');
    await halt(client);
    await window('after');
  }
  await client.query('VACUUM entries');
  report(windows, { empty, full, erased, vacuumed, compacted: await sizes(client) });
}

/** While this connection has the lock, no janitor works. */
async function halt(client) {
  await client.query(`SELECT pg_advisory_lock(${JANITOR_LOCK})`);
}

async function goOn(client) {
  await client.query(`SELECT pg_advisory_unlock(${JANITOR_LOCK})`);
}

/** The janitor begins a round within ten seconds: until then there is nothing to measure. */
async function untilErasing(client) {
  const before = await left(client);
  for (let now = before; now.bodies === before.bodies && now.rows === before.rows && now.rows > 0;) {
    await sleep(100);
    now = await left(client);
  }
}

async function untilErased(client) {
  while ((await left(client)).rows > 0) await sleep(10_000);
}

/** Messages that expired so long ago that not even their ids have to stay. */
async function seed(client) {
  const conversations = Math.ceil(MESSAGES / PER_CONVERSATION);
  await client.query(
    `CREATE TEMP TABLE logs AS SELECT gen_random_uuid() AS id FROM generate_series(1, ${conversations})`,
  );
  await client.query(
    `INSERT INTO conversations (id, kind, protocol, created_at, last_seq)
     SELECT id, 'group', 'opaque', now(), ${PER_CONVERSATION} FROM logs`,
  );
  // In the order in which they came, through all conversations, a second between two; ids as clients make them, by time.
  await client.query(
    `INSERT INTO entries (conversation_id, seq, id, kind, body, created_at, expires_at)
     SELECT l.id, n, (lpad(to_hex((extract(epoch FROM t.at) * 1000)::bigint), 12, '0') || '7' || substr(r.hex, 14, 3) || '8' || substr(r.hex, 18))::uuid,
            0, decode(repeat(md5(n::text), ${BODY_HEX_REPEATS}), 'hex'), t.at, t.at + interval '7 days'
     FROM generate_series(1, ${PER_CONVERSATION}) n
     CROSS JOIN (SELECT id, row_number() OVER () AS number FROM logs) l
     CROSS JOIN LATERAL (
       SELECT now() - interval '20 days' - make_interval(secs => ${MESSAGES} - (n - 1) * ${conversations} - l.number) AS at
     ) t
     CROSS JOIN LATERAL (SELECT replace(gen_random_uuid()::text, '-', '') AS hex WHERE l.number > 0) r
     ORDER BY t.at`,
  );
  await client.query('VACUUM ANALYZE entries');
}

/** Of those: with a body, and at all. */
async function left(client) {
  const { rows } = await client.query(
    `SELECT count(*) FILTER (WHERE body IS NOT NULL) AS bodies, count(*) AS rows FROM entries WHERE expires_at <= now()`,
  );
  return { bodies: Number(rows[0].bodies), rows: Number(rows[0].rows) };
}

/** In MiB: the table with its indexes, and its rows alone. */
async function sizes(client) {
  const { rows } = await client.query(
    `SELECT pg_total_relation_size('entries') AS whole, pg_relation_size('entries') AS rows`,
  );
  const mebibytes = (bytes) => rounded(Number(bytes) / 1024 ** 2);
  return { wholeMiB: mebibytes(rows[0].whole), rowsMiB: mebibytes(rows[0].rows) };
}

function report(windows, disk) {
  const rows = Object.entries(windows).map(([kind, measured]) => {
    const of = (figure) => median(measured.map((one) => one[figure]));
    return {
      kind,
      windows: measured.length,
      p50: of('p50'),
      p99: of('p99'),
      cpuMicros: of('cpuMicros'),
      erased: of('erased'),
      forgotten: of('forgotten'),
    };
  });
  console.table(rows);
  console.table(disk);
  const p99 = Object.fromEntries(rows.map((row) => [row.kind, row.p99]));
  const ratios = {
    erasing: rounded(p99.erasing / p99.halted),
    compacting: rounded(p99.compacting / p99.after),
    erasingToBefore: rounded(p99.erasing / p99.before),
  };
  console.log(JSON.stringify({ bench: 'retention', messages: MESSAGES, p99Ratios: ratios, disk }));
}

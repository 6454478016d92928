import type { AccountId, ConversationId } from '#protocol';
import { pair, TestRelay, until } from '#testing';
import { PlacedEntriesStore } from '../../apps/relay/src/entries/index.js';
import { MovesStore } from '../../apps/relay/src/nodes/moves.store.js';
import { sendReadAndSync } from './hot-statements.js';
import { groupOf } from './sending.js';
import { type Statement, statementsOf, tablesOf } from './sharding.js';

/** What runs with each message, read, sync or mark, and during an outage of the bus, finds its rows by indexes. */

const relay = TestRelay.duringTests();

const [ACCOUNTS, CONVERSATIONS, ENTRIES] = [15_000, 15_000, 20];
/** Of the conversations, those that have something in them. */
const USED = 3_000;
const LOGS = [
  'conversations',
  'members',
  'entries',
  'gaps',
  'receipts',
  'cursors',
  'account_changes',
  'accounts',
  'sessions',
];

/** Ids that say which they are: no table refers to another by a foreign key. */
const id = (kind: string, of: string): string => `md5('${kind}' || ${of})::uuid`;

const SEED = [
  `INSERT INTO accounts (id, username, display_name, created_at)
   SELECT ${id('a', 'i')}, 'seeded-' || i, 'Seeded', now() FROM generate_series(1, ${ACCOUNTS}) i`,
  `INSERT INTO conversations (id, kind, protocol, last_seq, created_at)
   SELECT ${id('c', 'i')}, 'group', 'opaque', ${ENTRIES}, now() FROM generate_series(1, ${CONVERSATIONS}) i`,
  `INSERT INTO members SELECT ${id('c', 'i')}, ${id('a', `((i * 7 + k * 13) % ${ACCOUNTS} + 1)`)}, 1, NULL, 'joined', 'member'
   FROM generate_series(1, ${CONVERSATIONS}) i, generate_series(1, 3) k`,
  `INSERT INTO entries (conversation_id, seq, id, kind, sender_account, body, created_at)
   SELECT ${id('c', 'i')}, k, gen_random_uuid(), 0, ${id('a', `((i * 7 + 13) % ${ACCOUNTS} + 1)`)}, '\\x00', now()
   FROM generate_series(1, ${USED}) i, generate_series(1, ${ENTRIES}) k`,
  `INSERT INTO gaps SELECT ${id('c', 'i')}, 1, 1, 'expired' FROM generate_series(1, ${USED}) i`,
  `INSERT INTO receipts SELECT ${id('c', 'i')}, ${id('a', 'k')}, 'read', ${ENTRIES}, now()
   FROM generate_series(1, ${USED}) i, generate_series(1, 3) k`,
  `INSERT INTO cursors SELECT ${id('d', 'k')}, ${id('c', 'i')}, 1 FROM generate_series(1, ${USED}) i, generate_series(1, 3) k`,
  `INSERT INTO account_changes SELECT ${id('a', 'i')}, 'contacts', ${id('x', 'k')}, k
   FROM generate_series(1, ${USED}) i, generate_series(1, 3) k`,
  `INSERT INTO sessions (id, account_id, device_id, transport, created_at, last_used_at, expires_at)
   SELECT ${id('s', 'i')}, ${id('a', 'i')}, ${id('d', 'i')}, 'body', now(), now(), now() FROM generate_series(1, ${ACCOUNTS}) i`,
  'ANALYZE',
];

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly Plan[];
}

beforeAll(async () => {
  await until(async () => (await fetch(`${relay.url}/health/ready`)).ok, 'the relay has prepared its database');
  for (const statement of SEED) await relay.query(statement);
});

/** Log tables that a statement reads from end to end: by its plan, and by what PostgreSQL counts in the functions that it calls. */
async function readWhole(statement: Statement): Promise<string[]> {
  const rows = await relay.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
    `EXPLAIN (FORMAT JSON) ${statement.text}`,
    statement.values,
  );
  const planned = rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => scannedIn(Plan)));
  const read = await tablesOf(relay, statement, 'seq_scan');
  return [...planned, ...read.filter((name) => LOGS.includes(name))];
}

function scannedIn(plan: Plan): string[] {
  const name = plan['Relation Name'] ?? '';
  const own = plan['Node Type'] === 'Seq Scan' && LOGS.includes(name) ? [name] : [];
  return [...own, ...(plan.Plans ?? []).flatMap(scannedIn)];
}

async function offenders(statements: readonly Statement[]): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const statement of statements.filter(({ text }) => /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)/.test(text))) {
    const tables = await readWhole(statement);
    if (tables.length > 0) found.push([tables, statement.text]);
  }
  return found;
}

describe('no table of logs or accounts is read from end to end', () => {
  it('by sending, reading, marking and syncing', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    const second = await groupOf(ada, [bob]);
    const all = await statementsOf(() => sendReadAndSync(ada, bob, [conversationId, second]));
    expect(all.some(({ text }) => text.includes('append_entry'))).toBe(true);
    expect(await offenders(all)).toEqual([]);
  });

  it('by the look for who has missed something while the bus is down, by either measure (ADR 18, ADR 22)', async () => {
    const rows = await relay.query<{ id: AccountId }>('SELECT id FROM accounts ORDER BY id LIMIT 10');
    const accounts = rows.map((row) => row.id);
    const moves = relay.part(MovesStore);
    const all = await statementsOf(async () => {
      const { horizon } = await moves.moment();
      expect(await moves.moved(accounts, horizon)).toEqual([]);
      expect((await moves.marks(accounts)).size).toBe(accounts.length);
    });
    expect(all).toHaveLength(4);
    expect(await offenders(all)).toEqual([]);
  });

  it('by the look for entries that another relay has pushed', async () => {
    const rows = await relay.query<{ id: ConversationId }>('SELECT id FROM conversations ORDER BY id LIMIT 20');
    const places = rows.map((row) => ({ conversationId: row.id, seq: 3 }));
    const all = await statementsOf(() => relay.part(PlacedEntriesStore).at(places));
    expect(await offenders(all)).toEqual([]);
  });
});

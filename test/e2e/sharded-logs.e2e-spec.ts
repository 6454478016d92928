import { pair, people, TestRelay, type TestUser } from '#testing';
import { HOT_STATEMENTS, hotStatement, sendReadAndSync } from './hot-statements.js';
import { JANITOR_STATEMENTS } from './janitor-statements.js';
import { draftsOf, groupOf, sendBurst } from './sending.js';
import { listed, mayReach, severalServers } from './shard-keys.js';
import { distribute, isOfTables, shardsOf, type Statement, statementsOf } from './sharding.js';

/**
 * A relay whose logs are distributed by conversation (DATABASE_SHARDS, docs/scaling.md), over partitions of one server instead of the
 * servers of a Citus cluster.
 */

const relay = TestRelay.duringTests({ environment: { DATABASE_SHARDS: 'conversation' } });
beforeAll(() => distribute(relay));

const CONVERSATIONS = 12;
const DRAFTS = 25;

/** What runs by itself, meanwhile or not: `sharded-retention` and docs/scaling.md say what it does. */
const isOfJanitors = ({ text }: Statement): boolean =>
  /SKIP LOCKED|\battachments\b/.test(text) || JANITOR_STATEMENTS.some(({ is }) => is.test(text));

const appendsIn = (statements: readonly Statement[]) => statements.filter(({ text }) => text.includes('append_'));

async function conversationsOf(owner: TestUser, other: TestUser): Promise<string[]> {
  const made: string[] = [];
  while (made.length < CONVERSATIONS) made.push(await groupOf(owner, [other]));
  return made;
}

describe('the writer', () => {
  it('sends one statement for each conversation, keeps the order in each, and knows every repeat', async () => {
    const [ada, bob] = await people(relay, 2);
    const conversations = await conversationsOf(ada, bob);
    const sockets = await Promise.all([ada.socket(), bob.socket()]);
    const drafts = new Map(conversations.map((id) => [id, sockets.map(() => draftsOf(DRAFTS))]));
    const sendAll = (): Promise<unknown> =>
      Promise.all(
        conversations.flatMap((id) =>
          sockets.map(async (socket, sender) => sendBurst(socket, id, drafts.get(id)?.[sender] ?? [])),
        ),
      );
    const appends = appendsIn(await statementsOf(sendAll));
    for (const { text, values } of appends) {
      expect(text).toContain('append_to_conversation($1');
      expect(conversations).toContain(values[0]);
    }
    expect(new Set(appends.map(({ values }) => values[0])).size).toBe(CONVERSATIONS);
    // Batches, not a statement for each message.
    expect(appends.length).toBeLessThan((CONVERSATIONS * DRAFTS * 2) / 4);

    await sendAll();
    for (const [id, [ofAda = [], ofBob = []]] of drafts) {
      const rows = await relay.query<{ seq: string; id: string; kind: number }>(
        'SELECT seq, id, kind FROM entries WHERE conversation_id = $1 ORDER BY seq',
        [id],
      );
      expect(rows.map(({ seq }) => Number(seq))).toEqual(rows.map((_row, index) => index + 1));
      const stored = rows.filter(({ kind }) => kind === 0).map((row) => row.id);
      for (const sent of [ofAda, ofBob].map((list) => list.map((draft) => draft.id)))
        expect(stored.filter((one) => sent.includes(one))).toEqual(sent);
      expect(stored).toHaveLength(DRAFTS * 2);
    }
    for (const socket of sockets) socket.close();
  });
});

describe('the tables that are distributed', () => {
  it('have their key in every primary key and unique index, and in no foreign key but whole', async () => {
    const keys = await relay.query<{ name: string; unique: string; has_key: boolean }>(
      `SELECT d.name, i.indexrelid::regclass::text AS unique, d.key = ANY (
         SELECT a.attname FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
       ) AS has_key
       FROM distributed d JOIN pg_index i ON i.indrelid = d.name::regclass AND i.indisunique`,
    );
    expect(keys.length).toBeGreaterThanOrEqual(8);
    expect(keys.filter(({ has_key: hasKey }) => !hasKey)).toEqual([]);
    const others = await relay.query(
      `SELECT conname FROM pg_constraint, distributed d
       WHERE contype = 'f' AND (conrelid = d.name::regclass OR confrelid = d.name::regclass)
       UNION ALL SELECT tgname FROM pg_trigger, distributed d WHERE tgrelid = d.name::regclass AND NOT tgisinternal`,
    );
    expect(others).toEqual([]);
  });

  it('are all that is keyed by a conversation, but for what docs/scaling.md says stays', async () => {
    const rows = await relay.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name = 'conversation_id' AND table_name !~ '_shard_' AND table_name NOT IN (SELECT name FROM distributed)
       ORDER BY 1`,
    );
    for (const { name } of rows) expect(severalServers()).toContain(`\`${name}\``);
    const distributed = await relay.query<{ name: string; key: string; beside: string }>('SELECT * FROM distributed');
    for (const { name, key, beside } of distributed) {
      expect(key).toBe(name === 'conversations' ? 'id' : 'conversation_id');
      expect(beside).toBe(name === 'conversations' ? 'none' : 'conversations');
    }
  });
});

describe('the hot statements', () => {
  it('stand in docs/scaling.md, each with its key and where it goes', () => {
    const rows = listed();
    for (const { name, key, reach } of HOT_STATEMENTS) expect(rows).toContainEqual([name, key, reach]);
  });

  it('are all that sending, reading, marking and syncing does, and go where the list says', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    const [first, second] = [await ada.directWith(bob), await groupOf(ada, [bob])];
    expect(first).toBe(conversationId);
    const all = await statementsOf(() => sendReadAndSync(ada, bob, [conversationId, second]));
    const seen = new Set<string>();
    const wrong: unknown[] = [];
    const asked = all.filter((statement) => isOfTables(statement) && !isOfJanitors(statement));
    for (const statement of asked) {
      const hot = hotStatement(statement);
      const shards = await shardsOf(relay, statement);
      if (hot !== undefined) seen.add(hot.name);
      // One that is not on the list may do what it likes at the coordinator.
      if (hot === undefined ? shards.length > 0 : !mayReach(hot.reach, shards))
        wrong.push([hot?.name, shards, statement.text]);
    }
    expect(wrong).toEqual([]);
    expect(HOT_STATEMENTS.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([]);
  });

  it('of a log read page after page, past what fits, give all of it, in order', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    const bodies = Array.from({ length: 14 }, (_none, index) => String.fromCharCode(97 + index).repeat(40_000));
    const ids: string[] = [];
    for (const body of bodies) ids.push((await ada.send(conversationId, body)).body.id as string);
    const { items } = await bob.syncAll();
    expect(items[conversationId]?.map((item) => ('id' in item ? item.id : item))).toEqual(ids);
  });
});

import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { v7 } from 'uuid';
import type { AccountId, ConversationId, DeviceId, EntryId, SessionId } from '#protocol';
import { TestRelay, TestUser, until } from '#testing';
import { AppendStore } from '../../apps/relay/src/entries/append.store.js';
import type { Draft } from '../../apps/relay/src/entries/draft.js';
import { EntryWriter } from '../../apps/relay/src/entries/entry-writer.js';
import { groupOf } from './sending.js';

/** A message, and the log it is for. */
interface Written {
  readonly log: string;
  readonly id: string;
}

interface Read extends Written {
  /** Its position in the log. */
  readonly seq: number;
}

/** Something that claims that a reader who follows it by a cursor misses nothing. */
interface LogsUnderTest {
  readonly logs: readonly string[];
  write(writer: number, batch: readonly Written[]): Promise<void>;
  /** What came after all that was read before. */
  readOn(): Promise<readonly Read[]>;
}

interface Verdict {
  readonly read: number;
  readonly missed: number;
  readonly doubled: number;
  readonly tornLogs: number;
}

const WRITERS = 12;
const MESSAGES_IN_A_ROW = 20;

/** Writers write at once while one reader follows; then says what the reader missed. */
async function race(logs: LogsUnderTest, size: { messages: number; batch: number }): Promise<Verdict> {
  const perWriter = Math.ceil(size.messages / WRITERS);
  const written: Written[][] = Array.from({ length: WRITERS }, (_none, writer) =>
    Array.from({ length: perWriter }, (_nothing, index) => ({ log: logOf(logs, writer, index), id: v7() })),
  );
  let writing = true;
  const writers = Promise.all(
    written.map((messages, writer) => writeAll(logs, writer, { messages, batch: size.batch })),
  ).finally(() => (writing = false));
  const reading = follow(logs, () => writing);
  await writers;
  return judge(written.flat(), await reading);
}

/** Each writer stays with a log for some messages, then goes to the next: many meet in each. */
function logOf({ logs }: LogsUnderTest, writer: number, index: number): string {
  return logs[(writer + Math.floor(index / MESSAGES_IN_A_ROW)) % logs.length]!;
}

async function writeAll(
  logs: LogsUnderTest,
  writer: number,
  { messages, batch }: { messages: readonly Written[]; batch: number },
): Promise<void> {
  for (let from = 0; from < messages.length; from += batch)
    await logs.write(writer, messages.slice(from, from + batch));
}

/** Reads on until there is nothing more after the last writer ended. */
async function follow(logs: LogsUnderTest, isWriting: () => boolean): Promise<Read[]> {
  const read: Read[] = [];
  for (;;) {
    const mayBeLast = !isWriting();
    const page = await logs.readOn();
    read.push(...page);
    if (mayBeLast && page.length === 0) return read;
  }
}

function judge(written: readonly Written[], read: readonly Read[]): Verdict {
  const times = new Map<string, number>();
  for (const { log, id } of read) times.set(`${log}/${id}`, (times.get(`${log}/${id}`) ?? 0) + 1);
  return {
    read: read.length,
    missed: written.filter(({ log, id }) => !times.has(`${log}/${id}`)).length,
    doubled: [...times.values()].filter((count) => count > 1).length,
    tornLogs: tornLogs(read),
  };
}

/** Logs that did not come as 1, 2, 3 … */
function tornLogs(read: readonly Read[]): number {
  const next = new Map<string, number>();
  const torn = new Set<string>();
  for (const { log, seq } of read) {
    if (seq !== (next.get(log) ?? 1)) torn.add(log);
    next.set(log, seq + 1);
  }
  return torn.size;
}

/** Writers that wait for each other's conversations hold eight of its connections; nobody is to wait for one, too. */
const relay = TestRelay.duringTests({ environment: { DATABASE_POOL_SIZE: '20' } });

/** The relay's logs: two thirds of the writers append on pooled connections of their own, the rest through the writer. */
async function relayLogs(): Promise<LogsUnderTest> {
  const users: TestUser[] = [];
  for (let index = 0; index <= WRITERS; index++) users.push(await TestUser.register(relay));
  const reader = users.pop()!;
  const logs = await Promise.all(Array.from({ length: 8 }, () => groupOf(users[0]!, [...users.slice(1), reader])));
  const [store, entryWriter] = [relay.part(AppendStore), relay.part(EntryWriter)];
  const cursors: Record<string, number> = {};
  return {
    logs,
    async write(writer, batch) {
      const drafts = batch.map((message) => draftFor(users[writer]!, message));
      if (writer % 3 === 0) await Promise.all(drafts.map((draft) => entryWriter.append(draft)));
      else await appendAll(store, drafts);
    },
    async readOn() {
      const reply = await reader.request('POST', '/sync', { revision: 0, cursors });
      const read: Read[] = [];
      for (const { conversationId, upTo, items } of reply.body.conversations) {
        cursors[conversationId] = upTo;
        for (const { seq, id } of items) read.push({ log: conversationId, id, seq });
      }
      return read;
    },
  };
}

/** What finds its conversation held for longer than the store waits is tried again, as the writer does. */
async function appendAll(store: AppendStore, drafts: readonly Draft[]): Promise<void> {
  for (let rest = drafts; rest.length > 0;) {
    const outcomes = await store.append(rest, true);
    rest = rest.filter((_draft, index) => outcomes[index]!.kind === 'locked');
  }
}

function draftFor({ signedIn }: TestUser, { log, id }: Written): Draft {
  const sender = {
    accountId: signedIn.account.id as AccountId,
    username: signedIn.account.username,
    deviceId: signedIn.device.id as DeviceId,
    sessionId: signedIn.sessionId as SessionId,
  };
  return { conversationId: log as ConversationId, id: id as EntryId, sender, body: Buffer.from(id), lifetimeMs: 0 };
}

/** The planted mistake: one sequence for all logs, polled by `id > cursor`, though ids commit in another order than they are given. */
async function globalIdLogs(pool: pg.Pool): Promise<LogsUnderTest> {
  const table = `planted_${randomUUID().replaceAll('-', '')}`;
  await pool.query(`CREATE TABLE ${table} (id bigserial PRIMARY KEY, log text NOT NULL, message uuid NOT NULL)`);
  const heads = new Map<string, number>();
  let cursor = '0';
  return {
    logs: Array.from({ length: 8 }, (_none, index) => `log ${index}`),
    async write(_writer, batch) {
      const client = await pool.connect();
      await client.query('BEGIN');
      for (const { log, id } of batch)
        await client.query(`INSERT INTO ${table} (log, message) VALUES ($1, $2)`, [log, id]);
      await client.query('COMMIT');
      client.release();
    },
    async readOn() {
      const { rows } = await pool.query<{ id: string; log: string; message: string }>(
        `SELECT * FROM ${table} WHERE id > $1 ORDER BY id LIMIT 500`,
        [cursor],
      );
      cursor = rows.at(-1)?.id ?? cursor;
      return rows.map(({ log, message }) => {
        heads.set(log, (heads.get(log) ?? 0) + 1);
        return { log, id: message, seq: heads.get(log)! };
      });
    },
  };
}

/** How many connections to PostgreSQL the relay has open right now. */
async function pooledConnections(): Promise<number> {
  const [row] = await relay.query<{ count: string }>(
    `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'sealpost'`,
  );
  return Number(row!.count);
}

test('12 writers on 8 conversations, 100,000 messages: a reader who follows misses none, doubles none, in order', async () => {
  const racing = race(await relayLogs(), { messages: 100_000, batch: 40 });
  await until(async () => (await pooledConnections()) >= 3, 'the writers share at least three connections');
  // Each log begins with the entry that made the group.
  expect(await racing).toEqual({
    read: WRITERS * Math.ceil(100_000 / WRITERS) + 8,
    missed: 0,
    doubled: 0,
    tornLogs: 0,
  });
}, 120_000);

test('the same race catches logs that are followed by a global id', async () => {
  const pool = new pg.Pool({ connectionString: relay.database.ownerUrl, max: WRITERS + 1 });
  try {
    const verdict = await race(await globalIdLogs(pool), { messages: 12_000, batch: 10 });
    expect(verdict.missed).toBeGreaterThan(0);
  } finally {
    await pool.end();
  }
});

import { draftOf, people, TestRelay, type TestUser, until } from '#testing';
import { Janitor } from '../../apps/relay/src/retention/janitor.service.js';
import { add } from './conversing.js';
import { JANITOR_STATEMENTS } from './janitor-statements.js';
import { renew } from './renewal.js';
import { agree, shown, stores, sweep } from './retention.js';
import { groupOf, sendBurst } from './sending.js';
import { listed, mayReach } from './shard-keys.js';
import { distribute, isOfTables, shardsOf, shardsPlanned, statementsOf } from './sharding.js';

/**
 * The janitor of a relay whose logs are distributed by conversation (DATABASE_SHARDS, docs/scaling.md), over partitions of one server
 * instead of the servers of a Citus cluster.
 */

const SHARDED = { DATABASE_SHARDS: 'conversation' };
/** What is delivered goes after three hours, everything after two days. */
const STRICT = { RETENTION_MAX_DAYS: '2', RETENTION_DELIVERED: 'always', RETENTION_DELIVERED_HOURS: '3' };
const MINUTE_MS = 61_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const relay = TestRelay.duringTests({ environment: SHARDED });
beforeAll(() => distribute(relay));

/** Seconds for which the messages of each conversation live, 0 for ever. One has more than fit in a batch. */
const LIVES = [[180, 60, 120, 60, 180, 0], [60, 60, 0, 120], [0, 60], Array.from({ length: 60 }, () => 60), [0, 0]];

interface Logs {
  readonly relay: TestRelay;
  readonly users: readonly [TestUser, TestUser];
  readonly ids: readonly string[];
}

/** A conversation of two people for each list of lives. The members stand at 1. */
async function logsOf(where: TestRelay, lives: readonly (readonly number[])[]): Promise<Logs> {
  const [ada, bob] = await people(where, 2);
  const socket = await ada.socket();
  const ids: string[] = [];
  for (const list of lives) {
    const id = await groupOf(ada, [bob]);
    const drafts = list.map((life) => draftOf('message', life === 0 ? {} : { expiresIn: life }));
    await sendBurst(socket, id, drafts);
    ids.push(id);
  }
  socket.close();
  return { relay: where, users: [ada, bob], ids };
}

/** Time passes, and the tokens of then are good again. */
async function pass({ relay: { clock }, relay: where, users }: Logs, ms: number): Promise<void> {
  clock.advance(ms);
  for (const user of users) await renew(where, user);
}

const viewOf = ({ users: [, bob], ids }: Logs): Promise<unknown[][]> => Promise.all(ids.map((id) => shown(bob, id)));

/** Bodies, and then rows, that are left of messages. */
async function left({ relay: where, ids }: Logs): Promise<number[]> {
  const [row] = await where.query<{ bodies: string; rows: string }>(
    'SELECT count(body) AS bodies, count(*) AS rows FROM entries WHERE conversation_id = ANY ($1) AND kind = 0',
    [ids],
  );
  return [Number(row?.bodies), Number(row?.rows)];
}

/** Also when a round of the relay's own has its turn in between. */
async function sweepUntil(where: TestRelay, logs: Logs, bodies: number, rows?: number): Promise<void> {
  await until(
    async () => {
      await sweep(where);
      const found = await left(logs);
      return found[0] === bodies && (rows === undefined || found[1] === rows);
    },
    `${String(bodies)} messages are left`,
    20_000,
  );
}

describe('a log that is distributed', () => {
  const one = TestRelay.duringTests();

  /** What its reader is shown as time goes on, and the gaps that are stored in the end. */
  async function expiring(where: TestRelay): Promise<unknown> {
    const logs = await logsOf(where, LIVES);
    const seen: unknown[] = [];
    for (const bodies of [9, 7, 5]) {
      await pass(logs, MINUTE_MS);
      await sweepUntil(where, logs, bodies);
      seen.push(await viewOf(logs));
    }
    await pass(logs, DAY_MS);
    await sweepUntil(where, logs, 5, 5);
    const gaps = await Promise.all(
      logs.ids.map((id) =>
        where.query('SELECT from_seq, to_seq, reason FROM gaps WHERE conversation_id = $1 ORDER BY from_seq', [id]),
      ),
    );
    return [...seen, await viewOf(logs), gaps];
  }

  it('loses what expires, and then its rows, and has the gaps that it would have on one server', async () => {
    const distributed = await expiring(relay);
    expect(distributed).toEqual(await expiring(one));
    expect((distributed as unknown[]).at(-1)).toEqual([
      [{ from_seq: '2', to_seq: '6', reason: 'expired' }],
      [
        { from_seq: '2', to_seq: '3', reason: 'expired' },
        { from_seq: '5', to_seq: '5', reason: 'expired' },
      ],
      [{ from_seq: '3', to_seq: '3', reason: 'expired' }],
      [{ from_seq: '2', to_seq: '61', reason: 'expired' }],
      [],
    ]);
  });

  /** Of two conversations, one is stored by all devices but for its last messages, the other by one person only. */
  async function bounded(where: TestRelay, environment: Record<string, string>): Promise<unknown> {
    const logs = await logsOf(where, [Array.from({ length: 30 }, () => 0), [0, 0, 0]]);
    const [[ada, bob], [first = '', second = '']] = [logs.users, logs.ids];
    const tablet = await bob.onNewDevice();
    const strict = await TestRelay.start({ beside: where, environment: { ...environment, ...STRICT } });
    const seen: unknown[] = [];
    try {
      for (const device of [ada, bob]) await stores(device, first, 31);
      await stores(tablet, first, 29);
      await stores(ada, second, 4);
      await pass(logs, 3 * HOUR_MS);
      await sweepUntil(strict, logs, 5);
      seen.push(await viewOf(logs));
      await pass(logs, 2 * DAY_MS);
      await sweepUntil(strict, logs, 0);
      seen.push(await viewOf(logs));
    } finally {
      await strict.stop();
    }
    return seen;
  }

  it('loses what is delivered to all, and what is older than anything may be, as on one server', async () => {
    const distributed = await bounded(relay, SHARDED);
    expect(distributed).toEqual(await bounded(one, {}));
    expect(distributed).toEqual([
      [
        ['members', [2, 29, 'delivered'], 30, 31],
        ['members', 2, 3, 4],
      ],
      [
        ['members', [2, 29, 'delivered'], [30, 31, 'expired']],
        ['members', [2, 4, 'expired']],
      ],
    ]);
  });
});

describe('a message that members want to be erased when it is delivered', () => {
  it('is, once every device has it, and waits for who has none, unless they came later', async () => {
    const logs = await logsOf(relay, [[0, 0], [0]]);
    const [[ada, bob], [wanted = '', kept = '']] = [logs.users, logs.ids];
    await agree(ada, wanted, { afterDelivery: true });
    const tablet = await bob.onNewDevice();
    for (const id of [wanted, kept]) for (const device of [ada, bob]) await stores(device, id, 3);
    await pass(logs, DAY_MS);
    await sweep(relay);
    expect(await left(logs)).toEqual([3, 3]);
    await bob.request('DELETE', `/devices/${tablet.deviceId}`);
    const [late] = await people(relay, 1);
    await add(ada, wanted, late);
    await sweepUntil(relay, logs, 1);
    expect((await shown(bob, wanted)).slice(0, 3)).toEqual(['members', [2, 3, 'delivered'], 'retention']);
    expect(await shown(bob, kept)).toEqual(['members', 2]);
  });
});

describe('the janitor of logs that are distributed', () => {
  it('names one conversation in each statement that writes, locks nothing over several, and goes where docs/scaling.md says', async () => {
    const logs = await logsOf(relay, [...LIVES, [0], [0]]);
    const [[ada, bob], ids] = [logs.users, logs.ids];
    for (const device of [ada, bob]) await stores(device, ids.at(-1) ?? '', 2);
    await pass(logs, MINUTE_MS);
    const strict = await TestRelay.start({ beside: relay, environment: { ...SHARDED, ...STRICT } });
    try {
      const all = await statementsOf(async () => {
        await sweepUntil(strict, logs, 11);
        await pass(logs, DAY_MS + HOUR_MS);
        await sweepUntil(strict, logs, 6, 7);
        await pass(logs, DAY_MS);
        await sweepUntil(strict, logs, 0);
      });
      const conversations = new Set(
        (await relay.query<{ id: string }>('SELECT id FROM conversations')).map(({ id }) => id),
      );
      const seen = new Set<string>();
      const wrong: unknown[] = [];
      for (const statement of all.filter((one) => isOfTables(one) && !/\battachments\b/.test(one.text))) {
        const known = JANITOR_STATEMENTS.find(({ is }) => is.test(statement.text));
        if (known === undefined) continue;
        seen.add(known.name);
        const shards = new Set([...(await shardsPlanned(relay, statement)), ...(await shardsOf(relay, statement))]);
        const named = statement.values.filter((value) => conversations.has(String(value)));
        const isOfOne = known.reach === 'one shard';
        const isFree = !/\b(INSERT|UPDATE|DELETE|LOCKED)\b/.test(statement.text);
        if (!mayReach(known.reach, [...shards]) || (isOfOne ? named.length !== 1 : !isFree))
          wrong.push([known.name, [...shards], named, statement.text]);
      }
      expect(wrong).toEqual([]);
      expect(JANITOR_STATEMENTS.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([]);
      expect(all.filter(({ text }) => /\b(entries|gaps)\b[^]*SKIP LOCKED/.test(text))).toEqual([]);
    } finally {
      await strict.stop();
    }
    for (const { name, key, reach } of JANITOR_STATEMENTS) expect(listed()).toContainEqual([name, key, reach]);
  });

  it('is one at a time: while another relay has its turn, it erases nothing', async () => {
    const logs = await logsOf(relay, [[60], [60]]);
    relay.clock.advance(MINUTE_MS);
    const other = await relay.connection();
    try {
      await other.query('SELECT pg_advisory_lock(7325641, 2)');
      await sweep(relay);
      expect(await left(logs)).toEqual([2, 2]);
    } finally {
      await other.query('SELECT pg_advisory_unlock(7325641, 2)');
      other.release();
    }
    await sweepUntil(relay, logs, 0);
  });

  it('moves nothing within a table that is on several servers', async () => {
    const asked = await statementsOf(() => relay.part(Janitor).compact());
    expect(asked.filter(({ text }) => /pg_relation_size|ctid/.test(text))).toEqual([]);
  });
});

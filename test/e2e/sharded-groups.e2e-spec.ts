import { people, TestRelay, type TestUser } from '#testing';
import { MlsGroup } from './mls-group.js';
import { distribute, isOfTables, shardsPlanned, type Statement, statementsOf } from './sharding.js';

/**
 * MLS groups of a relay whose logs are distributed by conversation (DATABASE_SHARDS, docs/scaling.md), over partitions of one server
 * instead of the servers of a Citus cluster. It locks rows of one shard only, and lets no statement that changes a shard look at
 * tables which stand at the coordinator.
 */

const relay = TestRelay.duringTests({ environment: { DATABASE_SHARDS: 'conversation' } });
beforeAll(() => distribute(relay));

const GROUPS = 3;
/** Which conversations an account or a device is in, and with whom, is asked of all shards. */
const OF_ALL = [
  /^\s*WITH mine AS/,
  /^SELECT account_id FROM members WHERE account_id = ANY \(\$1\)/,
  /^SELECT conversation_id FROM mls_leaves WHERE device_id = \$1/,
  /JOIN members theirs ON theirs\.conversation_id = mine\.conversation_id/,
];
const SHUTS = /^UPDATE conversations SET removal_pending = true WHERE id = ANY \(\$1\)$/;

interface Scene {
  readonly ada: TestUser;
  readonly grace: TestUser;
  readonly alan: TestUser;
  readonly phone: TestUser;
  readonly groups: readonly MlsGroup[];
}

/** Three people in groups, to each of which one has added a second device. */
async function sceneOf(): Promise<Scene> {
  const [ada, grace, alan] = await people(relay, 3);
  const phone = await grace.onNewDevice();
  const groups: MlsGroup[] = [];
  while (groups.length < GROUPS) groups.push(await MlsGroup.with(ada, grace, alan));
  for (const group of groups) await group.done(grace, { from: 1, add: [phone] });
  return { ada, grace, alan, phone, groups };
}

const dueIn = async (group: MlsGroup, user: TestUser): Promise<number[]> =>
  (await group.seenBy(user)).group.due.map(({ leaf }: { leaf: number }) => leaf);

/** Revokes the device, takes it and a member out of each group, and writes to them. */
async function revokeAndGoOn({ ada, grace, alan, phone, groups }: Scene): Promise<void> {
  await grace.request('DELETE', `/devices/${phone.deviceId}`);
  for (const group of groups) {
    expect((await group.send(grace)).body.code).toBe('removal_pending');
    expect(await dueIn(group, ada)).toEqual([3]);
    await group.done(ada, { remove: [2, 3], leaving: [alan] });
    expect(await dueIn(group, ada)).toEqual([]);
    expect((await group.send(grace)).status).toBe(201);
  }
}

async function tablesNamed(where: 'distributed' | 'coordinator'): Promise<RegExp> {
  const rows = await relay.query<{ name: string }>(
    where === 'distributed'
      ? 'SELECT name FROM distributed'
      : `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname !~ '_shard_'`,
  );
  return new RegExp(String.raw`\b(?:FROM|JOIN|UPDATE|INTO|USING)\s+(?:${rows.map(({ name }) => name).join('|')})\b`);
}

/** What it says of rows of logs, of which `changes` are to be kept, or locked. */
async function ofLogs(statements: readonly Statement[]): Promise<{ changes: Statement[]; reads: Statement[] }> {
  const distributed = await tablesNamed('distributed');
  const all = statements.filter((statement) => isOfTables(statement) && distributed.test(statement.text));
  const isChange = ({ text }: Statement): boolean => /\b(?:INSERT|UPDATE|DELETE)\b/.test(text);
  return { changes: all.filter(isChange), reads: all.filter((statement) => !isChange(statement)) };
}

describe('an MLS group that is distributed', () => {
  it('is shut while a leaf is due, also in many conversations at once, and goes on when it is out', async () => {
    const scene = await sceneOf();
    const { changes, reads } = await ofLogs(await statementsOf(() => revokeAndGoOn(scene)));
    const coordinator = await tablesNamed('coordinator');
    const wrong: unknown[] = [];
    for (const statement of changes) {
      const { text, values } = statement;
      // It is a change of each, and no lock that waits: Citus sends it to the servers of all that it names.
      const mayBeMany = SHUTS.test(text);
      const shards = text.startsWith('INSERT') ? [] : await shardsPlanned(relay, statement);
      if ((shards.length > 1 && !mayBeMany) || coordinator.test(text)) wrong.push([shards, text]);
      const ids = mayBeMany ? values[0] : [values[0]];
      expect(scene.groups.map(({ id }) => id)).toEqual(expect.arrayContaining(ids as string[]));
    }
    for (const statement of reads) {
      const shards = await shardsPlanned(relay, statement);
      if (shards.length > 1 && !OF_ALL.some((is) => is.test(statement.text))) wrong.push([shards, statement.text]);
    }
    expect(wrong).toEqual([]);
    expect(changes.filter(({ text }) => SHUTS.test(text))).toHaveLength(1);
    expect(changes.some(({ text }) => text.includes('FOR NO KEY UPDATE'))).toBe(true);
  });
});

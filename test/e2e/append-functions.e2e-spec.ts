import { randomUUID } from 'node:crypto';
import { TestRelay, until } from '#testing';

/** The append to one conversation, and that of one message, answer and store what the append to several does. */

const relay = TestRelay.duringTests();

interface Actor {
  readonly account: string;
  readonly device: string;
  readonly session: string;
}

const actor = (): Actor => ({ account: randomUUID(), device: randomUUID(), session: randomUUID() });
const [ada, bob, invited, stranger, signedOut] = [actor(), actor(), actor(), actor(), actor()];
const everybody = [ada, bob, invited, stranger, signedOut];
const [OF_ADA, OF_BOB] = [randomUUID(), randomUUID()];

const PLACES = [
  [0, 5],
  [0, 3],
  [0, 2],
  [1, 5],
  [0, 6],
  [null, null],
] as const;

/** Every actor, with sessions of their own and of others, new ids and such as are taken, in every epoch. */
const DRAFTS = everybody.flatMap((sender) =>
  [sender.session, ada.session, signedOut.session].flatMap((session) =>
    [undefined, OF_ADA, OF_BOB].flatMap((id) =>
      PLACES.map(([generation, epoch], index) => ({
        ...sender,
        session,
        id: id ?? randomUUID(),
        generation,
        epoch,
        lifetime: [0, 1_000, 10_000_000][index % 3],
      })),
    ),
  ),
);

const KINDS = {
  'of any content': "protocol = 'opaque'",
  'that keeps messages for a time': "protocol = 'opaque', expire_after_seconds = 60",
  'that is an MLS group': "protocol = 'mls', epoch = 5",
  'that has had a removal': "protocol = 'mls', epoch = 5, min_epoch = 4",
  'from which a leaf has to be removed': "protocol = 'mls', epoch = 5, removal_pending = true",
};

async function conversation(columns: string): Promise<string> {
  const id = randomUUID();
  await relay.query(
    `INSERT INTO conversations (id, kind, protocol, last_seq, roster_seq, created_at) VALUES ($1, 'group', 'opaque', 2, 1, now())`,
    [id],
  );
  await relay.query(`UPDATE conversations SET ${columns} WHERE id = $1`, [id]);
  for (const [{ account }, state] of [
    [ada, 'joined'],
    [bob, 'joined'],
    [signedOut, 'joined'],
    [invited, 'invited'],
  ] as const)
    await relay.query(`INSERT INTO members VALUES ($1, $2, 1, NULL, $3, 'member')`, [id, account, state]);
  for (const [seq, entry, { account, device }] of [
    [1, OF_ADA, ada],
    [2, OF_BOB, bob],
  ] as const)
    await relay.query(
      `INSERT INTO entries (conversation_id, seq, id, kind, sender_account, sender_device, body, created_at)
       VALUES ($1, $2, $3, 0, $4, $5, '', '2026-01-01T00:00:00Z')`,
      [id, seq, entry, account, device],
    );
  await relay.query('INSERT INTO mls_leaves VALUES ($1, 0, $2, $3)', [id, ada.account, ada.device]);
  return id;
}

const COLUMNS =
  '$2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::bytea[], $7::bigint[], $8::bigint[], $9::bigint[], $10::timestamptz, $11::boolean';
const AT = '2026-11-30T00:00:00Z';
const OF_SEVERAL = `append_entries(ARRAY[$1::uuid], array_fill(1::bigint, ARRAY[cardinality($2::uuid[])]), ${COLUMNS})`;
const OF_ONE = `append_to_conversation($1::uuid, ${COLUMNS})`;
const OF_A_DRAFT = `append_entry($1, ($2::uuid[])[1], ($3::uuid[])[1], ($4::uuid[])[1], ($5::uuid[])[1], ($6::bytea[])[1],
  ($7::bigint[])[1], ($8::bigint[])[1], ($9::bigint[])[1], $10)`;

/** What a function answers, and what then stands in the log; all of it is taken back. */
async function outcomeOf(call: string, id: string, { wait = false, isPlaced = true } = {}): Promise<unknown> {
  return outcomeOfCalls([{ call, values: [id, ...columnsOf(DRAFTS, isPlaced), AT, wait] }], id);
}

/** The same, of each draft on its own, one after the other. */
async function outcomeOfEach(call: string, id: string, wait: readonly boolean[]): Promise<unknown> {
  const calls = DRAFTS.map((draft) => ({ call, values: [id, ...columnsOf([draft]), AT, ...wait] }));
  return outcomeOfCalls(calls, id);
}

function columnsOf(drafts: typeof DRAFTS, isPlaced = true): unknown[][] {
  return [
    drafts.map((draft) => draft.id),
    drafts.map(({ account }) => account),
    drafts.map(({ device }) => device),
    drafts.map(({ session }) => session),
    drafts.map((draft) => Buffer.from(draft.id)),
    drafts.map(({ lifetime }) => lifetime),
    isPlaced ? drafts.map(({ generation }) => generation) : [],
    isPlaced ? drafts.map(({ epoch }) => epoch) : [],
  ];
}

async function outcomeOfCalls(calls: readonly { call: string; values: unknown[] }[], id: string): Promise<unknown> {
  const connection = await relay.connection();
  try {
    await connection.query('BEGIN');
    const answers = [];
    for (const { call, values } of calls) {
      const sql = `SELECT n, code, seq, at_ms, roster FROM ${call} WHERE code <> 4 ORDER BY n`;
      answers.push(...(await connection.query(sql, values)).rows);
    }
    const { rows: log } = await connection.query('SELECT * FROM entries WHERE conversation_id = $1 ORDER BY seq', [id]);
    const { rows: heads } = await connection.query('SELECT * FROM conversations WHERE id = $1', [id]);
    return { answers, log, heads };
  } finally {
    await connection.query('ROLLBACK');
    connection.release();
  }
}

const codesIn = (outcome: unknown): number[] => [
  ...new Set((outcome as { answers: { code: number }[] }).answers.map(({ code }) => code)),
];

beforeAll(async () => {
  await until(async () => (await fetch(`${relay.url}/health/ready`)).ok, 'the relay has prepared its database');
  for (const { account, device, session } of everybody)
    await relay.query(
      `INSERT INTO sessions (id, account_id, device_id, transport, created_at, last_used_at, expires_at, revoked_at)
       VALUES ($1, $2, $3, 'body', now(), now(), now(), $4)`,
      [session, account, device, session === signedOut.session ? new Date() : null],
    );
});

describe.each(Object.entries(KINDS))('in a conversation %s', (kind, columns) => {
  it.each([{ wait: false }, { wait: true }, { isPlaced: false }])('both do the same: %j', async (how) => {
    const id = await conversation(columns);
    const [several, one] = [await outcomeOf(OF_SEVERAL, id, how), await outcomeOf(OF_ONE, id, how)];
    expect(one).toEqual(several);
    expect(codesIn(one)).toEqual(
      expect.arrayContaining(kind.includes('MLS') && how.isPlaced !== false ? [0, 1, 2, 5, 7, 8] : [1, 2]),
    );
  });
});

describe.each(Object.entries(KINDS))('each on its own, in a conversation %s', (kind, columns) => {
  it('a draft becomes what it does in a batch', async () => {
    const id = await conversation(columns);
    const [batches, single] = [await outcomeOfEach(OF_SEVERAL, id, [false]), await outcomeOfEach(OF_A_DRAFT, id, [])];
    expect(single).toEqual(batches);
    expect(codesIn(single)).toEqual(
      expect.arrayContaining(
        kind.includes('a leaf has to') ? [6] : kind.includes('MLS') ? [0, 1, 2, 5, 7, 8] : [0, 1, 2],
      ),
    );
  });
});

describe('in a conversation that', () => {
  it('somebody else holds, all leave all for later', async () => {
    const id = await conversation(KINDS['of any content']);
    const holder = await relay.connection();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM conversations WHERE id = $1 FOR NO KEY UPDATE', [id]);
    const [several, one] = [await outcomeOf(OF_SEVERAL, id), await outcomeOf(OF_ONE, id)];
    const single = await outcomeOfEach(OF_A_DRAFT, id, []);
    await holder.query('ROLLBACK');
    holder.release();
    expect(one).toEqual(several);
    expect([codesIn(one), codesIn(single)]).toEqual([[3], [3]]);
  });

  it.each([false, true])('is not there, all have nobody in (waiting: %s)', async (wait) => {
    const id = randomUUID();
    expect(await outcomeOf(OF_ONE, id, { wait })).toEqual({ answers: [], log: [], heads: [] });
    expect(await outcomeOf(OF_SEVERAL, id, { wait })).toEqual({ answers: [], log: [], heads: [] });
    expect(await outcomeOfEach(OF_A_DRAFT, id, [])).toEqual({ answers: [], log: [], heads: [] });
  });
});

import { randomUUID } from 'node:crypto';
import { TestRelay, until } from '#testing';

/** The append to one conversation answers, and stores, what the append to several does (docs/scaling.md). */

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
const OF_SEVERAL = `append_entries(ARRAY[$1::uuid], array_fill(1::bigint, ARRAY[cardinality($2::uuid[])]), ${COLUMNS})`;
const OF_ONE = `append_to_conversation($1::uuid, ${COLUMNS})`;

/** What a function answers, and what then stands in the log; all of it is taken back. */
async function outcomeOf(call: string, id: string, { wait = false, isPlaced = true } = {}): Promise<unknown> {
  const connection = await relay.connection();
  const column = (of: (draft: (typeof DRAFTS)[number]) => unknown): unknown[] => DRAFTS.map(of);
  try {
    await connection.query('BEGIN');
    const { rows: answers } = await connection.query(
      `SELECT n, code, seq, at_ms, roster FROM ${call} WHERE code <> 4 ORDER BY n`,
      [
        id,
        column((draft) => draft.id),
        column(({ account }) => account),
        column(({ device }) => device),
        column(({ session }) => session),
        column((draft) => Buffer.from(draft.id)),
        column(({ lifetime }) => lifetime),
        isPlaced ? column(({ generation }) => generation) : [],
        isPlaced ? column(({ epoch }) => epoch) : [],
        '2026-11-30T00:00:00Z',
        wait,
      ],
    );
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

describe('in a conversation that', () => {
  it('somebody else holds, both leave all for later', async () => {
    const id = await conversation(KINDS['of any content']);
    const holder = await relay.connection();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM conversations WHERE id = $1 FOR NO KEY UPDATE', [id]);
    const [several, one] = [await outcomeOf(OF_SEVERAL, id), await outcomeOf(OF_ONE, id)];
    await holder.query('ROLLBACK');
    holder.release();
    expect(one).toEqual(several);
    expect(codesIn(one)).toEqual([3]);
  });

  it.each([false, true])('is not there, both have nobody in (waiting: %s)', async (wait) => {
    const id = randomUUID();
    expect(await outcomeOf(OF_ONE, id, { wait })).toEqual({ answers: [], log: [], heads: [] });
    expect(await outcomeOf(OF_SEVERAL, id, { wait })).toEqual({ answers: [], log: [], heads: [] });
  });
});

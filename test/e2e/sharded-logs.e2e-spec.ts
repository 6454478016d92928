import { draftOf, people, TestRelay, type TestUser } from '#testing';
import { hotStatement } from './hot-statements.js';
import { groupOf, sendBurst, draftsOf } from './sending.js';
import { distribute, shardsOf, type Statement, statementsOf } from './sharding.js';

/**
 * A relay whose logs are distributed by conversation (DATABASE_SHARDS, docs/scaling.md), over partitions of one server instead of the
 * servers of a Citus cluster.
 */

const relay = TestRelay.duringTests({ environment: { DATABASE_SHARDS: 'conversation' } });
beforeAll(() => distribute(relay));

const CONVERSATIONS = 12;
const DRAFTS = 25;

const appendsIn = (statements: readonly Statement[]) => statements.filter(({ text }) => text.includes('append_'));

async function conversationsOf(owner: TestUser, other: TestUser): Promise<string[]> {
  return Promise.all(Array.from({ length: CONVERSATIONS }, () => groupOf(owner, [other])));
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

import { draftOf, people, TestRelay, type TestUser } from '#testing';
import { Janitor } from '../../apps/relay/src/retention/janitor.service.js';
import { renew } from './renewal.js';

interface Item {
  readonly seq?: number;
  readonly gap?: { from: number; to: number; reason: string };
}

const SECOND = 1_000;
const DAY = 86_400 * SECOND;

const relay = TestRelay.duringTests();
const { clock } = relay;

const sweep = (): Promise<void> => relay.part(Janitor).sweep();

/** Two people, and a log in which each position has the given life in seconds; 0 is for ever. */
async function logOf(lives: readonly number[]) {
  const [ada, bob] = await people(relay, 2);
  const conversationId = await ada.directWith(bob);
  const ids: string[] = [];
  for (const [index, life] of lives.entries()) {
    const { body } = await ada.send(conversationId, `message ${index + 1}`, life === 0 ? {} : { expiresIn: life });
    expect(body.seq).toBe(index + 1);
    ids.push(body.id);
  }
  return { ada, bob, conversationId, ids };
}

/** The log as positions and gaps, the same over both ways to read it. */
async function shown(user: TestUser, conversationId: string, after = 0): Promise<unknown[]> {
  const page = (await user.request('GET', `/conversations/${conversationId}/messages?after=${after}`)).body;
  const { items } = await user.syncAll({ [conversationId]: after });
  expect(items[conversationId] ?? []).toEqual(page.items);
  expect(page.upTo).toBe(page.headSeq);
  return page.items.map(({ seq, gap }: Item) => seq ?? [gap!.from, gap!.to, gap!.reason]);
}

describe('a message that expires', () => {
  test('says when, to both and in the push', async () => {
    const { ada, bob, conversationId } = await logOf([]);
    const socket = await bob.socket();
    const { id, createdAt } = (await ada.send(conversationId, 'brief', { expiresIn: 60 })).body;
    const expiresAt = new Date(Date.parse(createdAt) + 60 * SECOND).toISOString();
    expect((await socket.hear('entry'))[0]).toMatchObject({ id, expiresAt });
    for (const user of [ada, bob])
      expect((await user.request('GET', `/conversations/${conversationId}/messages/${id}`)).body).toMatchObject({
        expiresAt,
      });
    socket.close();
  });

  test.each([0, -1, 1.5, 365 * 86_400 + 1, '60'])('is not sent with a life of %j seconds', async (expiresIn) => {
    const { ada, conversationId } = await logOf([]);
    const draft = { ...draftOf('x'), expiresIn };
    const { status, body } = await ada.request('POST', `/conversations/${conversationId}/messages`, draft);
    expect([status, body.code]).toEqual([400, 'invalid_request']);
  });

  test('is gone the moment it does, before anything is swept, and leaves a gap that says so', async () => {
    const { ada, bob, conversationId, ids } = await logOf([0, 60, 60, 0, 120, 0]);
    expect(await shown(bob, conversationId)).toEqual([1, 2, 3, 4, 5, 6]);
    clock.advance(61 * SECOND);
    expect(await shown(bob, conversationId)).toEqual([1, [2, 3, 'expired'], 4, 5, 6]);
    expect((await bob.request('GET', `/conversations/${conversationId}/messages/${ids[1]}`)).status).toBe(404);
    for (const [user, list] of [
      [ada, 'sent'],
      [bob, 'inbox'],
    ] as const) {
      const { body } = await user.request('GET', `/messages/${list}`);
      expect(body.items.map(({ seq }: Item) => seq)).toEqual([6, 5, 4, 1]);
    }
  });

  test('is erased by the sweep, body and all copies of it, while what lives on stays', async () => {
    const { bob, conversationId } = await logOf([60, 0, 60, 60]);
    clock.advance(61 * SECOND);
    await sweep();
    expect(await shown(bob, conversationId)).toEqual([[1, 1, 'expired'], 2, [3, 4, 'expired']]);
    const bodies = await relay.query<{ seq: string; erased: boolean }>(
      'SELECT seq, body IS NULL AS erased FROM entries WHERE conversation_id = $1 ORDER BY seq',
      [conversationId],
    );
    expect(bodies.map(({ erased }) => erased)).toEqual([true, false, true, true]);
  });

  test('joins the gap beside it, in whichever order they expire', async () => {
    const { bob, conversationId } = await logOf([180, 60, 120, 60, 180, 0]);
    const seen = [];
    for (let round = 0; round < 3; round++) {
      clock.advance(61 * SECOND);
      await sweep();
      seen.push(await shown(bob, conversationId));
    }
    expect(seen).toEqual([
      [1, [2, 2, 'expired'], 3, [4, 4, 'expired'], 5, 6],
      [1, [2, 4, 'expired'], 5, 6],
      [[1, 5, 'expired'], 6],
    ]);
    const gaps = await relay.query('SELECT from_seq, to_seq FROM gaps WHERE conversation_id = $1', [conversationId]);
    expect(gaps).toEqual([{ from_seq: '1', to_seq: '5' }]);
  });

  test('leaves its gap when its id is forgotten after the retry horizon, also at the end of the log', async () => {
    const { ada, bob, conversationId } = await logOf([0, 60, 60]);
    clock.advance(61 * SECOND);
    await sweep();
    clock.advance(DAY);
    await sweep();
    await Promise.all([renew(relay, ada), renew(relay, bob)]);
    const rows = await relay.query('SELECT seq FROM entries WHERE conversation_id = $1', [conversationId]);
    expect(rows).toEqual([{ seq: '1' }]);
    expect(await shown(bob, conversationId)).toEqual([1, [2, 3, 'expired']]);
    expect(await shown(bob, conversationId, 2)).toEqual([[3, 3, 'expired']]);
    expect((await ada.send(conversationId, 'next')).body.seq).toBe(4);
    expect(await shown(bob, conversationId, 1)).toEqual([[2, 3, 'expired'], 4]);
  });

  test('is erased with all others, however many they are, and whoever sweeps at once', async () => {
    const { ada, bob, conversationId } = await logOf([]);
    const socket = await ada.socket();
    const drafts = Array.from({ length: 1_200 }, () => draftOf('brief', { expiresIn: 60 }));
    await Promise.all(drafts.map((draft) => socket.emit('message:send', { conversationId, ...draft })));
    socket.close();
    clock.advance(61 * SECOND);
    await Promise.all([sweep(), sweep(), sweep()]);
    await sweep();
    // A gap ends where its page does.
    const { items } = await bob.syncAll();
    const gapItems = items[conversationId]!.map(({ gap }) => [gap!.from, gap!.to, gap!.reason]);
    expect(gapItems).toEqual(Array.from({ length: 24 }, (_none, page) => [page * 50 + 1, page * 50 + 50, 'expired']));
    const gaps = await relay.query('SELECT from_seq, to_seq FROM gaps WHERE conversation_id = $1', [conversationId]);
    expect(gaps).toEqual([{ from_seq: '1', to_seq: '1200' }]);
  });
});

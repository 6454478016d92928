import { draftOf, pair, TestRelay, until } from '#testing';

const relay = TestRelay.duringTests();

describe('a relay that stops', () => {
  test('does not wait for clients who keep asking, and answers all it took in', async () => {
    const { ada, conversationId } = await pair(relay);
    const acknowledged: string[] = [];
    const statuses = new Set<number>();
    let asking = true;
    const clients = Array.from({ length: 4 }, async () => {
      while (asking) {
        const draft = draftOf('while it stops');
        const reply = await ada
          .request('POST', `/conversations/${conversationId}/messages`, draft)
          .catch(() => undefined);
        if (reply === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
        else statuses.add(reply.status);
        if (reply?.status === 201) acknowledged.push(draft.id);
      }
    });
    for (let round = 0; round < 3; round++) {
      const before = acknowledged.length;
      await until(() => acknowledged.length > before + 20, 'the clients are busy');
      const started = performance.now();
      await relay.restart();
      expect(performance.now() - started).toBeLessThan(10_000);
    }
    asking = false;
    await Promise.all(clients);
    expect([...statuses]).toEqual([201]);
    const rows = await relay.query<{ id: string }>('SELECT id FROM entries WHERE conversation_id = $1', [
      conversationId,
    ]);
    const stored = new Set(rows.map(({ id }) => id));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  });

  test('writes what already waits in its queue, though its sender is gone', async () => {
    const { ada, conversationId } = await pair(relay);
    const socket = await ada.socket();
    const holder = await relay.connection();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM conversations WHERE id = $1 FOR NO KEY UPDATE', [conversationId]);
    const draft = draftOf('waits for the lock');
    socket.socket.emit('message:send', { conversationId, ...draft }, () => undefined);
    await until(async () => {
      const [row] = await relay.query<{ waiting: boolean }>(
        `SELECT count(*) > 0 AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return row!.waiting;
    }, 'it waits');
    const restarted = relay.restart();
    await socket.closed();
    await holder.query('COMMIT');
    holder.release();
    await restarted;
    expect(await relay.query('SELECT id FROM entries WHERE conversation_id = $1', [conversationId])).toEqual([
      { id: draft.id },
    ]);
  });
});

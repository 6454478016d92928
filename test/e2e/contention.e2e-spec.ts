import { draftOf, pair, people, TestRelay, until } from '#testing';
import { draftsOf, groupOf, sendBurst } from './sending.js';

const relay = TestRelay.duringTests();
const { clock } = relay;

interface Hold {
  query(sql: string, parameters: readonly unknown[]): Promise<unknown>;
  /** Commits, and so lets go. */
  release(): Promise<void>;
}

/** Holds conversations' rows, as a change of members does while it runs. */
async function hold(...conversationIds: string[]): Promise<Hold> {
  const connection = await relay.connection();
  await connection.query('BEGIN');
  await connection.query('SELECT FROM conversations WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE', [
    conversationIds,
  ]);
  return {
    query: (sql, parameters) => connection.query(sql, [...parameters]),
    async release() {
      await connection.query('COMMIT');
      connection.release();
    },
  };
}

/** Until the relay has found the row held and waits for it. */
async function someoneWaits(): Promise<void> {
  await until(async () => {
    const [row] = await relay.query<{ waiting: boolean }>(
      `SELECT count(*) > 0 AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return row!.waiting;
  }, 'somebody waits for the lock');
}

/** Tells whether a promise is settled, without waiting for it. */
function watch(promise: Promise<unknown>): { settled: boolean } {
  const state = { settled: false };
  promise.then(
    () => (state.settled = true),
    () => (state.settled = true),
  );
  return state;
}

describe('while a conversation is held', () => {
  test('no later message of a sender overtakes an earlier one', async () => {
    const { ada, conversationId } = await pair(relay);
    const socket = await ada.socket();
    const drafts = draftsOf(30);
    const held = await hold(conversationId);
    const first = sendBurst(socket, conversationId, drafts.slice(0, 10));
    await someoneWaits();
    const second = sendBurst(socket, conversationId, drafts.slice(10, 20));
    await held.release();
    const third = sendBurst(socket, conversationId, drafts.slice(20));
    const placed = [...(await first), ...(await second), ...(await third)];
    expect(placed).toEqual(drafts.map(({ id }, index) => ({ id, seq: index + 1 })));
    socket.close();
  });

  test('nor when the lock comes and goes in the middle of a stream', async () => {
    const { ada, conversationId } = await pair(relay);
    const socket = await ada.socket();
    const drafts = draftsOf(200);
    const sending: ReturnType<typeof sendBurst>[] = [];
    for (let from = 0; from < drafts.length; from += 10) {
      const held = await hold(conversationId);
      sending.push(sendBurst(socket, conversationId, drafts.slice(from, from + 5)));
      const released = held.release();
      sending.push(sendBurst(socket, conversationId, drafts.slice(from + 5, from + 10)));
      await released;
    }
    expect((await Promise.all(sending)).flat()).toEqual(drafts.map(({ id }, index) => ({ id, seq: index + 1 })));
    socket.close();
  });

  test('other conversations go on as usual, however many are held', async () => {
    const { ada, conversationId } = await pair(relay);
    const others = await Promise.all(Array.from({ length: 5 }, () => groupOf(ada, [])));
    const held = await hold(...others);
    const blocked = others.map((other) => ada.send(other));
    const state = watch(Promise.race(blocked));
    await someoneWaits();
    const times: number[] = [];
    for (let index = 0; index < 30; index++) {
      const started = performance.now();
      expect((await ada.send(conversationId)).status).toBe(201);
      times.push(performance.now() - started);
    }
    expect(state.settled).toBe(false);
    // A send that got behind the held ones would have waited for the lock timeout, a second.
    expect(Math.max(...times)).toBeLessThan(900);
    await held.release();
    expect((await Promise.all(blocked)).map(({ status }) => status)).toEqual(others.map(() => 201));
  });

  test('a sender whose conversations are partly held is answered for the others in the same burst', async () => {
    const { ada, conversationId } = await pair(relay);
    const group = await groupOf(ada, []);
    const socket = await ada.socket();
    const held = await hold(group);
    const inHeld = sendBurst(socket, group, draftsOf(5));
    const state = watch(inHeld);
    await sendBurst(socket, conversationId, draftsOf(5));
    expect(state.settled).toBe(false);
    await held.release();
    expect((await inHeld).map(({ seq }) => seq)).toEqual([2, 3, 4, 5, 6]);
    socket.close();
  });

  test('a member removed by the holder is refused, though they were one when they sent', async () => {
    const [ada, bob] = await people(relay, 2);
    const conversationId = await groupOf(ada, [bob]);
    const held = await hold(conversationId);
    const sent = bob.send(conversationId, 'while being removed');
    await someoneWaits();
    await held.query('UPDATE members SET left_seq = 1 WHERE conversation_id = $1 AND account_id = $2', [
      conversationId,
      bob.accountId,
    ]);
    await held.release();
    expect((await sent).body).toMatchObject({ status: 404, code: 'not_found' });
    expect(await relay.query('SELECT seq FROM entries WHERE conversation_id = $1', [conversationId])).toHaveLength(1);
  });

  test('a device revoked meanwhile is refused, too', async () => {
    const { ada, conversationId } = await pair(relay);
    const second = await ada.onNewDevice();
    const held = await hold(conversationId);
    const sent = second.send(conversationId, 'while being revoked');
    await someoneWaits();
    expect((await ada.request('DELETE', `/devices/${second.deviceId}`)).status).toBe(204);
    await held.release();
    expect((await sent).status).not.toBe(201);
    expect(await relay.query('SELECT seq FROM entries WHERE conversation_id = $1', [conversationId])).toHaveLength(0);
  });
});

describe('a conversation held for longer than the relay’s patience', () => {
  test('is refused as unavailable, alone; the same message sent again is then stored once', async () => {
    const { ada, conversationId } = await pair(relay);
    const free = await groupOf(ada, []);
    const socket = await ada.socket();
    const [overHttp, overSocket] = [draftOf('over HTTP'), draftOf('over the socket')];
    const held = await hold(conversationId);
    const refused = ada.request('POST', `/conversations/${conversationId}/messages`, overHttp);
    const refusedToo = socket.emit('message:send', { conversationId, ...overSocket });
    await someoneWaits();
    clock.advance(5_000);

    const reply = await refused;
    expect(reply.body).toMatchObject({ status: 503, code: 'unavailable', retryAfterSeconds: 1 });
    expect(reply.headers.get('retry-after')).toBe('1');
    expect(await refusedToo).toMatchObject({ ok: false, error: { code: 'unavailable', status: 503 } });
    expect((await ada.send(free)).status).toBe(201);
    await held.release();

    const again = await ada.request('POST', `/conversations/${conversationId}/messages`, overHttp);
    expect(again.body).toMatchObject({ seq: 1, duplicate: false });
    expect(await socket.emit('message:send', { conversationId, ...overSocket })).toMatchObject({
      ok: true,
      seq: 2,
      duplicate: false,
    });
    socket.close();
  });

  test('keeps the order of what is sent after the refusal', async () => {
    const { ada, conversationId } = await pair(relay);
    const socket = await ada.socket();
    const held = await hold(conversationId);
    const refused = socket.emit('message:send', { conversationId, ...draftOf('too early') });
    await someoneWaits();
    clock.advance(5_000);
    const drafts = draftsOf(10);
    const sent = sendBurst(socket, conversationId, drafts);
    expect(await refused).toMatchObject({ ok: false });
    await held.release();
    expect((await sent).map(({ id }) => id)).toEqual(drafts.map(({ id }) => id));
    expect((await sent).map(({ seq }) => seq)).toEqual(drafts.map((_draft, index) => index + 1));
    socket.close();
  });
});

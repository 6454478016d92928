import { call, draftOf, pair, people, type Reply, TestRelay, TestSocket, TestUser, until } from '#testing';
import { Janitor } from '../../apps/relay/src/retention/janitor.service.js';
import { renew } from './renewal.js';
import { groupOf } from './sending.js';

interface Answer {
  readonly seq: number;
  readonly duplicate: boolean;
  readonly createdAt: string;
}

const relay = TestRelay.duringTests();
const { clock } = relay;

async function rowsOf(conversationId: string): Promise<{ seq: string; id: string }[]> {
  return relay.query('SELECT seq, id FROM entries WHERE conversation_id = $1 ORDER BY seq', [conversationId]);
}

/** Repeats one send over HTTP and two sockets, all at once. */
async function repeat(
  user: TestUser,
  sockets: readonly TestSocket[],
  body: { conversationId: string; id: string; ciphertext: string },
): Promise<Answer[]> {
  const { conversationId, ...draft } = body;
  const overHttp = Array.from({ length: 40 }, () =>
    user.request('POST', `/conversations/${conversationId}/messages`, draft),
  );
  const overSockets = Array.from({ length: 60 }, (_none, index) =>
    sockets[index % sockets.length]!.emit('message:send', body),
  );
  const replies = await Promise.all(overHttp);
  expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 201));
  const acknowledgements = await Promise.all(overSockets);
  expect(acknowledgements.every(({ ok }) => ok)).toBe(true);
  return [...replies.map((reply) => reply.body), ...acknowledgements] as Answer[];
}

/** One was first; everybody was told the same place and time. */
function expectOnePlace(answers: readonly Answer[]): void {
  expect(answers).toHaveLength(100);
  expect(new Set(answers.map(({ seq, createdAt }) => `${seq} ${createdAt}`)).size).toBe(1);
  expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
}

describe('100 parallel repeats of one send (C-29)', () => {
  test('store one entry, give everybody its place, and are pushed once', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    const listener = await bob.socket();
    const sockets = [await ada.socket(), await ada.socket()];
    const draft = draftOf('once');
    expectOnePlace(await repeat(ada, sockets, { conversationId, ...draft }));

    const sentinel = draftOf('after all repeats');
    await ada.request('POST', `/conversations/${conversationId}/messages`, sentinel);
    const heard = await until(() => {
      const ids = listener.payloads<{ id: string }>('entry').map(({ id }) => id);
      return ids.includes(sentinel.id) ? ids : undefined;
    }, 'the sentinel came');
    expect(heard).toEqual([draft.id, sentinel.id]);
    expect(await rowsOf(conversationId)).toEqual([
      { seq: '1', id: draft.id },
      { seq: '2', id: sentinel.id },
    ]);
    for (const socket of [listener, ...sockets]) socket.close();
  });

  test('are folded within one batch, too: all of them wait in it while the conversation is held', async () => {
    const { ada, conversationId } = await pair(relay);
    const sockets = [await ada.socket(), await ada.socket()];
    const holder = await relay.connection();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM conversations WHERE id = $1 FOR NO KEY UPDATE', [conversationId]);
    const draft = draftOf('once');
    const answers = repeat(ada, sockets, { conversationId, ...draft });
    await until(async () => (await waitingForLocks()) > 0, 'the batch waits for the lock');
    await holder.query('COMMIT');
    holder.release();
    expectOnePlace(await answers);
    expect(await rowsOf(conversationId)).toEqual([{ seq: '1', id: draft.id }]);
    for (const socket of sockets) socket.close();
  });

  async function waitingForLocks(): Promise<number> {
    const [row] = await relay.query<{ count: string }>(
      `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return Number(row!.count);
  }
});

test('a repeat the moment the first is acknowledged is answered, however long the push takes', async () => {
  const { ada, conversationId } = await pair(relay);
  const socket = await ada.socket();
  for (let round = 0; round < 20; round++) {
    const body = { conversationId, ...draftOf(`round ${round}`) };
    const first = await socket.emit('message:send', body);
    expect(await socket.emit('message:send', body)).toEqual({ ...first, duplicate: true });
  }
  socket.close();
});

test('a repeat with another body gets the first result, and the first body stays (C-29)', async () => {
  const { ada, bob, conversationId } = await pair(relay);
  const first = draftOf('first');
  const sent = await ada.request('POST', `/conversations/${conversationId}/messages`, first);
  const changed = await ada.request('POST', `/conversations/${conversationId}/messages`, {
    ...draftOf('second', { id: first.id }),
    expiresIn: 60,
  });
  expect(changed.status).toBe(201);
  expect(changed.body).toEqual({ ...sent.body, duplicate: true });
  const { items } = await bob.syncAll();
  expect(items[conversationId]).toMatchObject([{ id: first.id, ciphertext: first.ciphertext }]);
});

test('another device of the same account may repeat it, too', async () => {
  const { ada, conversationId } = await pair(relay);
  const draft = draftOf('from the first device');
  const sent = await ada.request('POST', `/conversations/${conversationId}/messages`, draft);
  const other = await ada.onNewDevice();
  const again = await other.request('POST', `/conversations/${conversationId}/messages`, draft);
  expect(again.body).toEqual({ ...sent.body, duplicate: true });
});

test('a repeat after a restart, a refresh, or on the other node gets the first result, over HTTP and socket (C-29)', async () => {
  const { ada, conversationId } = await pair(relay);
  const draft = draftOf('before');
  const path = `/conversations/${conversationId}/messages`;
  const sent = await ada.request('POST', path, draft);
  const first = { ...sent.body, duplicate: true };
  await relay.restart();
  expect((await ada.request('POST', path, draft)).body).toEqual(first);
  await renew(relay, ada);
  expect((await ada.request('POST', path, draft)).body).toEqual(first);
  const other = await TestRelay.start({ database: relay.database, clock });
  try {
    expect((await call(other, 'POST', `/v1${path}`, { body: draft, token: ada.token })).body).toEqual(first);
    for (const { url } of [relay, other]) {
      const socket = await TestSocket.connect(url, ada.token);
      const { ok, ...again } = await socket.emit('message:send', { conversationId, ...draft });
      expect([ok, again]).toEqual([true, first]);
      socket.close();
    }
  } finally {
    await other.stop();
  }
  expect(await rowsOf(conversationId)).toHaveLength(1);
});

test('a repeat by a member who was removed meanwhile still gets the first result, and only that', async () => {
  const [ada, bob] = await people(relay, 2);
  const conversationId = await groupOf(ada, [bob]);
  const draft = draftOf('while a member');
  const sent = await bob.request('POST', `/conversations/${conversationId}/messages`, draft);
  await ada.request('DELETE', `/conversations/${conversationId}/members`, { members: [bob.username] });
  expect((await bob.request('POST', `/conversations/${conversationId}/messages`, draft)).body).toEqual({
    ...sent.body,
    duplicate: true,
  });
  expect((await bob.send(conversationId)).status).toBe(404);
});

describe('the id of a message that has expired (C-29)', () => {
  const HOUR_MS = 3_600_000;

  async function expired(): Promise<{ ada: TestUser; conversationId: string; draft: object; sent: Reply }> {
    const { ada, conversationId } = await pair(relay);
    const draft = draftOf('short-lived', { expiresIn: 60 });
    const sent = await ada.request('POST', `/conversations/${conversationId}/messages`, draft);
    clock.advance(61_000);
    await relay.part(Janitor).sweep();
    return { ada, conversationId, draft, sent };
  }

  test('is remembered for 24 hours', async () => {
    const { ada, conversationId, draft, sent } = await expired();
    for (const hours of [0, 12, 11.9]) {
      clock.advance(hours * HOUR_MS);
      await relay.part(Janitor).sweep();
      await renew(relay, ada);
      const again = await ada.request('POST', `/conversations/${conversationId}/messages`, draft);
      expect(again.body).toEqual({ ...sent.body, duplicate: true });
    }
    expect(await relay.query('SELECT body FROM entries WHERE conversation_id = $1', [conversationId])).toEqual([
      { body: null },
    ]);
  });

  test('and then forgotten: the same id is a new message at a new place', async () => {
    const { ada, conversationId, draft } = await expired();
    clock.advance(24 * HOUR_MS);
    await relay.part(Janitor).sweep();
    await renew(relay, ada);
    const again = await ada.request('POST', `/conversations/${conversationId}/messages`, draft);
    expect(again.body).toMatchObject({ seq: 2, duplicate: false });
  });
});

describe('the id of another sender (C-29)', () => {
  test('is refused, over HTTP and socket, and changes nothing', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    const draft = draftOf('by ada');
    await ada.request('POST', `/conversations/${conversationId}/messages`, draft);
    const stolen = draftOf('by bob', { id: draft.id });
    const reply = await bob.request('POST', `/conversations/${conversationId}/messages`, stolen);
    expect([reply.status, reply.body.code]).toEqual([409, 'id_reused']);
    const socket = await bob.socket();
    expect(await socket.emit('message:send', { conversationId, ...stolen })).toMatchObject({
      ok: false,
      error: { code: 'id_reused' },
    });
    socket.close();
    expect(await rowsOf(conversationId)).toHaveLength(1);
  });

  test('is refused also when both are sent at once, in one batch or not', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    const sockets = [await ada.socket(), await bob.socket()];
    for (let round = 0; round < 20; round++) {
      const { id } = draftOf('');
      const replies = await Promise.all(
        sockets.map((socket, index) =>
          socket.emit('message:send', { conversationId, ...draftOf(`by ${index}`, { id }) }),
        ),
      );
      expect(replies.map(({ ok }) => ok).sort()).toEqual([false, true]);
      expect(replies.find(({ ok }) => !ok)!.error!.code).toBe('id_reused');
    }
    expect(await rowsOf(conversationId)).toHaveLength(20);
    for (const socket of sockets) socket.close();
  });

  test('may be used in another conversation: ids belong to their log', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    const group = await groupOf(ada, [bob]);
    const draft = draftOf('by ada');
    await ada.request('POST', `/conversations/${conversationId}/messages`, draft);
    const reply = await bob.request('POST', `/conversations/${group}/messages`, draft);
    expect(reply.body).toMatchObject({ seq: 2, duplicate: false });
  });

  test('is no way for a stranger to learn that a message exists', async () => {
    const { ada, conversationId } = await pair(relay);
    const stranger = await TestUser.register(relay);
    const draft = draftOf('private');
    await ada.request('POST', `/conversations/${conversationId}/messages`, draft);
    const probe = await stranger.request('POST', `/conversations/${conversationId}/messages`, draft);
    const absent = await stranger.request('POST', `/conversations/${conversationId}/messages`, draftOf('x'));
    expect([probe.status, probe.body.code]).toEqual([404, 'not_found']);
    expect({ ...probe.body, requestId: '' }).toEqual({ ...absent.body, requestId: '' });
  });
});

import { connectUntilTestEnds, draftOf, people, type Reply, TestRelay, TestUser, until } from '#testing';
import { v7 } from 'uuid';
import { draftsOf, groupOf, sendUntilPlaced } from './sending.js';

interface Mark {
  readonly accountId: string;
  readonly kind: string;
  readonly upTo: number;
}

const relay = TestRelay.duringTests();
const connect = connectUntilTestEnds();

/** Two people and a conversation with some messages by the first. */
async function conversation(messages: number): Promise<{ ada: TestUser; bob: TestUser; conversationId: string }> {
  const [ada, bob] = await people(relay, 2);
  const conversationId = await ada.directWith(bob);
  for (const draft of draftsOf(messages)) await sendUntilPlaced(ada, conversationId, draft);
  return { ada, bob, conversationId };
}

function mark(user: TestUser, conversationId: string, marks: object): Promise<Reply> {
  return user.request('PUT', `/conversations/${conversationId}/receipts`, marks);
}

async function marksOf(user: TestUser, conversationId: string): Promise<Mark[]> {
  const { status, body } = await user.request('GET', `/conversations/${conversationId}/receipts`);
  expect(status).toBe(200);
  return body.items;
}

describe('a mark', () => {
  test('covers everything up to it, and never moves back', async () => {
    const { ada, bob, conversationId } = await conversation(5);
    for (const marks of [{ delivered: 4 }, { delivered: 2 }, { delivered: 4 }, { read: 3 }, { read: 1 }])
      expect((await mark(bob, conversationId, marks)).status).toBe(204);
    const marks = await marksOf(ada, conversationId);
    expect(marks.map(({ accountId, kind, upTo }) => [accountId, kind, upTo])).toEqual([
      [bob.accountId, 'delivered', 4],
      [bob.accountId, 'read', 3],
    ]);
    const rows = await relay.query('SELECT kind, up_to_seq FROM receipts WHERE conversation_id = $1', [conversationId]);
    expect(rows).toHaveLength(2);
  });

  test('of what is read says that it is delivered, too', async () => {
    const { ada, bob, conversationId } = await conversation(3);
    await mark(bob, conversationId, { read: 2 });
    const marks = await marksOf(ada, conversationId);
    expect(marks.map(({ kind, upTo }) => [kind, upTo])).toEqual([
      ['delivered', 2],
      ['read', 2],
    ]);
  });

  test('by one message covers those before it', async () => {
    const { ada, bob, conversationId } = await conversation(3);
    const { body } = await bob.request('GET', `/conversations/${conversationId}/messages?after=1&limit=1`);
    for (const kind of ['delivered', 'read'])
      expect(
        (await bob.request('POST', `/conversations/${conversationId}/messages/${body.items[0].id}/${kind}`)).status,
      ).toBe(204);
    expect((await marksOf(ada, conversationId)).map(({ upTo }) => upTo)).toEqual([2, 2]);
  });

  test.each([{ delivered: 4 }, { read: 4 }, { delivered: 1, read: 4 }, { delivered: Number.MAX_SAFE_INTEGER }])(
    'beyond the head is refused: %j of three',
    async (marks) => {
      const { ada, bob, conversationId } = await conversation(3);
      const { status, body } = await mark(bob, conversationId, marks);
      expect([status, body.code]).toEqual([400, 'invalid_request']);
      const socket = await connect(bob);
      expect(await socket.emit('receipt:update', { conversationId, ...marks })).toMatchObject({
        ok: false,
        error: { code: 'invalid_request' },
      });
      expect(await marksOf(ada, conversationId)).toEqual([]);
    },
  );

  test.each([{ delivered: 0 }, { delivered: -1 }, { read: 1.5 }, { read: '1' }, { delivered: 1e300 }, { seen: 1 }])(
    'that is none is refused: %j',
    async (marks) => {
      const { bob, conversationId } = await conversation(1);
      const { status, body } = await mark(bob, conversationId, marks);
      expect([status, body.code]).toEqual([400, 'invalid_request']);
    },
  );

  test('outside my stay is refused, before it as after it', async () => {
    const [ada, bob, cleo] = await people(relay, 3);
    const group = await groupOf(ada, [cleo]);
    const members = `/conversations/${group}/members`;
    await sendUntilPlaced(ada, group, draftOf('2: before'));
    await ada.request('POST', members, { id: v7(), members: [bob.username] });
    await sendUntilPlaced(ada, group, draftOf('4: within'));
    await ada.request('DELETE', members, { members: [bob.username] });
    await sendUntilPlaced(ada, group, draftOf('6: after'));
    const answers = [];
    for (const seq of [1, 2, 3, 4, 5, 6, 7]) answers.push((await mark(bob, group, { delivered: seq })).status);
    expect(answers).toEqual([400, 400, 204, 204, 204, 400, 400]);
  });

  test('is for members only, and so is the list of them', async () => {
    const { ada, bob, conversationId } = await conversation(1);
    const stranger = await TestUser.register(relay);
    const { id } = (await ada.send(conversationId)).body;
    const replies = [
      await mark(stranger, conversationId, { delivered: 1 }),
      await mark(bob, v7(), { delivered: 1 }),
      await stranger.request('POST', `/conversations/${conversationId}/messages/${id}/read`),
      await stranger.request('GET', `/conversations/${conversationId}/receipts`),
    ];
    for (const { status, body } of replies) expect([status, body.code]).toEqual([404, 'not_found']);
  });

  test('in a group of more than 32 is not kept', async () => {
    const [ada, bob] = await people(relay, 2);
    const group = await groupOf(ada, [bob]);
    const crowd = `INSERT INTO members (conversation_id, account_id, joined_seq, state, role)
                   SELECT $1, gen_random_uuid(), 1, 'joined', 'member' FROM generate_series(1, $2)`;
    await relay.query(crowd, [group, 30]);
    expect((await mark(bob, group, { delivered: 1 })).status).toBe(204);
    await relay.query(crowd, [group, 1]);
    const { id, seq } = await sendUntilPlaced(ada, group, draftOf('to a crowd'));
    expect((await mark(bob, group, { delivered: seq })).status).toBe(204);
    const rows = await relay.query('SELECT up_to_seq FROM receipts WHERE conversation_id = $1', [group]);
    expect(rows).toEqual([{ up_to_seq: '1' }]);
    expect((await ada.request('GET', `/conversations/${group}/messages/${id}`)).body.receipts).toEqual([]);
  });
});

describe('news of marks', () => {
  test('come to the sender and to my other devices, live and by sync', async () => {
    const { ada, bob, conversationId } = await conversation(2);
    const other = await bob.onNewDevice();
    const [sender, mine] = [await connect(ada), await connect(other)];
    await mark(bob, conversationId, { read: 2 });
    for (const socket of [sender, mine]) {
      const heard = await socket.hear<Mark>('receipt', 2);
      expect(heard.map(({ accountId, kind, upTo }) => [accountId, kind, upTo])).toEqual([
        [bob.accountId, 'delivered', 2],
        [bob.accountId, 'read', 2],
      ]);
    }
    for (const user of [ada, other]) {
      const { body } = await user.request('POST', '/sync', { revision: 0, cursors: {} });
      expect(body.changes).toContainEqual(expect.objectContaining({ what: 'receipts', subject: conversationId }));
      expect(body.receipts).toEqual(sender.payloads('receipt'));
    }
  });

  test('of one reader come at most once a second, and the last of them for sure', async () => {
    const { ada, bob, conversationId } = await conversation(20);
    const sender = await connect(ada);
    for (let seq = 1; seq <= 20; seq++) await mark(bob, conversationId, { delivered: seq });
    const heard = () => sender.payloads<Mark>('receipt').map(({ upTo }) => upTo);
    await until(() => heard().at(-1) === 20, 'the last mark came');
    expect(heard()[0]).toBe(1);
    expect(heard().length).toBeLessThan(10);
  });

  test('made at once tell the greatest', async () => {
    const { ada, bob, conversationId } = await conversation(10);
    const sender = await connect(ada);
    await Promise.all(draftsOf(10).map((_one, index) => mark(bob, conversationId, { delivered: 10 - index })));
    await until(() => sender.payloads<Mark>('receipt').some(({ upTo }) => upTo === 10), 'the greatest mark came');
    expect((await marksOf(ada, conversationId)).map(({ upTo }) => upTo)).toEqual([10]);
  });

  test('do not come to who has left, not even by sync: they would tell how far the log has grown', async () => {
    const [ada, bob] = await people(relay, 2);
    const group = await groupOf(bob, [ada]);
    await sendUntilPlaced(ada, group, draftOf('2: before I left'));
    await mark(bob, group, { delivered: 2 });
    expect((await ada.request('POST', `/conversations/${group}/leave`)).status).toBe(204);
    const { seq } = await sendUntilPlaced(bob, group, draftOf('4: after'));
    await mark(bob, group, { read: seq });
    const { body } = await ada.request('POST', '/sync', { revision: 0, cursors: {} });
    expect(body.changes).toContainEqual(expect.objectContaining({ what: 'receipts', subject: group }));
    expect(body.receipts).toEqual([]);
    expect((await ada.request('GET', `/conversations/${group}/receipts`)).status).toBe(404);
  });

  test('show nothing and say nothing while I have not accepted', async () => {
    const [ada, bob] = await people(relay, 2);
    await bob.request('PATCH', '/auth/me', { privacy: 'contacts' });
    const conversationId = await ada.directWith(bob);
    await ada.send(conversationId);
    const { status, body } = await mark(bob, conversationId, { delivered: 1 });
    expect([status, body.code]).toEqual([404, 'not_found']);
    expect(await marksOf(ada, conversationId)).toEqual([]);
  });
});

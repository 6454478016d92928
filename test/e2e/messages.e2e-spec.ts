import { call, draftOf, pair, people, type Reply, TestRelay, TestUser } from '#testing';
import { v7 } from 'uuid';
import { draftsOf, groupOf, sendUntilPlaced } from './sending.js';

interface Shown {
  readonly id: string;
  readonly seq: number;
  readonly conversationId: string;
  readonly createdAt: string;
}

const relay = TestRelay.duringTests();
const { clock } = relay;

/** All of a list over all conversations, page by page; each full but the last. */
async function browse(user: TestUser, mailbox: 'inbox' | 'sent', limit: number): Promise<Shown[]> {
  const found: Shown[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const rest = cursor === '' ? '' : `&cursor=${cursor}`;
    const { status, body }: Reply = await user.request('GET', `/messages/${mailbox}?limit=${limit}${rest}`);
    expect(status).toBe(200);
    if (body.nextCursor !== null) expect(body.items).toHaveLength(limit);
    found.push(...body.items);
    cursor = body.nextCursor;
  }
  return found;
}

const idsOf = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);

describe('a message to a person', () => {
  test('finds or creates the direct conversation, and is in its log', async () => {
    const [ada, bob] = await people(relay, 2);
    const drafts = draftsOf(2);
    const sent = [];
    for (const draft of drafts) sent.push(await ada.request('POST', '/messages', { ...draft, to: bob.username }));
    const [first, second] = sent.map(({ body }) => body);
    expect(sent.map(({ status }) => status)).toEqual([201, 201]);
    expect(first).toEqual({
      conversationId: await bob.directWith(ada),
      id: drafts[0]!.id,
      seq: 1,
      createdAt: expect.any(String),
      duplicate: false,
    });
    expect(second).toMatchObject({ conversationId: first.conversationId, seq: 2 });
    const { body } = await bob.request('GET', `/conversations/${first.conversationId}/messages`);
    expect(body.items).toMatchObject(drafts);
  });

  test('to nobody, and to oneself, is refused', async () => {
    const ada = await TestUser.register(relay);
    const absent = await ada.request('POST', '/messages', { ...draftOf('x'), to: 'nobody-here' });
    const self = await ada.request('POST', '/messages', { ...draftOf('x'), to: ada.username });
    expect([absent.status, absent.body.code]).toEqual([404, 'not_found']);
    expect([self.status, self.body.code]).toEqual([400, 'invalid_request']);
  });
});

describe('the inbox and the sent list', () => {
  test('have each message once, newest first, over all conversations, in full pages', async () => {
    const [ada, bob, cleo] = await people(relay, 3);
    const logs = [await ada.directWith(bob), await cleo.directWith(ada), await groupOf(bob, [ada, cleo])];
    const [byAda, byOthers]: [string[], string[]] = [[], []];
    for (let round = 0; round < 7; round++)
      for (const [conversationId, others] of [
        [logs[0]!, [bob]],
        [logs[1]!, [cleo]],
        [logs[2]!, [bob, cleo]],
      ] as const) {
        byAda.unshift((await sendUntilPlaced(ada, conversationId, draftOf('mine'))).id);
        for (const other of others)
          byOthers.unshift((await sendUntilPlaced(other, conversationId, draftOf('theirs'))).id);
        clock.advance(1);
      }
    for (const limit of [3, 7, 200]) {
      expect(idsOf(await browse(ada, 'sent', limit))).toEqual(byAda);
      expect(idsOf(await browse(ada, 'inbox', limit))).toEqual(byOthers);
    }
  });

  test('have each message once also when many were stored at one moment', async () => {
    const { ada, bob } = await pair(relay);
    const logs = [await ada.directWith(bob), await groupOf(ada, [bob]), await groupOf(ada, [bob])];
    await Promise.all(logs.flatMap((log) => draftsOf(20).map((draft) => sendUntilPlaced(ada, log, draft))));
    await relay.query('UPDATE entries SET created_at = $2 WHERE conversation_id = ANY ($1)', [logs, clock.now()]);
    const whole = await browse(bob, 'inbox', 200);
    expect(new Set(idsOf(whole)).size).toBe(60);
    expect(idsOf(await browse(bob, 'inbox', 7))).toEqual(idsOf(whole));
    for (const log of logs) {
      const seqs = whole.filter(({ conversationId }) => conversationId === log).map(({ seq }) => seq);
      expect(seqs).toEqual([...seqs].sort((a, b) => b - a));
    }
  });

  test('go on where they were, whatever comes meanwhile', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    for (const draft of draftsOf(4)) await sendUntilPlaced(ada, conversationId, draft);
    const { body } = await bob.request('GET', '/messages/inbox?limit=2');
    await sendUntilPlaced(ada, conversationId, draftOf('newer'));
    const next = await bob.request('GET', `/messages/inbox?limit=2&cursor=${body.nextCursor}`);
    expect(next.body.items.map(({ seq }: Shown) => seq)).toEqual([2, 1]);
    expect(next.body.nextCursor).toBeNull();
  });

  test('show who has a sent message, and since when', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    for (const draft of draftsOf(2)) await sendUntilPlaced(ada, conversationId, draft);
    await bob.request('PUT', `/conversations/${conversationId}/receipts`, { delivered: 2, read: 1 });
    const { body } = await ada.request('GET', '/messages/sent');
    const marks = body.items.map(({ seq, deliveredAt, readAt }: Record<string, unknown>) => [
      seq,
      deliveredAt !== null,
      readAt !== null,
    ]);
    expect(marks).toEqual([
      [2, true, false],
      [1, true, true],
    ]);
    expect(body.items[1].receipts).toMatchObject([{ accountId: bob.accountId, username: bob.username }]);
  });

  test('hold what was sent during my stays, and nothing from before, between and after', async () => {
    const [ada, bob, cleo] = await people(relay, 3);
    const group = await groupOf(ada, [cleo]);
    const members = `/conversations/${group}/members`;
    const sent: Record<string, string> = {};
    const say = async (when: string) => (sent[when] = (await sendUntilPlaced(ada, group, draftOf(when))).id);
    await say('before');
    await ada.request('POST', members, { id: v7(), members: [bob.username] });
    await say('first stay');
    await ada.request('DELETE', members, { members: [bob.username] });
    await say('between');
    await ada.request('POST', members, { id: v7(), members: [bob.username] });
    await say('second stay');
    await ada.request('DELETE', members, { members: [bob.username] });
    await say('after');
    expect(idsOf(await browse(bob, 'inbox', 50))).toEqual([sent['second stay'], sent['first stay']]);
    for (const [when, id] of Object.entries(sent)) {
      const { status } = await bob.request('GET', `/conversations/${group}/messages/${id}`);
      expect([when, status]).toEqual([when, when.endsWith('stay') ? 200 : 404]);
    }
  });
});

describe('one message', () => {
  test('is shown to the members, as it was sent, with the marks of its recipients', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    const draft = draftOf('sealed');
    const { createdAt } = (await ada.request('POST', `/conversations/${conversationId}/messages`, draft)).body;
    const shown = {
      ...draft,
      conversationId,
      seq: 1,
      kind: 'message',
      senderId: ada.accountId,
      sender: ada.username,
      senderDeviceId: ada.deviceId,
      createdAt,
      deliveredAt: null,
      readAt: null,
      receipts: [{ accountId: bob.accountId, username: bob.username, deliveredAt: null, readAt: null }],
    };
    for (const user of [ada, bob])
      expect((await user.request('GET', `/conversations/${conversationId}/messages/${draft.id}`)).body).toEqual(shown);
  });

  test('is for members only: a stranger and whoever is not signed in see nothing', async () => {
    const { ada, conversationId } = await pair(relay);
    const { id } = (await ada.send(conversationId)).body;
    const path = `/conversations/${conversationId}/messages/${id}`;
    const stranger = await (await TestUser.register(relay)).request('GET', path);
    expect([stranger.status, stranger.body.code]).toEqual([404, 'not_found']);
    expect((await call(relay, 'GET', `/v1${path}`)).status).toBe(401);
  });

  test('is no other kind of entry', async () => {
    const [ada, bob] = await people(relay, 2);
    const group = await groupOf(ada, [bob]);
    const { body } = await ada.request('GET', `/conversations/${group}/messages`);
    expect(body.items[0].kind).toBe('members');
    expect((await ada.request('GET', `/conversations/${group}/messages/${body.items[0].id}`)).status).toBe(404);
  });
});

describe('the log of a conversation', () => {
  const read = (user: TestUser, conversationId: string, query = '') =>
    user.request('GET', `/conversations/${conversationId}/messages${query}`);

  test('is read in order, after a position, as many as asked for', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    const drafts = draftsOf(60);
    for (const draft of drafts) await sendUntilPlaced(ada, conversationId, draft);
    const seqs = ({ body }: Reply) => body.items.map(({ seq }: Shown) => seq);
    const from = (first: number, last: number) => drafts.map((_one, index) => index + 1).slice(first - 1, last);

    const [start, middle, end, beyond] = [
      await read(bob, conversationId),
      await read(bob, conversationId, '?after=20&limit=7'),
      await read(bob, conversationId, '?after=58&limit=200'),
      await read(bob, conversationId, '?after=60'),
    ];
    expect([seqs(start), seqs(middle), seqs(end), seqs(beyond)]).toEqual([from(1, 50), from(21, 27), [59, 60], []]);
    expect([start, middle, end].map(({ body }) => [body.upTo, body.headSeq])).toEqual([
      [50, 60],
      [27, 60],
      [60, 60],
    ]);
    expect(start.body.items.map(({ id }: Shown) => id)).toEqual(idsOf(drafts.slice(0, 50)));
  });

  test('comes in pages of bounded bytes, and every page goes further', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    const large = draftsOf(30).map((draft, index) => ({ ...draft, ciphertext: bytes(64 * 1024, index) }));
    for (const draft of large) await sendUntilPlaced(ada, conversationId, draft);
    const found: string[] = [];
    for (let after = 0, head = 1; after < head;) {
      const { body } = await read(bob, conversationId, `?after=${after}&limit=200`);
      expect(JSON.stringify(body).length).toBeLessThan(2 * 512 * 1024);
      expect(body.upTo).toBeGreaterThan(after);
      found.push(...idsOf(body.items));
      [after, head] = [body.upTo, body.headSeq];
    }
    expect(found).toEqual(idsOf(large));
  });

  test.each(['limit=1000000000', 'limit=201', 'limit=0', 'limit=-1', 'limit=1e9', 'after=-1', 'after=x', 'page=2'])(
    'is not read with ?%s',
    async (query) => {
      const { ada, conversationId } = await pair(relay);
      const { status, body } = await read(ada, conversationId, `?${query}`);
      expect([status, body.code]).toEqual([400, 'invalid_request']);
    },
  );

  test('is nobody’s who is not in it', async () => {
    const { ada, conversationId } = await pair(relay);
    await ada.send(conversationId);
    const stranger = await TestUser.register(relay);
    for (const reply of [await read(stranger, conversationId), await read(stranger, v7())])
      expect([reply.status, reply.body.code]).toEqual([404, 'not_found']);
  });
});

describe('a message that is too large', () => {
  const send = async (body: unknown) => {
    const { ada, conversationId } = await pair(relay);
    return ada.request('POST', `/conversations/${conversationId}/messages`, body);
  };

  test('of 64 KiB is the largest there may be', async () => {
    expect((await send({ ...draftOf(''), ciphertext: bytes(64 * 1024) })).status).toBe(201);
    const larger = await send({ ...draftOf(''), ciphertext: bytes(64 * 1024 + 1) });
    expect([larger.status, larger.body.code]).toEqual([400, 'invalid_request']);
    const none = await send({ ...draftOf(''), ciphertext: '' });
    expect([none.status, none.body.code]).toEqual([400, 'invalid_request']);
  });

  test('for a request is refused before it is read', async () => {
    const { status, body } = await send({ ...draftOf(''), ciphertext: bytes(256 * 1024) });
    expect([status, body.code]).toEqual([413, 'payload_too_large']);
  });
});

/** So many bytes as base64url. */
function bytes(count: number, fill = 7): string {
  return Buffer.alloc(count, fill).toString('base64url');
}

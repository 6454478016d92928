import { people, type Reply, TestRelay, TestUser } from '#testing';
import { v7 } from 'uuid';
import { accept, add, giveRole, leave, listed, logOf, remove, reserved } from './conversing.js';
import { groupOf } from './sending.js';

const relay = TestRelay.duringTests();

describe('a stranger', () => {
  it('gets the same answer for a conversation that is absent and one that is not theirs', async () => {
    const [ada, grace, stranger] = await people(relay, 3);
    const theirs = await groupOf(ada, [grace]);
    const absent = v7();
    const attempts = (id: string) =>
      Promise.all([
        stranger.request('GET', `/conversations/${id}`),
        add(stranger, id, ada),
        remove(stranger, id, ada),
        leave(stranger, id),
        accept(stranger, id),
        giveRole(stranger, id, ada, 'member'),
        stranger.request('PUT', `/conversations/${id}/metadata`, { id: v7(), metadata: 'c2VhbGVk' }),
      ]);
    const plain = ({ status, body }: Reply) => ({ status, ...body, requestId: '' });
    const [one, other] = [(await attempts(theirs)).map(plain), (await attempts(absent)).map(plain)];
    expect(one).toEqual(other);
    expect(one.map(({ status, code }) => [status, code])).toEqual(Array.from({ length: 7 }, () => [404, 'not_found']));
    expect(await logOf(relay, theirs)).toHaveLength(1);
  });

  it('is what an ex-member is for all that changes a conversation', async () => {
    const [ada, grace, alan] = await people(relay, 3);
    const id = await groupOf(ada, [grace]);
    await remove(ada, id, grace);
    const replies = await Promise.all([
      add(grace, id, alan),
      remove(grace, id, ada),
      accept(grace, id),
      giveRole(grace, id, ada, 'member'),
    ]);
    for (const reply of replies) expect(reply).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await leave(grace, id)).status).toBe(204);
    expect(await logOf(relay, id)).toHaveLength(2);
  });

  it('needs to sign in', async () => {
    const reply = await fetch(`${relay.url}/v1/conversations`);
    expect(reply.status).toBe(401);
  });
});

describe('what connected devices hear', () => {
  it('is every entry that changes the conversation, on all devices of its members, and nobody else', async () => {
    const [ada, grace, alan] = await people(relay, 3);
    const id = await groupOf(ada, [grace]);
    const [own, theirs, stranger] = await Promise.all([ada.socket(), grace.socket(), alan.socket()]);
    await ada.request('PUT', `/conversations/${id}/metadata`, { id: v7(), metadata: 'c2VhbGVk' });
    await giveRole(ada, id, grace, 'admin');
    for (const socket of [own, theirs])
      expect(await socket.hear('entry', 2)).toMatchObject([
        { conversationId: id, seq: 2, kind: 'metadata', sender: ada.username, ciphertext: 'c2VhbGVk' },
        {
          conversationId: id,
          seq: 3,
          kind: 'members',
          change: { roles: [{ accountId: grace.accountId, role: 'admin' }] },
        },
      ]);
    expect(stranger.payloads('entry')).toEqual([]);
    for (const socket of [own, theirs, stranger]) socket.close();
  });

  it('is the removal for who is removed, and nothing after it', async () => {
    const [ada, grace] = await people(relay, 2);
    const id = await groupOf(ada, [grace]);
    const [own, theirs] = await Promise.all([ada.socket(), grace.socket()]);
    await remove(ada, id, grace);
    await ada.request('PUT', `/conversations/${id}/metadata`, { id: v7(), metadata: 'c2VhbGVk' });
    await own.hear('entry', 2);
    expect(await theirs.hear('account:changed')).toMatchObject([{ what: 'conversation', subject: id }]);
    expect(theirs.payloads('entry')).toMatchObject([{ seq: 2, change: { removed: [{ accountId: grace.accountId }] } }]);
    for (const socket of [own, theirs]) socket.close();
  });

  it('is that there is a request, and no entry, for who is invited', async () => {
    const [ada, grace] = [await TestUser.register(relay), await reserved(relay)];
    const id = await groupOf(ada, []);
    const [own, theirs] = await Promise.all([ada.socket(), grace.socket()]);
    await add(ada, id, grace);
    await ada.request('PUT', `/conversations/${id}/metadata`, { id: v7(), metadata: 'c2VhbGVk' });
    await own.hear('entry', 2);
    expect(await theirs.hear('account:changed')).toMatchObject([{ what: 'conversation', subject: id }]);
    expect(theirs.payloads('entry')).toEqual([]);
    for (const socket of [own, theirs]) socket.close();
  });
});

describe('my list of conversations', () => {
  it('is newest first, each once, page by page', async () => {
    const [ada, grace] = await people(relay, 2);
    const made = [
      await groupOf(ada, []),
      await ada.directWith(grace),
      await groupOf(ada, [grace]),
      await groupOf(ada, []),
      await groupOf(ada, []),
    ];
    await leave(ada, made[2] ?? '');
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { status, body } = await ada.request(
        'GET',
        `/conversations?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      expect(status).toBe(200);
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
    }
    expect(new Set(seen)).toEqual(new Set(made));
    expect(seen).toHaveLength(made.length);
  });

  it('has mine only', async () => {
    const [ada, grace, alan] = await people(relay, 3);
    await groupOf(ada, [grace]);
    expect(await listed(alan)).toEqual([]);
  });

  it.each(['limit=0', 'limit=201', 'limit=1e9', 'cursor=%21', 'cursor=W10', 'offset=1'])(
    'refuses ?%s',
    async (query) => {
      const ada = await TestUser.register(relay);
      expect(await ada.request('GET', `/conversations?${query}`)).toMatchObject({
        status: 400,
        body: { code: 'invalid_request' },
      });
    },
  );
});

import { LIMITS } from '#protocol';
import { people, TestRelay, TestUser } from '#testing';
import { v7 } from 'uuid';
import { add, changesOf, leave, listed, logOf, names, remove, rolesOf, startDirect, view } from './conversing.js';
import { groupOf } from './sending.js';

const relay = TestRelay.duringTests();

/** Puts members into a conversation that nobody registered. */
async function fill(id: string, count: number): Promise<void> {
  await relay.query(
    `WITH crowd AS (
       INSERT INTO accounts (id, username, display_name, created_at)
       SELECT gen_random_uuid(), 'crowd-' || n || '-' || left($1::text, 8), '', now() FROM generate_series(1, $2::int) n RETURNING id
     )
     INSERT INTO members (conversation_id, account_id, joined_seq, state, role) SELECT $1::uuid, id, 1, 'joined', 'member' FROM crowd`,
    [id, count],
  );
}

describe('a group', () => {
  it('begins with the entry that adds everyone, its maker as the owner', async () => {
    const [ada, grace, alan] = await people(relay, 3);
    const metadata = Buffer.from('a sealed title').toString('base64url');
    const { status, body } = await ada.request('POST', '/conversations', {
      kind: 'group',
      members: names([grace, alan]),
      metadata,
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'group',
      role: 'owner',
      headSeq: 2,
      rosterSeq: 1,
      stays: [{ from: 1, to: null }],
      metadata,
      peer: null,
    });
    expect(await rolesOf(grace, body.id)).toEqual({
      [ada.username]: 'owner',
      [grace.username]: 'member',
      [alan.username]: 'member',
    });
    const log = await logOf(relay, body.id);
    expect(log.map(({ seq, kind, sender }) => [seq, kind, sender])).toEqual([
      [1, 1, ada.accountId],
      [2, 2, ada.accountId],
    ]);
    expect(log[0]?.change).toEqual({
      added: [
        { accountId: ada.accountId, username: ada.username, role: 'owner', state: 'joined' },
        { accountId: grace.accountId, username: grace.username, role: 'member', state: 'joined' },
        { accountId: alan.accountId, username: alan.username, role: 'member', state: 'joined' },
      ],
    });
    for (const user of [ada, grace, alan]) expect(await changesOf(relay, user, body.id)).toEqual(['conversation']);
  });

  it('is made once for one id, also by twenty requests at once and with another body', async () => {
    const [ada, grace] = await people(relay, 2);
    const id = v7();
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        ada.request('POST', '/conversations', { kind: 'group', id, members: n === 0 ? [] : [grace.username] }),
      ),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(19);
    expect(await logOf(relay, id)).toHaveLength(1);
  });

  it("never takes an id that is another's conversation", async () => {
    const [ada, grace] = await people(relay, 2);
    const id = v7();
    await ada.request('POST', '/conversations', { kind: 'group', id, members: [] });
    expect(await grace.request('POST', '/conversations', { kind: 'group', id, members: [] })).toMatchObject({
      status: 409,
      body: { code: 'id_reused' },
    });
    expect((await grace.request('GET', `/conversations/${id}`)).status).toBe(404);
  });

  it('is not made when one of its members does not exist', async () => {
    const [ada, grace] = await people(relay, 2);
    const reply = await ada.request('POST', '/conversations', {
      kind: 'group',
      members: [grace.username, 'nobody-here'],
    });
    expect(reply).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await listed(grace)).toEqual([]);
    expect(await listed(ada)).toEqual([]);
  });

  it.each([
    ['nothing', {}],
    ['an unknown kind', { kind: 'channel' }],
    ['nobody', { kind: 'direct' }],
    ['fields of both kinds', { kind: 'direct', with: 'grace', members: ['alan'] }],
    ['both kinds at once', { kind: 'group', members: [], with: 'grace' }],
    ['no list of members', { kind: 'group' }],
    ['a name for a list', { kind: 'group', members: 'grace' }],
    ['a name twice', { kind: 'group', members: ['grace', 'grace'] }],
    ['an id that is no UUIDv7', { kind: 'group', members: [], id: '00000000-0000-4000-8000-000000000000' }],
    ['metadata that is not base64url', { kind: 'group', members: [], metadata: 'not base64url!' }],
    ['metadata of a byte too many', { kind: 'group', members: [], metadata: 'A'.repeat(43_692) }],
    ['a member too many', { kind: 'group', members: Array.from({ length: 101 }, (_, n) => `user${n}`) }],
    ['an unknown field', { kind: 'group', members: [], owner: 'grace' }],
  ])('is not started by %s', async (_what, body) => {
    const ada = await TestUser.register(relay);
    const reply = await ada.request('POST', '/conversations', body);
    expect(reply).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });
});

describe('members', () => {
  it('who are added later read from the entry that adds them', async () => {
    const [ada, grace, alan] = await people(relay, 3);
    const id = await groupOf(ada, [grace]);
    expect(await add(ada, id, alan)).toMatchObject({ status: 200, body: { seq: 2 } });
    expect(await view(alan, id)).toMatchObject({ state: 'joined', stays: [{ from: 2, to: null }], headSeq: 2 });
    expect(await view(ada, id)).toMatchObject({ rosterSeq: 2 });
    expect(await changesOf(relay, alan, id)).toEqual(['conversation']);
  });

  it('who are removed read the entry that says so, and see no roster and no later head', async () => {
    const [ada, grace, alan] = await people(relay, 3);
    const id = await groupOf(ada, [grace, alan]);
    expect(await remove(ada, id, alan)).toMatchObject({ status: 200, body: { seq: 2 } });
    await ada.request('PUT', `/conversations/${id}/metadata`, { id: v7(), metadata: 'c2VhbGVk' });
    expect(await view(alan, id)).toMatchObject({
      state: 'left',
      role: null,
      headSeq: 2,
      rosterSeq: null,
      stays: [{ from: 1, to: 2 }],
      members: [],
      metadata: null,
    });
    expect(await view(grace, id)).toMatchObject({ state: 'joined', headSeq: 3 });
    expect(await listed(alan)).toMatchObject([{ id, state: 'left' }]);
  });

  it('who return get a new stay beside the old one', async () => {
    const [ada, grace] = await people(relay, 2);
    const id = await groupOf(ada, [grace]);
    await leave(grace, id);
    await ada.request('PUT', `/conversations/${id}/metadata`, { id: v7(), metadata: 'c2VhbGVk' });
    await add(ada, id, grace);
    expect(await view(grace, id)).toMatchObject({
      state: 'joined',
      headSeq: 4,
      stays: [
        { from: 1, to: 2 },
        { from: 4, to: null },
      ],
    });
  });

  it('are added all or not at all', async () => {
    const [ada, grace, alan] = await people(relay, 3);
    const id = await groupOf(ada, [grace]);
    expect(await add(ada, id, alan, grace)).toMatchObject({ status: 409, body: { code: 'already_member' } });
    expect(await logOf(relay, id)).toHaveLength(1);
  });

  it('are added once by twenty requests at once', async () => {
    const [ada, grace] = await people(relay, 2);
    const id = await groupOf(ada, []);
    const replies = await Promise.all(Array.from({ length: 20 }, () => add(ada, id, grace)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(replies.filter(({ body }) => body.code === 'already_member')).toHaveLength(19);
    expect((await logOf(relay, id)).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('are added by one request with one id, however often it is sent', async () => {
    const [ada, grace] = await people(relay, 2);
    const id = await groupOf(ada, []);
    const request = { id: v7(), members: [grace.username] };
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => ada.request('POST', `/conversations/${id}/members`, request)),
    );
    expect(replies.map(({ status, body }) => [status, body.seq])).toEqual(Array.from({ length: 10 }, () => [200, 2]));
    expect(await logOf(relay, id)).toHaveLength(2);
  });

  it('who are not there are removed without complaint and without an entry', async () => {
    const [ada, grace] = await people(relay, 2);
    const id = await groupOf(ada, []);
    expect(await remove(ada, id, grace)).toMatchObject({ status: 200, body: { seq: null } });
    expect(await logOf(relay, id)).toHaveLength(1);
  });

  it('join and go in one contiguous log, whatever happens at once', async () => {
    const [ada, ...others] = await people(relay, 7);
    const id = await groupOf(ada, []);
    await Promise.all(others.map((other) => add(ada, id, other)));
    await Promise.all([
      ...others.slice(0, 3).map((other) => leave(other, id)),
      ...others.slice(3).map((other) => remove(ada, id, other)),
    ]);
    expect((await logOf(relay, id)).map(({ seq }) => seq)).toEqual(Array.from({ length: 13 }, (_, n) => n + 1));
    expect(await rolesOf(ada, id)).toEqual({ [ada.username]: 'owner' });
    for (const other of others) expect(await view(other, id)).toMatchObject({ state: 'left' });
  });
});

describe('quotas', () => {
  it('end the growth of a group at its greatest number of members', async () => {
    const [ada, grace] = await people(relay, 2);
    const id = await groupOf(ada, []);
    await fill(id, LIMITS.membersPerConversation - 1);
    expect(await add(ada, id, grace)).toMatchObject({ status: 409, body: { code: 'conversation_full' } });
  });

  it('keep an account from more conversations than it may have, whoever starts them', async () => {
    const [ada, grace] = await people(relay, 2);
    const left = await groupOf(ada, []);
    await leave(ada, left);
    await relay.query(
      `INSERT INTO members (conversation_id, account_id, joined_seq, state, role)
       SELECT gen_random_uuid(), $1, 1, 'joined', 'member' FROM generate_series(1, $2)`,
      [ada.accountId, LIMITS.conversationsPerAccount - 1],
    );
    const attempts = await Promise.all(
      Array.from({ length: 5 }, () => ada.request('POST', '/conversations', { kind: 'group', members: [] })),
    );
    expect(attempts.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(attempts.filter(({ body }) => body.code === 'account_quota_exceeded')).toHaveLength(4);
    expect(await startDirect(grace, ada)).toMatchObject({ status: 429, body: { code: 'account_quota_exceeded' } });
  });
});

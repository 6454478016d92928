import { draftOf, people, TestRelay, TestUser } from '#testing';
import { v7 } from 'uuid';
import { add, changesOf, giveRole, leave, logOf, remove, rolesOf, startDirect, view } from './conversing.js';
import { groupOf } from './sending.js';

const relay = TestRelay.duringTests();

describe('a direct conversation', () => {
  it('exists once for two people, whoever starts it', async () => {
    const [ada, grace] = await people(relay, 2);
    const first = await startDirect(ada, grace);
    const again = await startDirect(ada, grace);
    const other = await startDirect(grace, ada);
    expect([first.status, again.status, other.status]).toEqual([201, 200, 200]);
    expect(new Set([first.body.id, again.body.id, other.body.id]).size).toBe(1);
    expect(first.body).toMatchObject({
      kind: 'direct',
      protocol: 'opaque',
      state: 'joined',
      role: 'member',
      headSeq: 0,
      rosterSeq: 0,
    });
    expect(first.body.stays).toEqual([{ from: 1, to: null }]);
    expect(first.body.peer).toMatchObject({ accountId: grace.accountId, username: grace.username });
    expect(other.body.peer).toMatchObject({ username: ada.username });
    expect(await rolesOf(grace, first.body.id)).toEqual({ [ada.username]: 'member', [grace.username]: 'member' });
  });

  it('is created once by twenty starts from both sides at once', async () => {
    const [ada, grace] = await people(relay, 2);
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? startDirect(ada, grace) : startDirect(grace, ada))),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(19);
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    const stays = await relay.query('SELECT 1 FROM members WHERE conversation_id = $1', [replies[0]?.body.id]);
    expect(stays).toHaveLength(2);
    expect(await logOf(relay, replies[0]?.body.id)).toEqual([]);
  });

  it('makes the other one a contact of who starts it, and not the other way round', async () => {
    const [ada, grace] = await people(relay, 2);
    await startDirect(ada, grace);
    expect((await ada.request('GET', `/contacts/${grace.username}`)).body.state).toBe('accepted');
    expect((await grace.request('GET', `/contacts/${ada.username}`)).status).toBe(404);
  });

  it('is told to the devices of both', async () => {
    const [ada, grace] = await people(relay, 2);
    const { id } = (await startDirect(ada, grace)).body;
    expect(await changesOf(relay, ada, id)).toEqual(['conversation']);
    expect(await changesOf(relay, grace, id)).toEqual(['conversation']);
  });

  it('is with somebody, and somebody else', async () => {
    const ada = await TestUser.register(relay);
    expect(await ada.request('POST', '/conversations', { kind: 'direct', with: 'nobody-here' })).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    });
    expect(await startDirect(ada, ada)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  it('has neither further members nor roles nor metadata', async () => {
    const [ada, grace, alan] = await people(relay, 3);
    const id = await ada.directWith(grace);
    const replies = await Promise.all([
      add(ada, id, alan),
      remove(ada, id, grace),
      giveRole(ada, id, grace, 'admin'),
      ada.request('PUT', `/conversations/${id}/metadata`, { id: v7(), metadata: 'c2VhbGVk' }),
    ]);
    for (const reply of replies) expect(reply).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await logOf(relay, id)).toEqual([]);
  });

  it('keeps the copy of who stays when the other one leaves, and opens a new stay when it is started again', async () => {
    const [ada, grace] = await people(relay, 2);
    const id = await ada.directWith(grace);
    expect((await leave(grace, id)).status).toBe(204);
    expect(await view(grace, id)).toMatchObject({
      state: 'left',
      role: null,
      headSeq: 1,
      stays: [{ from: 1, to: 1 }],
      members: [],
    });
    expect(await view(ada, id)).toMatchObject({ state: 'joined', headSeq: 1, stays: [{ from: 1, to: null }] });

    expect(await startDirect(ada, grace)).toMatchObject({ status: 200, body: { id, headSeq: 2 } });
    expect(await view(grace, id)).toMatchObject({
      state: 'joined',
      headSeq: 2,
      stays: [
        { from: 1, to: 1 },
        { from: 2, to: null },
      ],
    });
    expect((await logOf(relay, id)).map(({ change }) => Object.keys(change))).toEqual([['removed'], ['added']]);
  });
});

describe('blocking', () => {
  it('ends the direct conversation on both sides, and refuses the blocked as if nobody were there', async () => {
    const [ada, grace] = await people(relay, 2);
    const id = await ada.directWith(grace);
    await grace.request('PUT', `/contacts/${ada.username}`, { state: 'blocked' });
    expect(await view(ada, id)).toMatchObject({ state: 'left', headSeq: 1 });
    expect(await view(grace, id)).toMatchObject({ state: 'left', headSeq: 1 });

    const refused = await startDirect(ada, grace);
    const absent = await ada.request('POST', '/conversations', { kind: 'direct', with: 'nobody-here' });
    expect([refused.status, { ...refused.body, requestId: '' }]).toEqual([
      absent.status,
      { ...absent.body, requestId: '' },
    ]);
  });

  it('must be undone before its author can start again; then both get new stays', async () => {
    const [ada, grace] = await people(relay, 2);
    const id = await ada.directWith(grace);
    await grace.request('PUT', `/contacts/${ada.username}`, { state: 'blocked' });
    expect(await startDirect(grace, ada)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    await grace.request('DELETE', `/contacts/${ada.username}`);
    expect((await startDirect(grace, ada)).status).toBe(200);
    for (const user of [ada, grace])
      expect(await view(user, id)).toMatchObject({
        state: 'joined',
        stays: [
          { from: 1, to: 1 },
          { from: 2, to: null },
        ],
      });
  });

  it('never leaves a conversation open, however it races with starting one', async () => {
    const pairs = await Promise.all(Array.from({ length: 8 }, () => people(relay, 2)));
    const block = (by: TestUser, whom: TestUser) =>
      by.request('PUT', `/contacts/${whom.username}`, { state: 'blocked' });
    const replies = await Promise.all(pairs.flatMap(([ada, grace]) => [startDirect(ada, grace), block(grace, ada)]));
    for (const [index, { status }] of replies.entries()) expect(index % 2 === 0 ? [201, 404] : [200]).toContain(status);
    for (const [ada] of pairs) {
      const open = await relay.query('SELECT 1 FROM members WHERE account_id = $1 AND left_seq IS NULL', [
        ada.accountId,
      ]);
      expect(open).toEqual([]);
    }
  });

  it('by both at once ends the conversation once', async () => {
    const pairs = await Promise.all(Array.from({ length: 4 }, () => people(relay, 2)));
    const ids = await Promise.all(pairs.map(([ada, grace]) => ada.directWith(grace)));
    const replies = await Promise.all(
      pairs.flatMap(([ada, grace]) => [
        ada.request('PUT', `/contacts/${grace.username}`, { state: 'blocked' }),
        grace.request('PUT', `/contacts/${ada.username}`, { state: 'blocked' }),
      ]),
    );
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200));
    for (const id of ids) expect(await logOf(relay, id)).toHaveLength(1);
  });

  it('keeps the blocked from adding me to a group', async () => {
    const [ada, grace] = await people(relay, 2);
    const id = await groupOf(ada, []);
    await grace.request('PUT', `/contacts/${ada.username}`, { state: 'blocked' });
    expect(await add(ada, id, grace)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await ada.request('POST', '/conversations', { kind: 'group', members: [grace.username] })).toMatchObject({
      status: 404,
    });
  });
});

describe('leaving a conversation', () => {
  it.each(['direct', 'group'])('of kind %s keeps the other side’s copy, and one’s own', async (kind) => {
    const [stays, leaves] = await people(relay, 2);
    const start = kind === 'direct' ? { kind, with: leaves.username } : { kind, members: [leaves.username] };
    const { body } = await stays.request('POST', '/conversations', start);
    const sent = [draftOf('one'), draftOf('two'), draftOf('three')];
    await stays.send(body.id, 'one', sent[0]);
    await leaves.send(body.id, 'two', sent[1]);
    await leaves.send(body.id, 'three', sent[2]);
    expect((await leaves.request('POST', `/conversations/${body.id}/leave`)).status).toBe(204);
    for (const reader of [stays, leaves]) expect(await messagesOf(reader, body.id)).toEqual(sent.map(({ id }) => id));
  });

  it('and deleting the account keeps the other side’s copy', async () => {
    const [stays, leaves] = await people(relay, 2);
    const direct = await stays.directWith(leaves);
    const sent = [draftOf('mine'), draftOf('theirs')];
    await stays.send(direct, 'mine', sent[0]);
    await leaves.send(direct, 'theirs', sent[1]);
    expect((await leaves.request('DELETE', '/auth/me', { authKey: leaves.authKey })).status).toBe(204);
    expect(await messagesOf(stays, direct)).toEqual(sent.map(({ id }) => id));
  });
});

async function messagesOf(reader: TestUser, id: string): Promise<string[]> {
  const { body } = await reader.request('GET', `/conversations/${id}/messages`);
  const entries = body.items as { id: string; kind: string; ciphertext?: string }[];
  return entries
    .filter(({ kind, ciphertext }) => kind === 'message' && ciphertext !== undefined)
    .map((entry) => entry.id);
}

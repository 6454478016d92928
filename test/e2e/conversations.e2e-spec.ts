import { type AccountId, LIMITS } from '#protocol';
import { type Reply, TestRelay, TestUser } from '#testing';
import { v7 } from 'uuid';
import { ConversationsService } from '../../apps/relay/src/conversations/index.js';

interface StoredEntry {
  readonly seq: number;
  readonly kind: number;
  readonly sender: string | null;
  readonly change: Record<string, unknown>;
}

let relay: TestRelay;
beforeAll(async () => {
  relay = await TestRelay.start();
});
afterAll(() => relay.stop());

async function people(count: number): Promise<TestUser[]> {
  return Promise.all(Array.from({ length: count }, () => TestUser.register(relay)));
}

async function two(): Promise<[TestUser, TestUser]> {
  return Promise.all([TestUser.register(relay), TestUser.register(relay)]);
}

async function three(): Promise<[TestUser, TestUser, TestUser]> {
  return Promise.all([TestUser.register(relay), TestUser.register(relay), TestUser.register(relay)]);
}

async function four(): Promise<[TestUser, TestUser, TestUser, TestUser]> {
  const [one, another] = await Promise.all([two(), two()]);
  return [...one, ...another];
}

/** Somebody whom only contacts reach without asking. */
async function reserved(): Promise<TestUser> {
  const user = await TestUser.register(relay);
  await user.request('PATCH', '/auth/me', { privacy: 'contacts' });
  return user;
}

const names = (users: readonly TestUser[]) => users.map(({ username }) => username);

async function group(owner: TestUser, ...members: TestUser[]): Promise<string> {
  const { status, body } = await owner.request('POST', '/conversations', { kind: 'group', members: names(members) });
  expect(status).toBe(201);
  return body.id as string;
}

const startDirect = (user: TestUser, other: TestUser) =>
  user.request('POST', '/conversations', { kind: 'direct', with: other.username });

const view = async (user: TestUser, id: string) => (await user.request('GET', `/conversations/${id}`)).body;
const add = (user: TestUser, id: string, ...members: TestUser[]) =>
  user.request('POST', `/conversations/${id}/members`, { members: names(members) });
const remove = (user: TestUser, id: string, ...members: TestUser[]) =>
  user.request('DELETE', `/conversations/${id}/members`, { members: names(members) });
const leave = (user: TestUser, id: string) => user.request('POST', `/conversations/${id}/leave`);
const accept = (user: TestUser, id: string) => user.request('POST', `/conversations/${id}/accept`);
const giveRole = (user: TestUser, id: string, member: TestUser, role: string) =>
  user.request('PUT', `/conversations/${id}/members/${member.username}/role`, { role });

async function rolesOf(user: TestUser, id: string): Promise<Record<string, string>> {
  const { members } = (await view(user, id)) as { members: { username: string; role: string }[] };
  return Object.fromEntries(members.map(({ username, role }) => [username, role]));
}

async function logOf(id: string): Promise<StoredEntry[]> {
  const rows = await relay.query<{ seq: string; kind: number; sender: string | null; body: Buffer }>(
    'SELECT seq, kind, sender_account AS sender, body FROM entries WHERE conversation_id = $1 ORDER BY seq',
    [id],
  );
  return rows.map(({ seq, kind, sender, body }) => ({
    seq: Number(seq),
    kind,
    sender,
    change: kind === 1 ? (JSON.parse(body.toString()) as Record<string, unknown>) : {},
  }));
}

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

async function changesOf(user: TestUser, subject: string): Promise<string[]> {
  const rows = await relay.query<{ what: string }>(
    'SELECT what FROM account_changes WHERE account_id = $1 AND subject = $2',
    [user.accountId, subject],
  );
  return rows.map(({ what }) => what);
}

async function listed(user: TestUser): Promise<{ id: string; state: string }[]> {
  const { body } = await user.request('GET', '/conversations?limit=200');
  return body.items;
}

describe('a direct conversation', () => {
  it('exists once for two people, whoever starts it', async () => {
    const [ada, grace] = await two();
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
    const [ada, grace] = await two();
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? startDirect(ada, grace) : startDirect(grace, ada))),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(19);
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    const stays = await relay.query('SELECT 1 FROM members WHERE conversation_id = $1', [replies[0]?.body.id]);
    expect(stays).toHaveLength(2);
    expect(await logOf(replies[0]?.body.id)).toEqual([]);
  });

  it('makes the other one a contact of who starts it, and not the other way round', async () => {
    const [ada, grace] = await two();
    await startDirect(ada, grace);
    expect((await ada.request('GET', `/contacts/${grace.username}`)).body.state).toBe('accepted');
    expect((await grace.request('GET', `/contacts/${ada.username}`)).status).toBe(404);
  });

  it('is told to the devices of both', async () => {
    const [ada, grace] = await two();
    const { id } = (await startDirect(ada, grace)).body;
    expect(await changesOf(ada, id)).toEqual(['conversation']);
    expect(await changesOf(grace, id)).toEqual(['conversation']);
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
    const [ada, grace, alan] = await three();
    const id = await ada.directWith(grace);
    const replies = await Promise.all([
      add(ada, id, alan),
      remove(ada, id, grace),
      giveRole(ada, id, grace, 'admin'),
      ada.request('PUT', `/conversations/${id}/metadata`, { id: v7(), metadata: 'c2VhbGVk' }),
    ]);
    for (const reply of replies) expect(reply).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await logOf(id)).toEqual([]);
  });

  it('keeps the copy of who stays when the other one leaves, and opens a new stay when it is started again', async () => {
    const [ada, grace] = await two();
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
    expect((await logOf(id)).map(({ change }) => Object.keys(change))).toEqual([['removed'], ['added']]);
  });
});

describe('blocking', () => {
  it('ends the direct conversation on both sides, and refuses the blocked as if nobody were there', async () => {
    const [ada, grace] = await two();
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
    const [ada, grace] = await two();
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
    const pairs = await Promise.all(Array.from({ length: 8 }, two));
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
    const pairs = await Promise.all(Array.from({ length: 4 }, two));
    const ids = await Promise.all(pairs.map(([ada, grace]) => ada.directWith(grace)));
    const replies = await Promise.all(
      pairs.flatMap(([ada, grace]) => [
        ada.request('PUT', `/contacts/${grace.username}`, { state: 'blocked' }),
        grace.request('PUT', `/contacts/${ada.username}`, { state: 'blocked' }),
      ]),
    );
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200));
    for (const id of ids) expect(await logOf(id)).toHaveLength(1);
  });

  it('keeps the blocked from adding me to a group', async () => {
    const [ada, grace] = await two();
    const id = await group(ada);
    await grace.request('PUT', `/contacts/${ada.username}`, { state: 'blocked' });
    expect(await add(ada, id, grace)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await ada.request('POST', '/conversations', { kind: 'group', members: [grace.username] })).toMatchObject({
      status: 404,
    });
  });
});

describe('an invitation', () => {
  it('shows who asks, and nothing of the conversation', async () => {
    const [ada, grace] = [await TestUser.register(relay), await reserved()];
    const id = await ada.directWith(grace);
    const shown = await view(grace, id);
    expect(shown).toMatchObject({
      state: 'invited',
      role: null,
      headSeq: 0,
      stays: [],
      members: [],
      metadata: null,
      rosterSeq: null,
    });
    expect(shown.invitedBy).toMatchObject({ username: ada.username });
    expect(await listed(grace)).toMatchObject([{ id, state: 'invited' }]);
    expect((await view(ada, id)).members).toContainEqual(
      expect.objectContaining({ username: grace.username, state: 'invited' }),
    );
  });

  it('to a group names who added the person, and hides its roster and title', async () => {
    const [[ada, alan], grace] = [await two(), await reserved()];
    const id = await group(ada, alan);
    await ada.request('PUT', `/conversations/${id}/metadata`, { id: v7(), metadata: 'c2VhbGVk' });
    await giveRole(ada, id, alan, 'admin');
    expect((await add(alan, id, grace)).status).toBe(200);
    const shown = await view(grace, id);
    expect(shown).toMatchObject({
      kind: 'group',
      state: 'invited',
      headSeq: 0,
      members: [],
      metadata: null,
      invitedBy: { username: alan.username },
    });
    expect(JSON.stringify(shown)).not.toContain(ada.username);
  });

  it('opens the conversation when it is accepted, from the invitation on, and makes a contact', async () => {
    const [ada, grace] = [await TestUser.register(relay), await reserved()];
    const id = await ada.directWith(grace);
    expect((await accept(grace, id)).status).toBe(204);
    expect((await accept(grace, id)).status).toBe(204);
    expect(await view(grace, id)).toMatchObject({
      state: 'joined',
      invitedBy: null,
      headSeq: 1,
      stays: [{ from: 1, to: null }],
    });
    expect(await logOf(id)).toMatchObject([{ sender: grace.accountId, change: { accepted: [grace.accountId] } }]);
    expect((await grace.request('GET', `/contacts/${ada.username}`)).body.state).toBe('accepted');
  });

  it('is accepted by writing back', async () => {
    const [ada, grace] = [await TestUser.register(relay), await reserved()];
    const id = await ada.directWith(grace);
    expect(await startDirect(grace, ada)).toMatchObject({ status: 200, body: { id, state: 'joined' } });
  });

  it('is forgotten when it is declined, and its entries are never readable', async () => {
    const [ada, grace] = [await TestUser.register(relay), await reserved()];
    const id = await ada.directWith(grace);
    expect((await leave(grace, id)).status).toBe(204);
    expect(await listed(grace)).toEqual([]);
    expect((await grace.request('GET', `/conversations/${id}`)).status).toBe(404);
    expect(await logOf(id)).toMatchObject([
      { change: { removed: [{ accountId: grace.accountId, username: grace.username }] } },
    ]);
  });

  it('is taken back when who asked leaves', async () => {
    const [ada, grace] = [await TestUser.register(relay), await reserved()];
    const id = await ada.directWith(grace);
    await leave(ada, id);
    expect(await listed(grace)).toEqual([]);
    expect((await accept(grace, id)).status).toBe(404);
  });

  it('is not needed from contacts', async () => {
    const [ada, grace] = [await TestUser.register(relay), await reserved()];
    await grace.request('PUT', `/contacts/${ada.username}`, { state: 'accepted' });
    const id = await ada.directWith(grace);
    expect(await view(grace, id)).toMatchObject({ state: 'joined' });
  });

  it('lets nobody act in the conversation before it is accepted', async () => {
    const [[ada, alan], grace] = [await two(), await reserved()];
    const id = await group(ada, grace);
    const replies = await Promise.all([
      add(grace, id, alan),
      remove(grace, id, ada),
      giveRole(grace, id, ada, 'member'),
    ]);
    for (const reply of replies) expect(reply).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });
});

describe('a group', () => {
  it('begins with the entry that adds everyone, its maker as the owner', async () => {
    const [ada, grace, alan] = await three();
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
    const log = await logOf(body.id);
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
    for (const user of [ada, grace, alan]) expect(await changesOf(user, body.id)).toEqual(['conversation']);
  });

  it('is made once for one id, also by twenty requests at once and with another body', async () => {
    const [ada, grace] = await two();
    const id = v7();
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        ada.request('POST', '/conversations', { kind: 'group', id, members: n === 0 ? [] : [grace.username] }),
      ),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(19);
    expect(await logOf(id)).toHaveLength(1);
  });

  it("never takes an id that is another's conversation", async () => {
    const [ada, grace] = await two();
    const id = v7();
    await ada.request('POST', '/conversations', { kind: 'group', id, members: [] });
    expect(await grace.request('POST', '/conversations', { kind: 'group', id, members: [] })).toMatchObject({
      status: 409,
      body: { code: 'id_reused' },
    });
    expect((await grace.request('GET', `/conversations/${id}`)).status).toBe(404);
  });

  it('is not made when one of its members does not exist', async () => {
    const [ada, grace] = await two();
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
    const [ada, grace, alan] = await three();
    const id = await group(ada, grace);
    expect(await add(ada, id, alan)).toMatchObject({ status: 200, body: { seq: 2 } });
    expect(await view(alan, id)).toMatchObject({ state: 'joined', stays: [{ from: 2, to: null }], headSeq: 2 });
    expect(await view(ada, id)).toMatchObject({ rosterSeq: 2 });
    expect(await changesOf(alan, id)).toEqual(['conversation']);
  });

  it('who are removed read the entry that says so, and see no roster and no later head', async () => {
    const [ada, grace, alan] = await three();
    const id = await group(ada, grace, alan);
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
    const [ada, grace] = await two();
    const id = await group(ada, grace);
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
    const [ada, grace, alan] = await three();
    const id = await group(ada, grace);
    expect(await add(ada, id, alan, grace)).toMatchObject({ status: 409, body: { code: 'already_member' } });
    expect(await logOf(id)).toHaveLength(1);
  });

  it('are added once by twenty requests at once', async () => {
    const [ada, grace] = await two();
    const id = await group(ada);
    const replies = await Promise.all(Array.from({ length: 20 }, () => add(ada, id, grace)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(replies.filter(({ body }) => body.code === 'already_member')).toHaveLength(19);
    expect((await logOf(id)).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('are added by one request with one id, however often it is sent', async () => {
    const [ada, grace] = await two();
    const id = await group(ada);
    const request = { id: v7(), members: [grace.username] };
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => ada.request('POST', `/conversations/${id}/members`, request)),
    );
    expect(replies.map(({ status, body }) => [status, body.seq])).toEqual(Array.from({ length: 10 }, () => [200, 2]));
    expect(await logOf(id)).toHaveLength(2);
  });

  it('who are not there are removed without complaint and without an entry', async () => {
    const [ada, grace] = await two();
    const id = await group(ada);
    expect(await remove(ada, id, grace)).toMatchObject({ status: 200, body: { seq: null } });
    expect(await logOf(id)).toHaveLength(1);
  });

  it('join and go in one contiguous log, whatever happens at once', async () => {
    const [ada, ...others] = await people(7);
    if (ada === undefined) throw new Error('nobody registered');
    const id = await group(ada);
    await Promise.all(others.map((other) => add(ada, id, other)));
    await Promise.all([
      ...others.slice(0, 3).map((other) => leave(other, id)),
      ...others.slice(3).map((other) => remove(ada, id, other)),
    ]);
    expect((await logOf(id)).map(({ seq }) => seq)).toEqual(Array.from({ length: 13 }, (_, n) => n + 1));
    expect(await rolesOf(ada, id)).toEqual({ [ada.username]: 'owner' });
    for (const other of others) expect(await view(other, id)).toMatchObject({ state: 'left' });
  });
});

describe('roles', () => {
  it('let admins add and remove members, but neither owner nor admins', async () => {
    const [ada, grace, alan, edsger] = await four();
    const id = await group(ada, grace, alan);
    await giveRole(ada, id, grace, 'admin');
    await giveRole(ada, id, alan, 'admin');
    expect((await add(grace, id, edsger)).status).toBe(200);
    expect((await remove(grace, id, edsger)).status).toBe(200);
    for (const target of [ada, alan])
      expect(await remove(grace, id, target)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await remove(ada, id, alan)).status).toBe(200);
  });

  it('are given by the owner alone', async () => {
    const [ada, grace, alan] = await three();
    const id = await group(ada, grace, alan);
    await giveRole(ada, id, grace, 'admin');
    for (const actor of [grace, alan])
      expect(await giveRole(actor, id, alan, 'admin')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const body = { members: [alan.username], role: 'admin' };
    await remove(ada, id, alan);
    expect(await grace.request('POST', `/conversations/${id}/members`, body)).toMatchObject({ status: 403 });
    expect(await ada.request('POST', `/conversations/${id}/members`, body)).toMatchObject({ status: 200 });
    expect(await rolesOf(ada, id)).toMatchObject({ [alan.username]: 'admin' });
  });

  it('keep exactly one owner: giving it away makes the giver an admin', async () => {
    const [ada, grace] = await two();
    const id = await group(ada, grace);
    expect(await giveRole(ada, id, ada, 'admin')).toMatchObject({ status: 409, body: { code: 'last_owner' } });
    expect(await giveRole(ada, id, grace, 'owner')).toMatchObject({ status: 200, body: { seq: 2 } });
    expect(await rolesOf(ada, id)).toEqual({ [ada.username]: 'admin', [grace.username]: 'owner' });
    expect((await logOf(id))[1]?.change).toEqual({
      roles: [
        { accountId: grace.accountId, role: 'owner' },
        { accountId: ada.accountId, role: 'admin' },
      ],
    });
  });

  it('are given to one heir, even if the ownership is given away many times at once', async () => {
    const [ada, ...others] = await people(6);
    if (ada === undefined) throw new Error('nobody registered');
    const id = await group(ada, ...others);
    const replies = await Promise.all(others.map((other) => giveRole(ada, id, other, 'owner')));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(Object.values(await rolesOf(ada, id)).filter((role) => role === 'owner')).toHaveLength(1);
  });

  it('pass to the longest-standing admin when the owner leaves, and to a member when there is none', async () => {
    const [ada, grace, alan] = await three();
    const id = await group(ada, grace);
    await add(ada, id, alan);
    await giveRole(ada, id, alan, 'admin');
    await leave(ada, id);
    expect(await rolesOf(grace, id)).toEqual({ [grace.username]: 'member', [alan.username]: 'owner' });
    await leave(alan, id);
    expect(await rolesOf(grace, id)).toEqual({ [grace.username]: 'owner' });
    expect((await leave(grace, id)).status).toBe(204);
    expect(await view(grace, id)).toMatchObject({ state: 'left' });
  });

  it('are needed for adding, removing and naming', async () => {
    const [ada, grace, alan] = await three();
    const id = await group(ada, grace);
    const replies = await Promise.all([
      add(grace, id, alan),
      remove(grace, id, ada),
      grace.request('PUT', `/conversations/${id}/metadata`, { id: v7(), metadata: 'c2VhbGVk' }),
    ]);
    for (const reply of replies) expect(reply).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await logOf(id)).toHaveLength(1);
  });
});

describe('metadata', () => {
  it('is an entry, the newest one counts, and the same id is the same change', async () => {
    const [ada, grace] = await two();
    const id = await group(ada, grace);
    const put = (entryId: string, text: string) =>
      ada.request('PUT', `/conversations/${id}/metadata`, {
        id: entryId,
        metadata: Buffer.from(text).toString('base64url'),
      });
    const first = v7();
    expect(await put(first, 'sealed one')).toMatchObject({ status: 200, body: { seq: 2 } });
    expect(await put(v7(), 'sealed two')).toMatchObject({ status: 200, body: { seq: 3 } });
    expect(await put(first, 'sealed three')).toMatchObject({ status: 200, body: { seq: 2 } });
    expect((await view(grace, id)).metadata).toBe(Buffer.from('sealed two').toString('base64url'));
    expect(await logOf(id)).toHaveLength(3);
  });

  it("does not take the id of another's entry", async () => {
    const [ada, grace] = await two();
    const id = await group(ada, grace);
    await giveRole(ada, id, grace, 'admin');
    const body = { id: v7(), metadata: 'c2VhbGVk' };
    await ada.request('PUT', `/conversations/${id}/metadata`, body);
    expect(await grace.request('PUT', `/conversations/${id}/metadata`, body)).toMatchObject({
      status: 409,
      body: { code: 'id_reused' },
    });
  });
});

describe('what connected devices hear', () => {
  it('is every entry that changes the conversation, on all devices of its members, and nobody else', async () => {
    const [ada, grace, alan] = await three();
    const id = await group(ada, grace);
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
    const [ada, grace] = await two();
    const id = await group(ada, grace);
    const [own, theirs] = await Promise.all([ada.socket(), grace.socket()]);
    await remove(ada, id, grace);
    await ada.request('PUT', `/conversations/${id}/metadata`, { id: v7(), metadata: 'c2VhbGVk' });
    await own.hear('entry', 2);
    expect(await theirs.hear('account:changed')).toMatchObject([{ what: 'conversation', subject: id }]);
    expect(theirs.payloads('entry')).toMatchObject([{ seq: 2, change: { removed: [{ accountId: grace.accountId }] } }]);
    for (const socket of [own, theirs]) socket.close();
  });

  it('is that there is a request, and no entry, for who is invited', async () => {
    const [ada, grace] = [await TestUser.register(relay), await reserved()];
    const id = await group(ada);
    const [own, theirs] = await Promise.all([ada.socket(), grace.socket()]);
    await add(ada, id, grace);
    await ada.request('PUT', `/conversations/${id}/metadata`, { id: v7(), metadata: 'c2VhbGVk' });
    await own.hear('entry', 2);
    expect(await theirs.hear('account:changed')).toMatchObject([{ what: 'conversation', subject: id }]);
    expect(theirs.payloads('entry')).toEqual([]);
    for (const socket of [own, theirs]) socket.close();
  });
});

describe('quotas', () => {
  it('end the growth of a group at its greatest number of members', async () => {
    const [ada, grace] = await two();
    const id = await group(ada);
    await fill(id, LIMITS.membersPerConversation - 1);
    expect(await add(ada, id, grace)).toMatchObject({ status: 409, body: { code: 'conversation_full' } });
  });

  it('keep an account from more conversations than it may have, whoever starts them', async () => {
    const [ada, grace] = await two();
    const left = await group(ada);
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

describe('an account that goes', () => {
  it('leaves everything, hands over what it owns, and may be asked to go twice', async () => {
    const [ada, grace, alan] = await three();
    const [owned, direct, alone] = [await group(ada, grace), await ada.directWith(alan), await group(ada)];
    const conversations = relay.part(ConversationsService);
    await conversations.leaveAll(ada.accountId as AccountId);
    await conversations.leaveAll(ada.accountId as AccountId);
    expect(await rolesOf(grace, owned)).toEqual({ [grace.username]: 'owner' });
    expect(await rolesOf(alan, direct)).toEqual({ [alan.username]: 'member' });
    for (const id of [owned, direct, alone]) expect(await view(ada, id)).toMatchObject({ state: 'left' });
    expect((await logOf(owned)).at(-1)?.change).toEqual({
      removed: [{ accountId: ada.accountId, username: ada.username }],
      roles: [{ accountId: grace.accountId, role: 'owner' }],
    });
  });

  it('cannot be added any more', async () => {
    const [ada, grace] = await two();
    const id = await group(ada);
    await relay.query(`UPDATE accounts SET status = 'deleted' WHERE id = $1`, [grace.accountId]);
    expect(await add(ada, id, grace)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await startDirect(ada, grace)).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });
});

describe('a stranger', () => {
  it('gets the same answer for a conversation that is absent and one that is not theirs', async () => {
    const [ada, grace, stranger] = await three();
    const theirs = await group(ada, grace);
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
    expect(await logOf(theirs)).toHaveLength(1);
  });

  it('is what an ex-member is for all that changes a conversation', async () => {
    const [ada, grace, alan] = await three();
    const id = await group(ada, grace);
    await remove(ada, id, grace);
    const replies = await Promise.all([
      add(grace, id, alan),
      remove(grace, id, ada),
      accept(grace, id),
      giveRole(grace, id, ada, 'member'),
    ]);
    for (const reply of replies) expect(reply).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await leave(grace, id)).status).toBe(204);
    expect(await logOf(id)).toHaveLength(2);
  });

  it('needs to sign in', async () => {
    const reply = await fetch(`${relay.url}/v1/conversations`);
    expect(reply.status).toBe(401);
  });
});

describe('my list of conversations', () => {
  it('is newest first, each once, page by page', async () => {
    const [ada, grace] = await two();
    const made = [
      await group(ada),
      await ada.directWith(grace),
      await group(ada, grace),
      await group(ada),
      await group(ada),
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
    const [ada, grace, alan] = await three();
    await group(ada, grace);
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

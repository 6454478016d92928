import { call, people, TestRelay, TestUser } from '#testing';

interface ShownContact {
  readonly username: string;
  readonly state: string;
}

const relay = TestRelay.duringTests();

async function contactsOf(user: TestUser): Promise<[string, string][]> {
  const { body } = await user.request('GET', '/contacts');
  return body.items.map(({ username, state }: ShownContact) => [username, state]);
}

async function changesOf(user: TestUser): Promise<{ what: string; subject: string; revision: number }[]> {
  const sql = `SELECT what, subject, revision::integer FROM account_changes WHERE account_id = $1 AND what = 'contacts'`;
  return relay.query(sql, [user.accountId]);
}

describe('a profile', () => {
  it('tells the id and the names of an account, and nothing else', async () => {
    const [asker, other] = await people(relay, 2);
    const { status, body } = await asker.request('GET', `/users/${other.username}`);
    expect([status, Object.keys(body).sort()]).toEqual([200, ['accountId', 'displayName', 'username']]);
    expect(body).toMatchObject({ accountId: other.accountId, username: other.username });
  });

  it('of nobody, and of a deleted account, is not found in the same words', async () => {
    const [asker, gone] = await people(relay, 2);
    await relay.query(`UPDATE accounts SET status = 'deleted' WHERE id = $1`, [gone.accountId]);
    const [one, other] = [
      await asker.request('GET', `/users/${gone.username}`),
      await asker.request('GET', '/users/nobody-here'),
    ];
    expect([one.status, one.body.code]).toEqual([404, 'not_found']);
    expect({ ...one.body, requestId: '' }).toEqual({ ...other.body, requestId: '' });
  });

  it.each(['AB', 'ab', 'Ada', 'ada%20b', 'a'.repeat(33), "ada'--", 'ada%00b'])(
    'is not looked for under the name %s',
    async (name) => {
      const asker = await TestUser.register(relay);
      expect(await asker.request('GET', `/users/${name}`)).toMatchObject({
        status: 400,
        body: { code: 'invalid_request' },
      });
    },
  );
});

describe('a contact', () => {
  it('is listed for who decided, and for nobody else', async () => {
    const [owner, peer] = await people(relay, 2);
    const { status, body } = await owner.request('PUT', `/contacts/${peer.username}`, { state: 'accepted' });
    expect([status, body]).toMatchObject([
      200,
      { accountId: peer.accountId, username: peer.username, state: 'accepted' },
    ]);
    expect(await contactsOf(owner)).toEqual([[peer.username, 'accepted']]);
    expect((await owner.request('GET', `/contacts/${peer.username}`)).body).toEqual(body);
    expect(await contactsOf(peer)).toEqual([]);
    expect(await peer.request('GET', `/contacts/${owner.username}`)).toMatchObject({ status: 404 });
  });

  it('can be blocked, accepted again and forgotten', async () => {
    const [owner, peer] = await people(relay, 2);
    for (const state of ['accepted', 'blocked', 'accepted', 'blocked']) {
      expect((await owner.request('PUT', `/contacts/${peer.username}`, { state })).body.state).toBe(state);
      expect(await contactsOf(owner)).toEqual([[peer.username, state]]);
    }
    expect((await owner.request('DELETE', `/contacts/${peer.username}`)).status).toBe(204);
    expect(await contactsOf(owner)).toEqual([]);
  });

  it('is forgotten again without complaint, whether there was one or not', async () => {
    const [owner, peer] = await people(relay, 2);
    for (const name of [peer.username, 'nobody-here', owner.username])
      expect((await owner.request('DELETE', `/contacts/${name}`)).status).toBe(204);
  });

  it('of somebody else is not touched by my forgetting', async () => {
    const [owner, peer] = await people(relay, 2);
    await owner.request('PUT', `/contacts/${peer.username}`, { state: 'blocked' });
    await peer.request('DELETE', `/contacts/${owner.username}`);
    await peer.request('DELETE', `/contacts/${peer.username}`);
    expect(await contactsOf(owner)).toEqual([[peer.username, 'blocked']]);
  });

  it('must be somebody, and somebody else', async () => {
    const owner = await TestUser.register(relay);
    const put = (name: string) => owner.request('PUT', `/contacts/${name}`, { state: 'accepted' });
    expect(await put('nobody-here')).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await put(owner.username)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  it('is not found alike for a stranger and for nobody', async () => {
    const [owner, stranger] = await people(relay, 2);
    const [one, other] = [
      await owner.request('GET', `/contacts/${stranger.username}`),
      await owner.request('GET', '/contacts/nobody-here'),
    ];
    expect([one.status, one.body.code]).toEqual([404, 'not_found']);
    expect({ ...one.body, requestId: '' }).toEqual({ ...other.body, requestId: '' });
  });

  it.each([
    [{}],
    [{ state: 'friend' }],
    [{ state: ['accepted'] }],
    [{ state: 'accepted', peer: 'x' }],
    [[]],
    ['accepted'],
  ])('is not decided by %j', async (body) => {
    const [owner, peer] = await people(relay, 2);
    expect(await owner.request('PUT', `/contacts/${peer.username}`, body)).toMatchObject({ status: 400 });
    expect(await contactsOf(owner)).toEqual([]);
  });

  it('leaves the list with its account', async () => {
    const [owner, peer] = await people(relay, 2);
    await owner.request('PUT', `/contacts/${peer.username}`, { state: 'accepted' });
    await relay.query(`UPDATE accounts SET status = 'deleted' WHERE id = $1`, [peer.accountId]);
    expect(await contactsOf(owner)).toEqual([]);
    expect((await owner.request('DELETE', `/contacts/${peer.username}`)).status).toBe(204);
  });
});

describe('the list of contacts', () => {
  it('shows everyone once, by name, however small its pages', async () => {
    const owner = await TestUser.register(relay);
    const peers = await Promise.all(Array.from({ length: 5 }, () => TestUser.register(relay)));
    for (const { username } of peers) await owner.request('PUT', `/contacts/${username}`, { state: 'accepted' });
    const shown: string[] = [];
    let path: string | undefined = '/contacts?limit=2';
    while (path !== undefined) {
      const { body } = await owner.request('GET', path);
      shown.push(...body.items.map(({ username }: ShownContact) => username));
      path = body.nextCursor === null ? undefined : `/contacts?limit=2&cursor=${String(body.nextCursor)}`;
    }
    expect(shown).toEqual(peers.map(({ username }) => username).sort());
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=1e9',
    'limit=-1',
    'limit=x',
    'cursor=!',
    'cursor=WzFd',
    'cursor=',
    'page=2',
    'limit=1&limit=2',
  ])('refuses ?%s', async (query) => {
    const owner = await TestUser.register(relay);
    expect(await owner.request('GET', `/contacts?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
  });
});

describe('a decision', () => {
  it('is a change for all devices of who decided, and not for the other one', async () => {
    const [owner, peer] = await people(relay, 2);
    await owner.request('PUT', `/contacts/${peer.username}`, { state: 'blocked' });
    expect(await changesOf(owner)).toMatchObject([{ subject: peer.accountId }]);
    expect(await changesOf(peer)).toEqual([]);
  });

  it('is no change when it is repeated', async () => {
    const [owner, peer] = await people(relay, 2);
    const first = await owner.request('PUT', `/contacts/${peer.username}`, { state: 'blocked' });
    const noted = await changesOf(owner);
    const again = await owner.request('PUT', `/contacts/${peer.username}`, { state: 'blocked' });
    expect(again.body).toEqual(first.body);
    expect(await changesOf(owner)).toEqual(noted);
  });

  it('is one of those made, when several are made at once', async () => {
    const [owner, peer] = await people(relay, 2);
    const states = ['accepted', 'blocked', 'accepted', 'blocked', 'accepted', 'blocked'];
    const replies = await Promise.all(
      states.map((state) => owner.request('PUT', `/contacts/${peer.username}`, { state })),
    );
    expect(replies.map(({ status }) => status)).toEqual(states.map(() => 200));
    expect(await contactsOf(owner)).toHaveLength(1);
  });
});

describe('a block', () => {
  const start = (user: TestUser, name: string) =>
    user.request('POST', '/conversations', { kind: 'direct', with: name });

  it('keeps the other one from writing, in the words for somebody who does not exist', async () => {
    const [owner, peer] = await people(relay, 2);
    await owner.request('PUT', `/contacts/${peer.username}`, { state: 'blocked' });
    const [refused, nobody] = [await start(peer, owner.username), await start(peer, 'nobody-here')];
    expect([refused.status, { ...refused.body, requestId: '' }]).toEqual([404, { ...nobody.body, requestId: '' }]);
  });

  it('ends when it is forgotten', async () => {
    const [owner, peer] = await people(relay, 2);
    await owner.request('PUT', `/contacts/${peer.username}`, { state: 'blocked' });
    await owner.request('DELETE', `/contacts/${peer.username}`);
    expect((await start(peer, owner.username)).status).toBeLessThan(300);
  });

  it('never leaves a conversation open that was started in the same moment', async () => {
    const pairs = await Promise.all(Array.from({ length: 10 }, () => people(relay, 2)));
    const block = ([owner, peer]: [TestUser, TestUser]) =>
      owner.request('PUT', `/contacts/${peer.username}`, { state: 'blocked' });
    const replies = await Promise.all(
      pairs.flatMap((pair) => [block(pair), start(pair[1], pair[0].username), start(pair[0], pair[1].username)]),
    );
    for (const { status } of replies) expect(status).toBeLessThan(500);
    for (const [owner, peer] of pairs) expect(await contactsOf(owner)).toEqual([[peer.username, 'blocked']]);
    const open = await relay.query('SELECT 1 FROM members WHERE left_seq IS NULL AND account_id = ANY ($1)', [
      pairs.flat().map(({ accountId }) => accountId),
    ]);
    expect(open).toEqual([]);
  });
});

describe('looking people up', () => {
  it('runs out for strangers, over all ways together, and never for those one knows (C-34)', async () => {
    const limited = await TestRelay.start({
      environment: { LIMITS: 'strangersAccount=5/500,register=1000/1,anonymous=1000/1' },
    });
    try {
      const [asker, friend, stranger] = await people(limited, 3);
      const statusOf = async (path: string): Promise<number> => (await asker.request('GET', path)).status;
      await asker.request('PUT', `/contacts/${friend.username}`, { state: 'accepted' });
      expect(await statusOf(`/users/${stranger.username}`)).toBe(200);
      expect(await statusOf('/users/nobody-here')).toBe(404);
      expect(await statusOf('/keys/nobody-here')).toBe(404);
      expect(await statusOf(`/keys/${stranger.username}/history`)).toBe(404);

      for (const path of [
        `/users/${stranger.username}`,
        '/users/nobody-here',
        `/keys/${stranger.username}`,
        '/keys/nobody-here/history',
      ])
        expect([path, await statusOf(path)]).toEqual([path, 429]);
      expect((await asker.request('PUT', `/contacts/${stranger.username}`, { state: 'blocked' })).status).toBe(429);
      expect(await statusOf(`/users/${friend.username}`)).toBe(200);
      expect(await statusOf(`/users/${asker.username}`)).toBe(200);
      expect((await asker.request('PUT', `/contacts/${friend.username}`, { state: 'blocked' })).status).toBe(200);
      expect((await asker.request('DELETE', `/contacts/${friend.username}`)).status).toBe(204);

      limited.clock.advance(100_000);
      expect([await statusOf('/users/nobody-here'), await statusOf('/users/nobody-here')]).toEqual([404, 429]);
    } finally {
      await limited.stop();
    }
  });
});

describe('without signing in', () => {
  it.each([
    ['GET', '/users/ada'],
    ['GET', '/contacts'],
    ['GET', '/contacts/ada'],
    ['PUT', '/contacts/ada'],
    ['DELETE', '/contacts/ada'],
  ])('%s %s is refused', async (method, path) => {
    const reply = await call(relay, method, `/v1${path}`);
    expect([reply.status, reply.body.code]).toEqual([401, 'invalid_token']);
  });
});

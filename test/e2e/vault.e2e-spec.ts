import { LIMITS } from '#protocol';
import { call, people, type Reply, TestRelay, TestUser } from '#testing';
import { encode } from './identity-key.js';
import { secret } from './signing-in.js';

const relay = TestRelay.duringTests();

interface Conditions {
  readonly ifMatch?: string | number;
  readonly ifNoneMatch?: string;
}

/** Asks for a blob of somebody's vault; a number in `ifMatch` is a version. */
function ask(
  user: TestUser,
  method: string,
  name: string,
  { ifMatch, ifNoneMatch, ...rest }: Conditions & { body?: unknown } = {},
): Promise<Reply> {
  const headers: Record<string, string> = {
    ...(ifMatch === undefined ? {} : { 'if-match': typeof ifMatch === 'number' ? `"${String(ifMatch)}"` : ifMatch }),
    ...(ifNoneMatch === undefined ? {} : { 'if-none-match': ifNoneMatch }),
  };
  return call(relay, method, `/v1/vault/${name}`, { token: user.token, headers, ...rest });
}

const sealed = (text: string): { body: string } => ({ body: encode(Buffer.from(text)) });

const putNew = (user: TestUser, name: string, text = 'sealed'): Promise<Reply> =>
  ask(user, 'PUT', name, { ifNoneMatch: '*', body: sealed(text) });
const replace = (user: TestUser, name: string, ifMatch: number, text: string): Promise<Reply> =>
  ask(user, 'PUT', name, { ifMatch, body: sealed(text) });

describe('a blob of the vault', () => {
  it('is kept as it was put, under a version of its own', async () => {
    const user = await TestUser.register(relay);
    const put = await putNew(user, 'contacts', 'one');
    expect([put.status, put.body.version, put.headers.get('etag')]).toEqual([200, 1, '"1"']);
    const { status, headers, body } = await ask(user, 'GET', 'contacts');
    expect([status, headers.get('etag')]).toEqual([200, '"1"']);
    expect(body).toEqual({ name: 'contacts', version: 1, updatedAt: put.body.updatedAt, ...sealed('one') });
    expect((await replace(user, 'contacts', 1, 'two')).body.version).toBe(2);
    expect((await ask(user, 'GET', 'contacts')).body).toMatchObject({ version: 2, ...sealed('two') });
  });

  it('is replaced only by who names the version it has, and the refusal names it', async () => {
    const user = await TestUser.register(relay);
    for (const one of [await replace(user, 'x', 1, 'a'), await ask(user, 'DELETE', 'x', { ifMatch: 1 })])
      expect([one.status, one.body.code, one.body.currentVersion]).toEqual([412, 'precondition_failed', 0]);
    await putNew(user, 'x', 'a');
    await replace(user, 'x', 1, 'b');
    for (const one of [
      await putNew(user, 'x', 'c'),
      await replace(user, 'x', 1, 'c'),
      await replace(user, 'x', 3, 'c'),
      await ask(user, 'DELETE', 'x', { ifMatch: 1 }),
    ])
      expect([one.status, one.body.code, one.body.currentVersion]).toEqual([412, 'precondition_failed', 2]);
    expect((await ask(user, 'GET', 'x')).body).toMatchObject({ version: 2, ...sealed('b') });
  });

  it('takes one of ten writes at once', async () => {
    const user = await TestUser.register(relay);
    await putNew(user, 'raced');
    for (const version of [1, 2]) {
      const texts = Array.from({ length: 10 }, (_one, n) => `${String(version)}-${String(n)}`);
      const replies = await Promise.all(texts.map((text) => replace(user, 'raced', version, text)));
      const won = replies.findIndex(({ status }) => status === 200);
      expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(412)]);
      expect((await ask(user, 'GET', 'raced')).body).toMatchObject({ version: version + 1, ...sealed(texts[won]!) });
    }
    const fresh = await Promise.all(Array.from({ length: 10 }, (_one, n) => putNew(user, 'new', String(n))));
    expect(fresh.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('that is put again after a lost reply has the same answer, and is one version', async () => {
    const user = await TestUser.register(relay);
    const first = await putNew(user, 'again', 'a');
    expect((await putNew(user, 'again', 'a')).body).toEqual(first.body);
    const second = await replace(user, 'again', 1, 'b');
    const repeats = await Promise.all([1, 2, 3].map(() => replace(user, 'again', 1, 'b')));
    expect(repeats.map(({ body }) => body)).toEqual([second.body, second.body, second.body]);
    expect((await replace(user, 'again', 1, 'c')).status).toBe(412);
    expect((await ask(user, 'DELETE', 'again', { ifMatch: 2 })).status).toBe(204);
    expect((await ask(user, 'DELETE', 'again', { ifMatch: 2 })).status).toBe(204);
    expect((await ask(user, 'DELETE', 'again', { ifMatch: 3 })).status).toBe(204);
    expect((await putNew(user, 'again')).body.currentVersion).toBe(3);
  });

  it('never has a version again: deleted, it goes on from there', async () => {
    const user = await TestUser.register(relay);
    await putNew(user, 'gone', 'a');
    expect((await ask(user, 'DELETE', 'gone', { ifMatch: 1 })).status).toBe(204);
    expect((await ask(user, 'GET', 'gone')).body.code).toBe('not_found');
    expect((await user.request('GET', '/vault')).body.items).toEqual([]);
    // Whoever has not heard of the deletion does not undo it.
    expect((await replace(user, 'gone', 1, 'b')).status).toBe(412);
    expect((await replace(user, 'gone', 2, 'c')).body.version).toBe(3);
    expect((await ask(user, 'GET', 'gone')).body).toMatchObject({ version: 3, ...sealed('c') });
  });

  it('is told of to the other devices of the account, and to nobody else', async () => {
    const [user, friend] = await people(relay, 2);
    await friend.request('PUT', `/contacts/${user.username}`, { state: 'accepted' });
    const [socket, friendly] = [await user.socket(), await friend.socket()];
    await putNew(user, 'told');
    const [change] = await socket.hear('account:changed');
    expect(change).toMatchObject({ what: 'vault', subject: user.accountId });
    const { body } = await user.request('POST', '/sync', { revision: 0, cursors: {} });
    expect(body.changes).toContainEqual(change);
    await putNew(user, 'told'); // changes nothing
    expect((await user.request('POST', '/sync', { revision: 0, cursors: {} })).body.revision).toBe(body.revision);
    expect(friendly.payloads('account:changed')).toEqual([]);
    for (const one of [socket, friendly]) one.close();
  });

  it('is nobody else’s: the same name is another blob for each account', async () => {
    const [user, stranger] = await people(relay, 2);
    await putNew(user, 'mine', 'of the user');
    expect((await ask(stranger, 'GET', 'mine')).body.code).toBe('not_found');
    expect((await stranger.request('GET', '/vault')).body.items).toEqual([]);
    expect((await replace(stranger, 'mine', 1, 'x')).body.currentVersion).toBe(0);
    expect((await ask(stranger, 'DELETE', 'mine', { ifMatch: 1 })).body.currentVersion).toBe(0);
    expect((await putNew(stranger, 'mine', 'of the stranger')).body.version).toBe(1);
    expect((await ask(user, 'GET', 'mine')).body).toMatchObject(sealed('of the user'));
    expect((await call(relay, 'GET', '/v1/vault/mine')).status).toBe(401);
  });

  it('is erased with its account, and none is made after', async () => {
    const user = await TestUser.register(relay);
    await putNew(user, 'root');
    await putNew(user, 'x');
    const puts = Array.from({ length: 8 }, (_one, n) => putNew(user, `late-${String(n)}`));
    const [deleted] = await Promise.all([user.request('DELETE', '/auth/me', { authKey: user.authKey }), ...puts]);
    expect(deleted.status).toBe(204);
    expect(await relay.query('SELECT 1 FROM vault_items WHERE account_id = $1', [user.accountId])).toEqual([]);
  });
});

describe('a write to the vault', () => {
  it('without a version is refused', async () => {
    const user = await TestUser.register(relay);
    for (const one of [await ask(user, 'PUT', 'x', { body: sealed('a') }), await ask(user, 'DELETE', 'x')])
      expect([one.status, one.body.code]).toEqual([428, 'precondition_required']);
    expect((await ask(user, 'DELETE', 'x', { ifNoneMatch: '*' })).status).toBe(428);
  });

  it.each<Conditions>([
    { ifMatch: '1' },
    { ifMatch: '*' },
    { ifMatch: 'W/"1"' },
    { ifMatch: '"0"' },
    { ifMatch: '"01"' },
    { ifMatch: '"-1"' },
    { ifMatch: '"1", "2"' },
    { ifMatch: '"9999999999999999"' },
    { ifMatch: '"1e3"' },
    { ifMatch: '' },
    { ifNoneMatch: '"1"' },
    { ifNoneMatch: '' },
    { ifMatch: 1, ifNoneMatch: '*' },
  ])('with a condition that is none is refused: %j', async (conditions) => {
    const user = await TestUser.register(relay);
    const { status, body } = await ask(user, 'PUT', 'x', { ...conditions, body: sealed('a') });
    expect([status, body.code]).toEqual([400, 'invalid_request']);
    expect(body.errors[0].path).toMatch(/^\/If-(None-)?Match$/);
    expect((await user.request('GET', '/vault')).body.items).toEqual([]);
  });

  it.each(['A', '.x', '-x', '_x', 'x%20y', 'x%2Fy', 'x%00', 'ü', 'a'.repeat(65), '%E2%80%AE'])(
    'to a name that is none is refused: %s',
    async (name) => {
      const user = await TestUser.register(relay);
      expect((await putNew(user, name)).body.code).toBe('invalid_request');
      expect((await ask(user, 'GET', name)).body.code).toBe('invalid_request');
    },
  );

  it('takes every name there can be', async () => {
    const user = await TestUser.register(relay);
    for (const name of ['a', '0', 'constructor', 'a'.repeat(64), 'search.seg_0-1', 'root.other'])
      expect([name, (await putNew(user, name)).status]).toEqual([name, 200]);
  });

  it('of as much as fits in a blob passes, and of one byte more does not', async () => {
    const user = await TestUser.register(relay);
    const body = (bytes: number) => ({ body: encode(Buffer.alloc(bytes, 7)) });
    expect((await ask(user, 'PUT', 'x', { ifNoneMatch: '*', body: body(LIMITS.vaultItemBytes) })).status).toBe(200);
    expect((await user.request('GET', '/vault')).body.items).toMatchObject([{ name: 'x', bytes: 65_536, version: 1 }]);
    for (const bytes of [0, LIMITS.vaultItemBytes + 1]) {
      const { status } = await ask(user, 'PUT', 'x', { ifMatch: 1, body: body(bytes) });
      expect([bytes, status]).toEqual([bytes, 400]);
    }
  });

  it('does not touch what changes with the secret only', async () => {
    const user = await TestUser.register(relay);
    expect((await putNew(user, 'root', 'wrapped')).body.version).toBe(1);
    expect((await putNew(user, 'root', 'wrapped')).body.version).toBe(1);
    for (const one of [
      await replace(user, 'root', 1, 'x'),
      await ask(user, 'DELETE', 'root', { ifMatch: 1 }),
      await putNew(user, 'root.recovery'),
      await ask(user, 'DELETE', 'root.recovery', { ifMatch: 1 }),
    ])
      expect([one.status, one.body.code]).toEqual([403, 'forbidden']);
    expect((await putNew(user, 'root', 'other')).status).toBe(412);
    expect((await ask(user, 'GET', 'root')).body).toMatchObject(sealed('wrapped'));
  });

  it('stops at the quotas, of names and of bytes, whichever way they are reached', async () => {
    const small = await TestRelay.start({
      environment: { QUOTAS: 'vaultNamesPerAccount=3,vaultBytesPerAccount=100' },
    });
    try {
      const user = await TestUser.register(small);
      const put = (name: string, version: number, bytes: number): Promise<Reply> =>
        call(small, 'PUT', `/v1/vault/${name}`, {
          token: user.token,
          headers: version === 0 ? { 'if-none-match': '*' } : { 'if-match': `"${String(version)}"` },
          body: { body: encode(Buffer.alloc(bytes, 7)) },
        });
      expect((await put('a', 0, 60)).status).toBe(200);
      expect((await put('b', 0, 41)).body.code).toBe('vault_full');
      expect((await put('b', 0, 40)).status).toBe(200);
      expect((await put('b', 1, 41)).body.code).toBe('vault_full');
      expect((await put('a', 1, 10)).status).toBe(200);
      const raced = await Promise.all(['c', 'd', 'e', 'f'].map((name) => put(name, 0, 1)));
      expect(raced.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
      // A deleted name keeps its place.
      const headers = { 'if-match': '"1"' };
      expect((await call(small, 'DELETE', '/v1/vault/b', { token: user.token, headers })).status).toBe(204);
      expect((await put('g', 0, 1)).body.code).toBe('vault_full');
      expect((await put('b', 2, 40)).status).toBe(200);
    } finally {
      await small.stop();
    }
  });

  it('is limited in how often it comes', async () => {
    const strict = await TestRelay.start({ environment: { LIMITS: 'vault=2/1000' } });
    try {
      const user = await TestUser.register(strict);
      const put = (name: string): Promise<Reply> =>
        call(strict, 'PUT', `/v1/vault/${name}`, {
          token: user.token,
          headers: { 'if-none-match': '*' },
          body: sealed('x'),
        });
      expect([(await put('a')).status, (await put('b')).status, (await put('c')).status]).toEqual([200, 200, 429]);
    } finally {
      await strict.stop();
    }
  });
});

describe('the list of the vault', () => {
  it('shows each name once, in order, page by page', async () => {
    const user = await TestUser.register(relay);
    const names = [
      'a',
      'a-b',
      'a.b',
      'a0',
      'a_b',
      'b',
      secret()
        .toLowerCase()
        .replaceAll(/[^a-z0-9]/g, 'x'),
    ].sort();
    for (const name of names) await putNew(user, name);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await user.request('GET', `/vault?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...body.items.map(({ name }: { name: string }) => name));
      cursor = body.nextCursor;
    }
    expect(seen).toEqual(names);
  });
});

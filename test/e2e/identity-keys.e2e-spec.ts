import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { call, people, TestRelay, TestUser } from '#testing';
import { encode, historyOf, newKey, rotation, sha256, type ShownKey, withKey } from './identity-key.js';

const relay = TestRelay.duringTests();

function newPoint(): Buffer {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
}

describe('an identity key', () => {
  it('is not there before it is uploaded', async () => {
    const user = await TestUser.register(relay);
    expect(await user.request('GET', '/keys/me')).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('is shown to its owner and to whoever asks by name, with its SHA-256', async () => {
    const { user, key, shown } = await withKey(relay);
    expect(shown).toEqual({
      accountId: user.accountId,
      username: user.username,
      algorithm: 'ed25519',
      publicKey: encode(key.raw),
      fingerprint: sha256(key.raw).toString('hex'),
      version: 1,
      prevHash: encode(Buffer.alloc(32)),
      signature: null,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    const stranger = await TestUser.register(relay);
    expect((await user.request('GET', '/keys/me')).body).toEqual(shown);
    expect((await stranger.request('GET', `/keys/${user.username}`)).body).toEqual(shown);
    expect((await stranger.request('GET', `/keys/${user.username}/history`)).body).toEqual({
      items: [shown],
      nextCursor: null,
    });
  });

  it('changes nothing when it is uploaded again, so that a retry is safe', async () => {
    const { user, shown } = await withKey(relay);
    const again = await user.request('PUT', '/keys/me', { algorithm: 'ed25519', publicKey: shown.publicKey });
    expect(again).toMatchObject({ status: 200, body: shown });
    expect(await historyOf(user)).toEqual([shown]);
  });

  it('is one when many retries of the first upload arrive at once', async () => {
    const user = await TestUser.register(relay);
    const upload = { algorithm: 'ed25519', publicKey: encode(newKey().raw) };
    const replies = await Promise.all(Array.from({ length: 10 }, () => user.request('PUT', '/keys/me', upload)));
    for (const { status, body } of replies) expect([status, body.version]).toEqual([200, 1]);
    expect(await historyOf(user)).toHaveLength(1);
  });

  it('may serve key agreement instead', async () => {
    for (const [algorithm, publicKey] of [
      ['x25519', randomBytes(32)],
      ['p256', newPoint()],
    ] as const) {
      const user = await TestUser.register(relay);
      const reply = await user.request('PUT', '/keys/me', { algorithm, publicKey: encode(publicKey) });
      expect(reply).toMatchObject({ status: 200, body: { algorithm, fingerprint: sha256(publicKey).toString('hex') } });
    }
  });
});

describe('whoever is concerned', () => {
  it('hears of a new key: the account itself and those who accepted it, nobody else', async () => {
    const { user, key, shown } = await withKey(relay);
    const [friend, stranger] = await people(relay, 2);
    await friend.request('PUT', `/contacts/${user.username}`, { state: 'accepted' });
    await user.request('PUT', '/keys/me', rotation(shown, key, newKey()));
    const told = await relay.query<{ account_id: string }>(
      `SELECT account_id FROM account_changes WHERE what = 'identity' AND subject = $1 ORDER BY account_id`,
      [user.accountId],
    );
    expect(told.map(({ account_id }) => account_id)).toEqual([user.accountId, friend.accountId].sort());
    expect(told.map(({ account_id }) => account_id)).not.toContain(stranger.accountId);
  });

  it('learns no more of a user without a key than of nobody', async () => {
    const [asker, keyless] = await people(relay, 2);
    for (const path of ['', '/history']) {
      const { status, body } = await asker.request('GET', `/keys/${keyless.username}${path}`);
      const nobody = await asker.request('GET', `/keys/nobody-${keyless.username.slice(-8)}${path}`);
      expect([nobody.status, { ...nobody.body, requestId: '' }]).toEqual([status, { ...body, requestId: '' }]);
      expect([status, body.code]).toEqual([404, 'not_found']);
    }
  });

  it('reads a long history page by page, each key once', async () => {
    const { user, key, shown } = await withKey(relay);
    const [second, third] = [newKey(), newKey()];
    const { body: next } = await user.request('PUT', '/keys/me', rotation(shown, key, second));
    await user.request('PUT', '/keys/me', rotation(next, second, third));
    const path = `/keys/${user.username}/history?limit=2`;
    const { body: first } = await user.request('GET', path);
    const { body: last } = await user.request('GET', `${path}&cursor=${String(first.nextCursor)}`);
    expect([...first.items, ...last.items].map(({ version }: ShownKey) => version)).toEqual([1, 2, 3]);
    expect(last.nextCursor).toBeNull();
  });
});

describe('malformed uploads', () => {
  const ed25519 = encode(randomBytes(32));
  const point = newPoint();
  const beside = Buffer.from(point);
  beside.writeUInt8(beside.readUInt8(64) ^ 1, 64);
  const malformed: [string, unknown][] = [
    ['nothing', {}],
    ['no object', []],
    ['an unknown algorithm', { algorithm: 'rsa', publicKey: ed25519 }],
    ['a list where a key belongs', { algorithm: 'ed25519', publicKey: [ed25519] }],
    ['a key too short', { algorithm: 'ed25519', publicKey: encode(randomBytes(31)) }],
    ['a key too long', { algorithm: 'ed25519', publicKey: encode(randomBytes(33)) }],
    ['a point as an Ed25519 key', { algorithm: 'ed25519', publicKey: encode(point) }],
    ['32 bytes as a point', { algorithm: 'p256', publicKey: ed25519 }],
    ['a point beside the curve', { algorithm: 'p256', publicKey: encode(beside) }],
    ['padding', { algorithm: 'ed25519', publicKey: `${ed25519}=` }],
    ['standard base64', { algorithm: 'ed25519', publicKey: `${'+/'.repeat(21)}A` }],
    ['version 0', { algorithm: 'ed25519', publicKey: ed25519, version: 0 }],
    ['a version beyond the column', { algorithm: 'ed25519', publicKey: ed25519, version: 2 ** 31 }],
    ['a version as text', { algorithm: 'ed25519', publicKey: ed25519, version: '1' }],
    ['a short signature', { algorithm: 'ed25519', publicKey: ed25519, version: 1, signature: encode(randomBytes(63)) }],
    [
      'a field of its own',
      { algorithm: 'ed25519', publicKey: ed25519, accountId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11' },
    ],
    ['a private key', { algorithm: 'ed25519', publicKey: ed25519, privateKey: ed25519 }],
  ];
  it.each(malformed)('are refused: %s', async (_what, body) => {
    const user = await TestUser.register(relay);
    expect(await user.request('PUT', '/keys/me', body)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
    expect(await user.request('GET', '/keys/me')).toMatchObject({ status: 404 });
  });
});

describe('without signing in', () => {
  it.each([
    ['PUT', '/keys/me'],
    ['GET', '/keys/me'],
    ['GET', '/keys/ada'],
    ['GET', '/keys/ada/history'],
  ])('%s %s is refused', async (method, path) => {
    const reply = await call(relay, method, `/v1${path}`);
    expect([reply.status, reply.body.code]).toEqual([401, 'invalid_token']);
  });
});

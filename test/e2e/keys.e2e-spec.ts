import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { identityLinkBytes, type IdentityLink } from '#protocol';
import { call, TestRelay, TestUser } from '#testing';

interface SigningKey {
  readonly raw: Buffer;
  readonly privateKey: KeyObject;
}

/** A key as the relay shows it. */
interface ShownKey {
  readonly accountId: string;
  readonly username: string;
  readonly algorithm: IdentityLink['algorithm'];
  readonly publicKey: string;
  readonly fingerprint: string;
  readonly version: number;
  readonly prevHash: string;
  readonly signature: string | null;
  readonly createdAt: string;
}

let relay: TestRelay;
beforeAll(async () => {
  relay = await TestRelay.start();
});
afterAll(() => relay.stop());

function newKey(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { raw: publicKey.export({ type: 'spki', format: 'der' }).subarray(-32), privateKey };
}

function newPoint(): Buffer {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
}

const encode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const decode = (text: string): Buffer => Buffer.from(text, 'base64url');
const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
const linkOf = (key: ShownKey): IdentityLink => ({
  ...key,
  publicKey: decode(key.publicKey),
  prevHash: decode(key.prevHash),
});

function linkAfter(key: ShownKey, publicKey: Buffer): IdentityLink {
  const prevHash = sha256(identityLinkBytes(linkOf(key)));
  return { accountId: key.accountId, version: key.version + 1, algorithm: 'ed25519', publicKey, prevHash };
}

/** The body that replaces a key by the next one, signed as it should be. */
function rotation(current: ShownKey, by: SigningKey, next: SigningKey): Record<string, unknown> {
  const signature = encode(sign(null, identityLinkBytes(linkAfter(current, next.raw)), by.privateKey));
  return { algorithm: 'ed25519', publicKey: encode(next.raw), version: current.version, signature };
}

async function withKey(): Promise<{ user: TestUser; key: SigningKey; shown: ShownKey }> {
  const user = await TestUser.register(relay);
  const key = newKey();
  const { body } = await user.request('PUT', '/keys/me', { algorithm: 'ed25519', publicKey: encode(key.raw) });
  return { user, key, shown: body };
}

async function historyOf(user: TestUser): Promise<ShownKey[]> {
  const { body } = await user.request('GET', `/keys/${user.username}/history`);
  return body.items;
}

describe('an identity key', () => {
  it('is not there before it is uploaded', async () => {
    const user = await TestUser.register(relay);
    expect(await user.request('GET', '/keys/me')).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('is shown to its owner and to whoever asks by name, with its SHA-256', async () => {
    const { user, key, shown } = await withKey();
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
    const { user, shown } = await withKey();
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

describe('replacing an identity key', () => {
  it('keeps every key, in a chain of hashes and signatures that a reader can check', async () => {
    const { user, key, shown } = await withKey();
    const [second, third] = [newKey(), newKey()];
    const { body: next } = await user.request('PUT', '/keys/me', rotation(shown, key, second));
    await user.request('PUT', '/keys/me', rotation(next, second, third));

    const links = await historyOf(user);
    expect(links.map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(links[0]).toEqual(shown);
    for (const [index, link] of links.slice(1).entries()) {
      const before = links[index]!;
      expect(decode(link.prevHash)).toEqual(sha256(identityLinkBytes(linkOf(before))));
      const signer = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: before.publicKey }, format: 'jwk' });
      expect(verify(null, identityLinkBytes(linkOf(link)), signer, decode(link.signature!))).toBe(true);
    }
    expect((await user.request('GET', '/keys/me')).body).toEqual(links[2]);
  });

  it('returns the new key to a retry whose first reply was lost', async () => {
    const { user, key, shown } = await withKey();
    const body = rotation(shown, key, newKey());
    const first = await user.request('PUT', '/keys/me', body);
    expect(await user.request('PUT', '/keys/me', body)).toMatchObject({ status: 200, body: first.body });
    expect(await historyOf(user)).toHaveLength(2);
  });

  it('needs the current version', async () => {
    const { user, key, shown } = await withKey();
    const { version: _version, ...unversioned } = rotation(shown, key, newKey());
    const bodies = [unversioned, { ...unversioned, version: 2 }, { ...unversioned, version: 2_147_483_646 }];
    for (const body of bodies)
      expect(await user.request('PUT', '/keys/me', body)).toMatchObject({
        status: 409,
        body: { code: 'stale_version' },
      });
    expect(await historyOf(user)).toEqual([shown]);
  });

  it('needs a signature by the current key, over this very link', async () => {
    const { user, key, shown } = await withKey();
    const next = newKey();
    const proper = rotation(shown, key, next);
    const forgeries = [
      rotation(shown, next, next),
      rotation({ ...shown, version: 0 }, key, next),
      rotation({ ...shown, accountId: (await withKey()).shown.accountId }, key, next),
      rotation({ ...shown, prevHash: encode(randomBytes(32)) }, key, next),
      { ...proper, publicKey: encode(newKey().raw) },
      { ...proper, algorithm: 'x25519' },
    ];
    for (const forgery of forgeries)
      expect(await user.request('PUT', '/keys/me', { ...forgery, version: 1 })).toMatchObject({
        status: 400,
        body: { code: 'invalid_signature' },
      });
    expect(await historyOf(user)).toEqual([shown]);
  });

  it('is refused with neither a signature nor a reset', async () => {
    const { user, shown } = await withKey();
    const reply = await user.request('PUT', '/keys/me', {
      algorithm: 'ed25519',
      publicKey: encode(newKey().raw),
      version: 1,
    });
    expect(reply).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect(await historyOf(user)).toEqual([shown]);
  });

  it('lets exactly one of 20 rotations of one version win, and leaves no gap', async () => {
    const { user, key, shown } = await withKey();
    const rivals = Array.from({ length: 20 }, () => rotation(shown, key, newKey()));
    const replies = await Promise.all(rivals.map((body) => user.request('PUT', '/keys/me', body)));
    const winners = replies.filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    for (const { status, body } of replies)
      if (status !== 200) expect([status, body.code]).toEqual([409, 'stale_version']);
    expect(await historyOf(user)).toEqual([shown, winners[0]!.body]);
  });
});

describe('resetting an identity key', () => {
  it('takes the secret of the account instead of a signature, and shows that it did', async () => {
    const { user, shown } = await withKey();
    const reset = {
      algorithm: 'ed25519',
      publicKey: encode(newKey().raw),
      version: 1,
      reset: true,
      authKey: user.authKey,
    };
    const { status, body } = await user.request('PUT', '/keys/me', reset);
    expect([status, body.version, body.signature]).toEqual([200, 2, null]);
    expect(decode(body.prevHash)).toEqual(sha256(identityLinkBytes(linkOf(shown))));
  });

  it('is refused with another secret', async () => {
    const { user, shown } = await withKey();
    const reset = { algorithm: 'ed25519', publicKey: encode(newKey().raw), version: 1, reset: true };
    const reply = await user.request('PUT', '/keys/me', { ...reset, authKey: encode(randomBytes(32)) });
    expect(reply).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
    expect(await historyOf(user)).toEqual([shown]);
  });

  it('must be asked for: the secret alone replaces nothing', async () => {
    const { user, key, shown } = await withKey();
    const proper = rotation(shown, key, newKey());
    const { signature: _signature, ...unsigned } = proper;
    const authKey = user.authKey;
    const bodies = [
      { ...unsigned, authKey },
      { ...unsigned, reset: true },
      { ...unsigned, reset: false, authKey },
      { ...proper, reset: true, authKey },
    ];
    for (const body of bodies)
      expect(await user.request('PUT', '/keys/me', body)).toMatchObject({
        status: 400,
        body: { code: 'invalid_request' },
      });
    expect(await historyOf(user)).toEqual([shown]);
  });
});

describe('whoever is concerned', () => {
  it('hears of a new key: the account itself and those who accepted it, nobody else', async () => {
    const { user, key, shown } = await withKey();
    const [friend, stranger] = [await TestUser.register(relay), await TestUser.register(relay)];
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
    const [asker, keyless] = [await TestUser.register(relay), await TestUser.register(relay)];
    for (const path of ['', '/history']) {
      const { status, body } = await asker.request('GET', `/keys/${keyless.username}${path}`);
      const nobody = await asker.request('GET', `/keys/nobody-${keyless.username.slice(-8)}${path}`);
      expect([nobody.status, { ...nobody.body, requestId: '' }]).toEqual([status, { ...body, requestId: '' }]);
      expect([status, body.code]).toEqual([404, 'not_found']);
    }
  });

  it('reads a long history page by page, each key once', async () => {
    const { user, key, shown } = await withKey();
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

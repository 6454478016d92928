import { createHmac, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { call, type Reply, TestRelay, TestSocket, TestUser } from '#testing';

const KEY = randomBytes(32);
const OTHER_KEY = randomBytes(32);
const asSetting = (kid: string, key: Buffer): string => `${kid}:${key.toString('base64url')}`;

const relay = TestRelay.duringTests({ environment: { JWT_KEYS: asSetting('k1', KEY) } });
let user: TestUser;
beforeAll(async () => {
  user = await TestUser.register(relay);
});

type Claims = Record<string, unknown>;

const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function claimsOf(change: Claims = {}): Claims {
  const now = Math.floor(relay.clock.millis() / 1000);
  return {
    sub: user.accountId,
    sid: user.signedIn.sessionId,
    did: user.deviceId,
    typ: 'access',
    iss: 'sealpost',
    aud: 'sealpost-api',
    iat: now,
    nbf: now,
    exp: now + 600,
    ...change,
  };
}

/** Signs as the relay does, whatever the header says. */
function forge({
  header = {},
  claims = claimsOf(),
  key = KEY,
}: { header?: Claims; claims?: unknown; key?: Buffer | string } = {}): string {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT', kid: 'k1', ...header })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

const ask = (authorization: string, at = relay): Promise<Reply> =>
  call(at, 'GET', '/v1/auth/me', { headers: { authorization } });

async function expectRefused(authorization: string): Promise<void> {
  const { status, body, headers } = await ask(authorization);
  expect([status, body.code, headers.get('www-authenticate')]).toEqual([401, 'invalid_token', 'Bearer']);
}

describe('an access token', () => {
  it('is accepted as the relay issues it, and as the tests below forge it', async () => {
    expect((await ask(`Bearer ${user.token}`)).status).toBe(200);
    expect((await ask(`Bearer ${forge()}`)).status).toBe(200);
    expect((await ask(`bearer ${forge()}`)).status).toBe(200);
  });

  it('names who, which session and device, its parties and its kind, and lives for ten minutes (C-10)', () => {
    const [header, claims] = user.token
      .split('.', 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
    expect(header).toEqual({ alg: 'HS256', typ: 'JWT', kid: 'k1' });
    expect(Object.keys(claims).sort()).toEqual(['aud', 'did', 'exp', 'iat', 'iss', 'nbf', 'sid', 'sub', 'typ']);
    expect(claims).toMatchObject({
      sub: user.accountId,
      sid: user.signedIn.sessionId,
      did: user.deviceId,
      typ: 'access',
    });
    expect(claims.exp - claims.iat).toBe(600);
  });

  it('is refused once it expired', async () => {
    const late = await TestRelay.start({ environment: { JWT_KEYS: asSetting('k1', KEY) }, database: relay.database });
    try {
      late.clock.advance(590_000);
      expect((await ask(`Bearer ${user.token}`, late)).status).toBe(200);
      late.clock.advance(20_000);
      expect((await ask(`Bearer ${user.token}`, late)).body.code).toBe('invalid_token');
    } finally {
      await late.stop();
    }
  });

  it.each(['iss', 'aud', 'exp', 'nbf', 'typ', 'sid', 'did', 'sub'])('without %s is refused (C-10)', async (claim) => {
    await expectRefused(`Bearer ${forge({ claims: claimsOf({ [claim]: undefined }) })}`);
  });

  it.each<[string, () => Claims]>([
    ['an expired one', () => ({ exp: Math.floor(relay.clock.millis() / 1000) - 10 })],
    ['one of the future', () => ({ nbf: Math.floor(relay.clock.millis() / 1000) + 60 })],
    ['an expiry that is text', () => ({ exp: '99999999999' })],
    ['an expiry that is a fraction', () => ({ exp: 99_999_999_999.5 })],
    ['an expiry that is null', () => ({ exp: null })],
    ['another issuer', () => ({ iss: 'evil' })],
    ['a list of issuers', () => ({ iss: ['sealpost'] })],
    ['another audience', () => ({ aud: 'sealpost' })],
    ['a refresh token by its kind', () => ({ typ: 'refresh' })],
    ['a kind in capitals', () => ({ typ: 'ACCESS' })],
    ['another account', () => ({ sub: randomUUID() })],
    ['another device', () => ({ did: randomUUID() })],
    ['a session that does not exist', () => ({ sid: randomUUID() })],
    ['a session that is no id', () => ({ sid: "' OR 1=1 --" })],
    ['a session that is a list', () => ({ sid: [user.signedIn.sessionId] })],
    ['an account that is an object', () => ({ sub: { id: user.accountId } })],
  ])('is refused: %s (C-10)', async (_what, change) => {
    await expectRefused(`Bearer ${forge({ claims: claimsOf(change()) })}`);
  });

  it.each<[string, Claims]>([
    ['no algorithm', { alg: undefined }],
    ['alg none', { alg: 'none' }],
    ['alg None', { alg: 'None' }],
    ['alg HS384', { alg: 'HS384' }],
    ['alg HS512', { alg: 'HS512' }],
    ['alg RS256', { alg: 'RS256' }],
    ['alg ES256', { alg: 'ES256' }],
    ['alg EdDSA', { alg: 'EdDSA' }],
    ['alg in small letters', { alg: 'hs256' }],
    ['a list of algorithms', { alg: ['HS256'] }],
    ['no kid', { kid: undefined }],
    ['an empty kid', { kid: '' }],
    ['a kid nobody has', { kid: 'k2' }],
    ['a kid that is a path', { kid: '../../../../dev/null' }],
    ['a kid that is SQL', { kid: "k1' OR '1'='1" }],
    ['a kid of every object', { kid: '__proto__' }],
    ['a kid that is a method', { kid: 'constructor' }],
    ['a kid that is a list', { kid: ['k1'] }],
    ['a kid that is a number', { kid: 1 }],
  ])('is refused with %s in its header (C-10)', async (_what, header) => {
    await expectRefused(`Bearer ${forge({ header })}`);
  });

  it('signed by a key it brings along is refused (C-10)', async () => {
    const jwk = { kty: 'oct', k: OTHER_KEY.toString('base64url'), kid: 'k1' };
    await expectRefused(`Bearer ${forge({ header: { jwk }, key: OTHER_KEY })}`);
    await expectRefused(`Bearer ${forge({ header: { jku: 'https://evil.example/keys' }, key: OTHER_KEY })}`);
    await expectRefused(
      `Bearer ${forge({ header: { x5u: 'https://evil.example/x5u', x5c: ['MIIB'] }, key: OTHER_KEY })}`,
    );
  });

  it('with a real signature of another algorithm is refused (C-10)', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const signed = `${encode({ alg: 'EdDSA', typ: 'JWT', kid: 'k1' })}.${encode(claimsOf())}`;
    await expectRefused(`Bearer ${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`);
    const strong = `${encode({ alg: 'HS512', typ: 'JWT', kid: 'k1' })}.${encode(claimsOf())}`;
    await expectRefused(`Bearer ${strong}.${createHmac('sha512', KEY).update(strong).digest('base64url')}`);
  });

  it.each<[string, () => string]>([
    ['without signature', () => forge().replace(/[^.]+$/, '')],
    ['without the last dot', () => forge().replace(/\.[^.]+$/, '')],
    ['signed with nothing', () => forge({ key: '' })],
    ['signed with the text of the key', () => forge({ key: KEY.toString('base64url') })],
    [
      'with one bit of the signature turned',
      () => forge().replace(/(.)(..)$/, (_all, c: string, rest: string) => (c === 'A' ? 'B' : 'A') + rest),
    ],
    [
      'with other claims under the same signature',
      () => forge().replace(/\.[^.]+\./, `.${encode(claimsOf({ sub: randomUUID() }))}.`),
    ],
    ['with a part too many', () => `${forge()}.${encode('x')}`],
    ['with claims that are no object', () => forge({ claims: '"text"' })],
    ['with claims that are a list', () => forge({ claims: [claimsOf()] })],
    ['with claims that are no JSON', () => forge({ claims: '{' })],
    ['with a header that is no JSON', () => `${encode('{')}.${encode(claimsOf())}.AAAA`],
    ['of five parts, as an encrypted one has', () => `${encode({ alg: 'dir', enc: 'A256GCM' })}....`],
    ['that is very long', () => forge({ claims: claimsOf({ more: 'x'.repeat(4_000) }) })],
  ])('%s is refused (C-10)', async (_what, make) => {
    await expectRefused(`Bearer ${make()}`);
  });

  it.each([
    '',
    'Bearer',
    'Bearer ',
    'Basic YWRhOmFkYQ==',
    'Bearer a b',
    'Bearer null',
    'Bearer undefined',
    'Bearer ..',
  ])('is missing from the header: %s', async (authorization) => {
    await expectRefused(authorization);
  });

  it.each<[string, () => string]>([
    ['under another scheme', () => `Token ${user.token}`],
    ['twice', () => `Bearer ${user.token}, Bearer ${user.token}`],
    ['with something behind it', () => `Bearer ${user.token} x`],
  ])('is refused %s', async (_what, header) => {
    await expectRefused(header());
  });

  it('is taken from the header only, never from a URL, a cookie or a body (C-18)', async () => {
    for (const name of ['access_token', 'token', 'authorization']) {
      expect((await call(relay, 'GET', `/v1/auth/me?${name}=${user.token}`)).status).toBe(401);
      expect((await call(relay, 'GET', '/v1/auth/me', { headers: { cookie: `${name}=${user.token}` } })).status).toBe(
        401,
      );
      expect((await call(relay, 'PATCH', '/v1/auth/me', { body: { [name]: user.token } })).status).toBe(401);
    }
  });

  it('that is refused over HTTP opens no socket', async () => {
    for (const token of [
      forge({ claims: claimsOf({ typ: 'refresh' }) }),
      forge({ header: { alg: 'none' } }),
      user.signedIn.refreshToken,
    ])
      await expect(TestSocket.connect(relay.url, token)).rejects.toThrow();
  });
});

describe('the keys', () => {
  it('are rotated with overlap: the first signs, all verify, one that is gone verifies nothing', async () => {
    const both = await TestRelay.start({
      environment: { JWT_KEYS: `${asSetting('k2', OTHER_KEY)},${asSetting('k1', KEY)}` },
      database: relay.database,
    });
    const next = await TestRelay.start({
      environment: { JWT_KEYS: asSetting('k2', OTHER_KEY) },
      database: relay.database,
    });
    try {
      expect((await ask(`Bearer ${user.token}`, both)).status).toBe(200);
      expect((await ask(`Bearer ${user.token}`, next)).status).toBe(401);
      const { signedIn } = await TestUser.register(both);
      expect(JSON.parse(Buffer.from(signedIn.accessToken.split('.')[0]!, 'base64url').toString()).kid).toBe('k2');
      expect((await ask(`Bearer ${signedIn.accessToken}`, next)).status).toBe(200);
      expect((await ask(`Bearer ${signedIn.accessToken}`)).status).toBe(401);
    } finally {
      await both.stop();
      await next.stop();
    }
  });
});

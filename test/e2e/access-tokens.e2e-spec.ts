import { randomBytes } from 'node:crypto';
import { call, type Reply, TestRelay, TestUser } from '#testing';
import { TokenForge } from './token-forge.js';

const KEY = randomBytes(32);
const OTHER_KEY = randomBytes(32);
const asSetting = (kid: string, key: Buffer): string => `${kid}:${key.toString('base64url')}`;

const relay = TestRelay.duringTests({ environment: { JWT_KEYS: asSetting('k1', KEY) } });
let user: TestUser;
let forge: TokenForge;
beforeAll(async () => {
  user = await TestUser.register(relay);
  forge = new TokenForge(relay, user, KEY);
});

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
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
    expect((await ask(`Bearer ${forge.token()}`)).status).toBe(200);
    expect((await ask(`bearer ${forge.token()}`)).status).toBe(200);
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
    const refreshing = await call(relay, 'POST', `/v1/auth/refresh?refreshToken=${user.signedIn.refreshToken}`, {
      body: {},
    });
    expect([refreshing.status, refreshing.body.code]).toEqual([403, 'forbidden']);
    const log = relay.logLines.join('');
    for (const token of [user.token, user.signedIn.refreshToken]) expect(log).not.toContain(token);
    expect((await ask(`Bearer ${user.token}`)).status).toBe(200);
  });

  it('and whatever else is secret has no place in any URL of the API (C-18)', async () => {
    const { body } = await call(relay, 'GET', '/openapi.json');
    const parameters = Object.values<Record<string, Operation>>(body.paths)
      .flatMap((methods) => Object.values(methods))
      .flatMap((operation) => operation.parameters ?? []);
    const inUrls = parameters.filter((one) => ['path', 'query'].includes(one.in)).map(({ name }) => name);
    expect(inUrls.length).toBeGreaterThan(20);
    expect(inUrls.filter((name) => /token|secret|auth|password|key/i.test(name))).toEqual([]);
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

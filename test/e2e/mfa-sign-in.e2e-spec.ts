import { call, TestRelay, TestUser } from '#testing';
import { eventsOf, kindsOf, writeCounts } from './audit-log.js';
import { complete, completion, withRecovery } from './recovering.js';
import {
  addTotp,
  AuthenticatorApp,
  challengeOf,
  finish,
  login,
  ORIGIN,
  type Protected,
  recoveryCode,
  totp,
  withTotp,
} from './second-factors.js';
import { secret } from './signing-in.js';

// The hash is what is tested here.
jest.unmock('argon2');

const relay = TestRelay.duringTests({ environment: { PUBLIC_URL: ORIGIN, TRUST_PROXY: '127.0.0.1' } });

/** Answers a fresh challenge with a code. */
async function signIn({ user }: Protected, code: string, change: Record<string, unknown> = {}) {
  return finish(relay, user, { challenge: await challengeOf(relay, user), proof: totp(code), ...change });
}

describe('an authenticator app', () => {
  it('counts once it has shown a code, and brings ten recovery codes', async () => {
    const user = await TestUser.register(relay);
    const { body: begun } = await user.request('POST', '/auth/mfa/totp', { authKey: user.authKey, name: 'Phone' });
    expect(begun.uri).toBe(
      `otpauth://totp/Sealpost:${user.username}%40chat.example.org?secret=${begun.secret}&issuer=Sealpost`,
    );
    expect((await login(relay, user)).status).toBe(200);
    expect((await user.request('GET', '/auth/mfa')).body.factors).toEqual([]);

    const { app, recoveryCodes } = await addTotp(relay, user);
    expect(new Set(recoveryCodes).size).toBe(10);
    const { body } = await user.request('GET', '/auth/mfa');
    expect(body).toMatchObject({ factors: [{ kind: 'totp', name: 'Phone' }], recoveryCodesLeft: 10 });
    const refused = await login(relay, user);
    expect([refused.status, refused.body.code, refused.body.mfa.kinds]).toEqual([
      401,
      'mfa_required',
      ['totp', 'recovery_code'],
    ]);
    const { status } = await finish(relay, user, {
      challenge: refused.body.mfa.challenge,
      proof: totp(app.nextCode()),
    });
    expect(status).toBe(200);
  });

  it('is not added by a wrong code, nor by the right one for somebody else', async () => {
    const [user, other] = [await TestUser.register(relay), await TestUser.register(relay)];
    const { body: begun } = await user.request('POST', '/auth/mfa/totp', { authKey: user.authKey, name: 'Phone' });
    const path = `/auth/mfa/totp/${begun.id}/confirm`;
    const { app } = await addTotp(relay, await TestUser.register(relay));
    expect((await user.request('POST', path, { code: app.code() })).body.code).toBe('invalid_mfa_code');
    expect((await other.request('POST', path, { code: app.code() })).body.code).toBe('not_found');
    expect((await login(relay, user)).status).toBe(200);
  });

  it('that was begun and not finished is forgotten after a quarter of an hour', async () => {
    const user = await TestUser.register(relay);
    const { body: begun } = await user.request('POST', '/auth/mfa/totp', { authKey: user.authKey, name: 'Phone' });
    await relay.query(`UPDATE mfa_factors SET created_at = created_at - interval '16 minutes' WHERE id = $1`, [
      begun.id,
    ]);
    const code = new AuthenticatorApp(relay, begun.secret).code();
    expect((await user.request('POST', `/auth/mfa/totp/${begun.id}/confirm`, { code })).body.code).toBe('not_found');
  });

  it('keeps its secret encrypted, under a key that is not in the database', async () => {
    const user = await TestUser.register(relay);
    const { body: begun } = await user.request('POST', '/auth/mfa/totp', { authKey: user.authKey, name: 'Phone' });
    const [row] = await relay.query<{ sealed: Buffer }>(
      'SELECT secret_sealed AS sealed FROM mfa_factors WHERE id = $1',
      [begun.id],
    );
    expect(row!.sealed.includes(begun.secret)).toBe(false);
    expect(relay.logLines.join('')).not.toContain(begun.secret);
  });

  it('cannot be one of more than three', async () => {
    const { user } = await withTotp(relay);
    for (const name of ['Second', 'Third']) await addTotp(relay, user, name);
    await expect(addTotp(relay, user, 'Fourth')).rejects.toThrow('409');
  });
});

describe('a code', () => {
  it('is taken once, also by two sign-ins at the same time', async () => {
    const person = await withTotp(relay);
    const code = person.app.nextCode();
    const challenges = await Promise.all([0, 1, 2].map(() => challengeOf(relay, person.user)));
    const replies = await Promise.all(
      challenges.map((challenge) => finish(relay, person.user, { challenge, proof: totp(code) })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    expect((await signIn(person, code)).body.code).toBe('invalid_mfa_code');
    expect((await signIn(person, person.app.nextCode())).status).toBe(200);
  });

  it('that added the app does not sign in', async () => {
    const user = await TestUser.register(relay);
    const person = { user, ...(await addTotp(relay, user)) };
    expect((await signIn(person, person.app.code())).body.code).toBe('invalid_mfa_code');
  });

  it('of the half minute before is taken, an older one is not', async () => {
    const person = await withTotp(relay);
    const late = person.app.nextCode();
    relay.clock.advance(30_000);
    expect((await signIn(person, late)).status).toBe(200);
    const older = person.app.nextCode();
    relay.clock.advance(90_000);
    expect((await signIn(person, older)).body.code).toBe('invalid_mfa_code');
  });

  it('that is wrong is counted in the audit log, and said as any other', async () => {
    const person = await withTotp(relay);
    const reply = await signIn(person, person.app.wrongCode());
    expect([reply.status, reply.body.code]).toEqual([401, 'invalid_mfa_code']);
    await writeCounts(relay);
    expect((await eventsOf(person.user)).at(-1)).toMatchObject({ kind: 'mfa_failed', actor: 'unknown', count: 1 });
  });
});

describe('a challenge', () => {
  it('is given only to who knows the secret; all else is refused as ever (C-04)', async () => {
    const { user } = await withTotp(relay);
    const plain = await TestUser.register(relay);
    const [known, other, nobody] = [
      await login(relay, user, { authKey: secret() }),
      await login(relay, plain, { authKey: secret() }),
      await login(relay, plain, { authKey: secret(), username: `n${secret().slice(0, 12).toLowerCase()}` }),
    ];
    const shown = ({ status, body }: typeof known) => [status, { ...body, requestId: '' }];
    expect(shown(known)).toEqual(shown(other));
    expect(shown(known)).toEqual(shown(nobody));
    expect(known.body.code).toBe('invalid_credentials');
  });

  it('is good for one right answer', async () => {
    const { user, app } = await withTotp(relay);
    const challenge = await challengeOf(relay, user);
    expect((await finish(relay, user, { challenge, proof: totp(app.nextCode()) })).status).toBe(200);
    const again = await finish(relay, user, { challenge, proof: totp(app.nextCode()) });
    expect(again.body.code).toBe('invalid_mfa_challenge');
  });

  it('takes five answers, be they all at once', async () => {
    const { user, app } = await withTotp(relay);
    const challenge = await challengeOf(relay, user);
    const wrong = app.wrongCode();
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => finish(relay, user, { challenge, proof: totp(wrong) })),
    );
    const codes = replies.map(({ body }) => String(body.code)).sort();
    expect(codes.filter((code) => code === 'invalid_mfa_code')).toHaveLength(5);
    const right = await finish(relay, user, { challenge, proof: totp(app.nextCode()) });
    expect(right.body.code).toBe('invalid_mfa_challenge');
  });

  it('is void after five minutes', async () => {
    const { user, app } = await withTotp(relay);
    const challenge = await challengeOf(relay, user);
    relay.clock.advance(300_000);
    const { body } = await finish(relay, user, { challenge, proof: totp(app.nextCode()) });
    expect(body.code).toBe('invalid_mfa_challenge');
  });

  it('is void for another device, another transport, another address, and somebody else', async () => {
    const [{ user, app }, other] = [await withTotp(relay), await withTotp(relay)];
    const challenge = await challengeOf(relay, user);
    const answer = { challenge, proof: totp(app.nextCode()) };
    const further = await user.request('POST', '/devices', { name: 'other' });
    const replies = [
      await finish(relay, user, { ...answer, deviceId: further.body.id }),
      await finish(relay, user, { ...answer, deviceId: undefined, device: { name: 'new' } }),
      await finish(relay, other.user, answer),
      await call(relay, 'POST', '/v1/auth/mfa/sign-in', {
        body: { ...answer, deviceId: user.deviceId },
        headers: { 'x-forwarded-for': '203.0.113.7' },
      }),
      await call(relay, 'POST', '/v1/auth/mfa/sign-in', {
        body: { ...answer, deviceId: user.deviceId, transport: 'cookie' },
        headers: { origin: ORIGIN, 'sealpost-csrf': '1' },
      }),
    ];
    expect(replies.map(({ body }) => body.code)).toEqual(Array(5).fill('invalid_mfa_challenge'));
    expect((await finish(relay, user, answer)).status).toBe(200);
  });

  it('is void once the secret was changed', async () => {
    const { user, app } = await withTotp(relay);
    const challenge = await challengeOf(relay, user);
    const newKdf = { algorithm: 'pbkdf2-sha256', salt: 'q83vEjRWeJCrze8SNFZ4kA', iterations: 600_000 };
    const change = { authKey: user.authKey, newAuthKey: secret(), newKdf };
    expect((await user.request('POST', '/auth/password', change)).status).toBe(204);
    const { body } = await finish(relay, user, { challenge, proof: totp(app.nextCode()) });
    expect(body.code).toBe('invalid_mfa_challenge');
  });
});

describe('a recovery code', () => {
  it('signs in once, whichever of the ten, also when it is used twice at the same time', async () => {
    const { user, recoveryCodes } = await withTotp(relay);
    const challenges = await Promise.all([0, 1].map(() => challengeOf(relay, user)));
    const proof = recoveryCode(recoveryCodes[9]!);
    const replies = await Promise.all(challenges.map((challenge) => finish(relay, user, { challenge, proof })));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 401]);
    const again = await finish(relay, user, { challenge: await challengeOf(relay, user), proof });
    expect(again.body.code).toBe('invalid_mfa_code');
    expect((await user.request('GET', '/auth/mfa')).body.recoveryCodesLeft).toBe(9);
    expect(await kindsOf(user)).toContain('mfa_code_used');
  });

  it('is kept as argon2id, each under its own salt', async () => {
    const { user, recoveryCodes } = await withTotp(relay);
    const rows = await relay.query<{ hash: string }>('SELECT hash FROM mfa_recovery_codes WHERE account_id = $1', [
      user.accountId,
    ]);
    expect(new Set(rows.map(({ hash }) => hash)).size).toBe(recoveryCodes.length);
    for (const { hash } of rows) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,p=1,t=2\$/);
  });

  it('of somebody else is none, and fresh ones make the earlier void', async () => {
    const [one, other] = [await withTotp(relay), await withTotp(relay)];
    const foreign = recoveryCode(other.recoveryCodes[0]!);
    const challenge = await challengeOf(relay, one.user);
    expect((await finish(relay, one.user, { challenge, proof: foreign })).body.code).toBe('invalid_mfa_code');
    const { body } = await one.user.request('POST', '/auth/mfa/recovery-codes', { authKey: one.user.authKey });
    expect(body.codes).toHaveLength(10);
    const old = recoveryCode(one.recoveryCodes[0]!);
    expect((await finish(relay, one.user, { challenge, proof: old })).body.code).toBe('invalid_mfa_code');
    const fresh = recoveryCode(body.codes[0]);
    expect((await finish(relay, one.user, { challenge, proof: fresh })).status).toBe(200);
  });
});

describe('recovering an account by its code', () => {
  it('takes the second factor all the same', async () => {
    const { user, app } = await withTotp(relay);
    const recoveryKey = await withRecovery(user);
    const body = completion(user.username, recoveryKey);
    const refused = await complete(relay, body);
    expect(refused.body.code).toBe('mfa_required');
    const { challenge } = refused.body.mfa;
    const wrong = await complete(relay, { ...body, mfa: { challenge, proof: totp(app.wrongCode()) } });
    expect(wrong.body.code).toBe('invalid_mfa_code');
    const right = await complete(relay, { ...body, mfa: { challenge, proof: totp(app.nextCode()) } });
    expect(right.status).toBe(200);
  });
});

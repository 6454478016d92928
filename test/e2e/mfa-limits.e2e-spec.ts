import { LIMITS } from '#protocol';
import { call, TestRelay, TestUser } from '#testing';
import { MfaSweepService } from '../../apps/relay/src/mfa/mfa-sweep.service.js';
import { challengeOf, finish, letFactorAge, login, recoveryCode, totp, withTotp } from './second-factors.js';

/** The limits that are in force; what guards the secret is raised, as in all tests. */
const relay = TestRelay.duringTests({
  environment: { LIMITS: 'loginDevice=1000/1,reauthenticate=1000/1,register=1000/1,strangersAddress=1000/1' },
});

const RECENT = 6_000;

describe('guesses at a code', () => {
  it('at sign-in are five, and then one in six seconds, however many challenges are asked for', async () => {
    const { user, app } = await withTotp(relay);
    const guess = async () => {
      const { body } = await finish(relay, user, {
        challenge: await challengeOf(relay, user),
        proof: totp(app.wrongCode()),
      });
      return String(body.code);
    };
    const codes: string[] = [];
    for (let n = 0; n < 6; n++) codes.push(await guess());
    expect(codes).toEqual([...Array<string>(5).fill('invalid_mfa_code'), 'rate_limited']);
    relay.clock.advance(RECENT);
    expect([await guess(), await guess()]).toEqual(['invalid_mfa_code', 'rate_limited']);
  });

  it('before what is sensitive are as many, of the session', async () => {
    const { user, app } = await withTotp(relay);
    letFactorAge(relay);
    const guess = async () => {
      const { body } = await user.request('DELETE', '/auth/me', { authKey: user.authKey });
      const answer = { challenge: body.mfa.challenge, proof: totp(app.wrongCode()) };
      return (await user.request('POST', '/auth/mfa/step-up', answer)).body.code as string;
    };
    const codes: string[] = [];
    for (let n = 0; n < 6; n++) codes.push(await guess());
    expect(codes).toEqual([...Array<string>(5).fill('invalid_mfa_code'), 'rate_limited']);
  });

  it('at a new authenticator app are as many', async () => {
    const user = await TestUser.register(relay);
    const { body: begun } = await user.request('POST', '/auth/mfa/totp', { authKey: user.authKey, name: 'Phone' });
    const guess = () => user.request('POST', `/auth/mfa/totp/${begun.id}/confirm`, { code: '000000' });
    const codes: string[] = [];
    for (let n = 0; n < 6; n++) codes.push((await guess()).body.code);
    expect(codes.at(-1)).toBe('rate_limited');
  });
});

describe('codes of authenticator apps', () => {
  const few = TestRelay.duringTests({ environment: { LIMITS: 'totpAccount=2/86400,loginDevice=1000/1' } });

  it('are limited by the day and account; a recovery code goes in all the same', async () => {
    const { user, app, recoveryCodes } = await withTotp(few);
    const answer = async (proof: object) =>
      (await finish(few, user, { challenge: await challengeOf(few, user), proof })).body.code as string | undefined;
    const codes: (string | undefined)[] = [];
    for (let n = 0; n < 3; n++) codes.push(await answer(totp(app.wrongCode())));
    expect(codes).toEqual(['invalid_mfa_code', 'invalid_mfa_code', 'rate_limited']);
    expect(await answer(recoveryCode(recoveryCodes[0]!))).toBeUndefined();
  });
});

describe('challenges', () => {
  it('that are asked for again and again are limited', async () => {
    const { user } = await withTotp(relay);
    const codes: string[] = [];
    for (let n = 0; n < 31; n++) codes.push((await login(relay, user)).body.code);
    expect(codes).toEqual([...Array<string>(30).fill('mfa_required'), 'rate_limited']);
  });

  it('for any passkey may be as many as there is room for, and those of accounts have their own', async () => {
    const { user } = await withTotp(relay);
    await relay.query(
      `INSERT INTO mfa_challenges (sha256, attempts, expires_at)
       SELECT sha256(n::text::bytea), 0, now() + interval '1 day' FROM generate_series(1, $1) n`,
      [LIMITS.mfaChallenges],
    );
    const { status } = await call(relay, 'POST', '/v1/auth/mfa/passkey-sign-in/options', { body: {} });
    expect(status).toBe(503);
    await challengeOf(relay, user);
    await relay.query(`DELETE FROM mfa_challenges WHERE account_id IS NULL`);
  });

  it('that nobody answered are swept', async () => {
    const { user } = await withTotp(relay);
    await challengeOf(relay, user);
    const left = () => relay.query('SELECT 1 FROM mfa_challenges WHERE account_id = $1', [user.accountId]);
    await relay.part(MfaSweepService).sweep();
    expect(await left()).toHaveLength(1);
    relay.clock.advance(300_000);
    await relay.part(MfaSweepService).sweep();
    expect(await left()).toHaveLength(0);
  });
});

import { call, type Reply, TestRelay, TestUser } from '#testing';
import { kindsOf } from './audit-log.js';
import { addPasskey, challengeOf, finish, letFactorAge, login, ORIGIN, PASSKEY_HOST } from './second-factors.js';
import { SoftPasskey } from './soft-passkey.js';

const relay = TestRelay.duringTests({ environment: { PUBLIC_URL: ORIGIN } });

/** Somebody with a passkey. */
async function withPasskey(): Promise<{ user: TestUser; passkey: SoftPasskey; factorId: string }> {
  const user = await TestUser.register(relay);
  const { passkey, reply } = await addPasskey(user);
  return { user, passkey, factorId: reply.body.factor.id };
}

const proof = (assertion: Record<string, string>) => ({ kind: 'passkey', ...assertion });

const post = (path: string, body: unknown): Promise<Reply> => call(relay, 'POST', `/v1/auth/mfa/${path}`, { body });

async function begin(): Promise<string> {
  const { body } = await post('passkey-sign-in/options', {});
  return String(body.challenge);
}

describe('a passkey', () => {
  it('is a second factor once it was made, and brings recovery codes', async () => {
    const user = await TestUser.register(relay);
    const { body: options } = await user.request('POST', '/auth/mfa/passkeys/options', { authKey: user.authKey });
    expect(options).toMatchObject({
      rp: { id: PASSKEY_HOST },
      user: { id: Buffer.from(user.accountId.replaceAll('-', ''), 'hex').toString('base64url'), name: user.username },
      excludeCredentials: [],
    });
    const { passkey, reply } = await addPasskey(user);
    expect([reply.status, reply.body.factor.kind, reply.body.recoveryCodes.length]).toEqual([201, 'passkey', 10]);

    const refused = await login(relay, user);
    const { mfa } = refused.body;
    expect([refused.body.code, mfa.kinds]).toEqual(['mfa_required', ['passkey', 'recovery_code']]);
    expect(mfa.passkey).toMatchObject({
      challenge: mfa.challenge,
      rpId: PASSKEY_HOST,
      allowCredentials: [{ id: passkey.credentialId.toString('base64url') }],
    });
    const { challenge } = mfa;
    const { status } = await finish(relay, user, { challenge, proof: proof(passkey.get(challenge)) });
    expect(status).toBe(200);
  });

  it('signs for the challenge, the site and the host that it was asked by, or is refused', async () => {
    const { user, passkey } = await withPasskey();
    const challenge = await challengeOf(relay, user);
    const wrong = [
      passkey.get(await challengeOf(relay, user)),
      passkey.get(challenge, { origin: 'https://chat.example.com' }),
      passkey.get(challenge, { rpId: 'example.org' }),
      { ...passkey.get(challenge), signature: passkey.get('AAAA').signature! },
    ];
    for (const assertion of wrong) {
      const { body } = await finish(relay, user, { challenge, proof: proof(assertion) });
      expect(body.code).toBe('invalid_mfa_code');
    }
    expect((await finish(relay, user, { challenge, proof: proof(passkey.get(challenge)) })).status).toBe(200);
  });

  it('of somebody else does not sign in, nor does one that nobody has', async () => {
    const [one, two] = [await withPasskey(), await withPasskey()];
    const challenge = await challengeOf(relay, one.user);
    for (const passkey of [two.passkey, new SoftPasskey(ORIGIN, PASSKEY_HOST)]) {
      const { body } = await finish(relay, one.user, { challenge, proof: proof(passkey.get(challenge)) });
      expect(body.code).toBe('invalid_mfa_code');
    }
  });

  it('whose count does not rise is a copy, and refused', async () => {
    const { user, passkey } = await withPasskey();
    const answer = async (count: number) => {
      const challenge = await challengeOf(relay, user);
      return finish(relay, user, { challenge, proof: proof(passkey.get(challenge, { count })) });
    };
    expect((await answer(7)).status).toBe(200);
    for (const count of [7, 6, 0]) expect((await answer(count)).body.code).toBe('invalid_mfa_code');
    expect((await answer(8)).status).toBe(200);
  });

  it('that does not count signs in again and again', async () => {
    const { user, passkey } = await withPasskey();
    for (let n = 0; n < 2; n++) {
      const challenge = await challengeOf(relay, user);
      const { status } = await finish(relay, user, { challenge, proof: proof(passkey.get(challenge, { count: 0 })) });
      expect(status).toBe(200);
    }
  });

  it('is registered once, for one account, and by the session that asked', async () => {
    const { user, passkey } = await withPasskey();
    const other = await TestUser.register(relay);
    expect((await addPasskey(other, passkey)).reply.body.code).toBe('conflict');
    expect((await addPasskey(user, passkey)).reply.body.code).toBe('conflict');
    const { body: options } = await user.request('POST', '/auth/mfa/passkeys/options', { authKey: user.authKey });
    const made = { name: 'Key', ...new SoftPasskey(ORIGIN, PASSKEY_HOST).create(options.challenge) };
    expect((await other.request('POST', '/auth/mfa/passkeys', made)).body.code).toBe('invalid_mfa_challenge');
    expect((await user.request('POST', '/auth/mfa/passkeys', made)).status).toBe(201);
    expect((await user.request('POST', '/auth/mfa/passkeys', made)).body.code).toBe('invalid_mfa_challenge');
    expect((await other.request('GET', '/auth/mfa')).body.factors).toEqual([]);
  });

  it('that was made for another site is not registered', async () => {
    const user = await TestUser.register(relay);
    const { reply } = await addPasskey(user, new SoftPasskey('https://chat.example.com', 'chat.example.com'));
    expect(reply.body.code).toBe('invalid_mfa_code');
    expect((await login(relay, user)).status).toBe(200);
  });

  it('lets a session do what is sensitive', async () => {
    const { user, passkey } = await withPasskey();
    letFactorAge(relay);
    const remove = () => user.request('DELETE', '/auth/me', { authKey: user.authKey });
    const { challenge } = (await remove()).body.mfa;
    const shown = { challenge, proof: proof(passkey.get(challenge)) };
    expect((await user.request('POST', '/auth/mfa/step-up', shown)).status).toBe(204);
    expect((await remove()).status).toBe(204);
  });
});

describe('a passkey alone', () => {
  const device = { name: 'by passkey' };

  it('signs in its account on a new device, without name or secret', async () => {
    const { user, passkey } = await withPasskey();
    const challenge = await begin();
    const { status, body } = await post('passkey-sign-in', { challenge, assertion: passkey.get(challenge), device });
    expect([status, body.account.id]).toEqual([200, user.accountId]);
    const { body: me } = await call(relay, 'GET', '/v1/auth/me', { token: body.accessToken });
    expect(me.username).toBe(user.username);
    expect((await kindsOf(user)).slice(-2)).toEqual(['signed_in', 'device_added']);
  });

  it('takes a known device of its account, and no other', async () => {
    const [{ user, passkey }, other] = [await withPasskey(), await TestUser.register(relay)];
    const signIn = async (deviceId: string) => {
      const challenge = await begin();
      return post('passkey-sign-in', { challenge, assertion: passkey.get(challenge), deviceId });
    };
    expect((await signIn(user.deviceId)).status).toBe(200);
    expect((await signIn(other.deviceId)).body.code).toBe('invalid_credentials');
  });

  it('must have verified its user', async () => {
    const { user, passkey } = await withPasskey();
    const challenge = await begin();
    const assertion = passkey.get(challenge, { verifiesUser: false });
    const { body } = await post('passkey-sign-in', { challenge, assertion, device });
    expect(body.code).toBe('invalid_mfa_code');
    // Beside the secret, its presence is enough.
    const asked = await challengeOf(relay, user);
    const second = proof(passkey.get(asked, { verifiesUser: false }));
    expect((await finish(relay, user, { challenge: asked, proof: second })).status).toBe(200);
  });

  it('answers a challenge once, and only one that was for this', async () => {
    const { user, passkey } = await withPasskey();
    const ofSignIn = await challengeOf(relay, user);
    const elsewhere = { challenge: ofSignIn, assertion: passkey.get(ofSignIn), device };
    expect((await post('passkey-sign-in', elsewhere)).body.code).toBe('invalid_mfa_challenge');
    const challenge = await begin();
    const answers = [0, 1].map(() => ({ challenge, assertion: passkey.get(challenge), device }));
    const replies = await Promise.all(answers.map((answer) => post('passkey-sign-in', answer)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it('that was removed, or whose account was, signs nobody in', async () => {
    const [one, two] = [await withPasskey(), await withPasskey()];
    const removal = `/auth/mfa/factors/${one.factorId}`;
    expect((await one.user.request('DELETE', removal, { authKey: one.user.authKey })).status).toBe(204);
    expect((await two.user.request('DELETE', '/auth/me', { authKey: two.user.authKey })).status).toBe(204);
    for (const { passkey } of [one, two]) {
      const challenge = await begin();
      const { body } = await post('passkey-sign-in', { challenge, assertion: passkey.get(challenge), device });
      expect(body.code).toBe('invalid_mfa_code');
    }
  });

  it('of which the relay is told that it is somebody else’s is refused', async () => {
    const [{ passkey }, other] = [await withPasskey(), await TestUser.register(relay)];
    const challenge = await begin();
    const userHandle = Buffer.from(other.accountId.replaceAll('-', ''), 'hex').toString('base64url');
    const assertion = { ...passkey.get(challenge), userHandle };
    expect((await post('passkey-sign-in', { challenge, assertion, device })).body.code).toBe('invalid_mfa_code');
  });
});

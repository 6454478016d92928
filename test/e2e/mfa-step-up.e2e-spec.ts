import { call, type Reply, TestRelay, TestUser } from '#testing';
import { v7 } from 'uuid';
import { kindsOf } from './audit-log.js';
import { newKey, encode } from './identity-key.js';
import { root, STRONG, withRecovery } from './recovering.js';
import { addTotp, challengeOf, finish, letFactorAge, login, recoveryCode, totp, withTotp } from './second-factors.js';
import { secret } from './signing-in.js';

const relay = TestRelay.duringTests();

/** Every action that takes a second factor, with the right secret in it. */
const SENSITIVE: Readonly<Record<string, (user: TestUser) => Promise<Reply>>> = {
  'a change of the password': (user) =>
    user.request('POST', '/auth/password', { authKey: user.authKey, newAuthKey: secret(), newKdf: STRONG }),
  'deleting the account': (user) => user.request('DELETE', '/auth/me', { authKey: user.authKey }),
  'setting a recovery code': (user) =>
    user.request('PUT', '/auth/recovery', { authKey: user.authKey, recoveryKey: secret(), vaultRoot: root('x') }),
  'taking the recovery code away': (user) => user.request('DELETE', '/auth/recovery', { authKey: user.authKey }),
  'ending another session': async (user) => {
    const { body } = await user.request('GET', '/auth/sessions');
    const other = body.items.find(({ current }: { current: boolean }) => !current);
    return user.request('DELETE', `/auth/sessions/${other.id}`);
  },
  'revoking a device': async (user) => {
    const { body } = await user.request('GET', '/devices');
    const other = body.items.find(({ current }: { current: boolean }) => !current);
    return user.request('DELETE', `/devices/${other.id}`);
  },
  'resetting the identity key': (user) => {
    const key = { algorithm: 'ed25519', publicKey: encode(newKey().raw), version: 1 };
    return user.request('PUT', '/keys/me', { ...key, reset: true, authKey: user.authKey });
  },
  'adding an authenticator app': (user) =>
    user.request('POST', '/auth/mfa/totp', { authKey: user.authKey, name: 'Second' }),
  'adding a passkey': (user) => user.request('POST', '/auth/mfa/passkeys/options', { authKey: user.authKey }),
  'fresh recovery codes': (user) => user.request('POST', '/auth/mfa/recovery-codes', { authKey: user.authKey }),
  'removing a second factor': async (user) => {
    const { body } = await user.request('GET', '/auth/mfa');
    return user.request('DELETE', `/auth/mfa/factors/${body.factors[0].id}`, { authKey: user.authKey });
  },
};

/** Somebody with two sessions, an identity key, a recovery code and an authenticator app, which was shown some time ago. */
async function somebody() {
  const user = await TestUser.register(relay);
  await user.onNewDevice();
  await user.request('PUT', '/keys/me', { algorithm: 'ed25519', publicKey: encode(newKey().raw) });
  await withRecovery(user);
  const person = { user, ...(await addTotp(relay, user)) };
  letFactorAge(relay);
  return person;
}

const stepUp = (user: TestUser, challenge: string, proof: object): Promise<Reply> =>
  user.request('POST', '/auth/mfa/step-up', { challenge, proof });

describe('what takes a second factor, once there is one:', () => {
  it.each(Object.entries(SENSITIVE))('%s', async (_name, act) => {
    const { user, app } = await somebody();
    const refused = await act(user);
    expect([refused.status, refused.body.code]).toEqual([401, 'mfa_required']);
    const { challenge } = refused.body.mfa;
    expect((await stepUp(user, challenge, totp(app.wrongCode()))).body.code).toBe('invalid_mfa_code');
    expect((await act(user)).body.code).toBe('mfa_required');
    expect((await stepUp(user, challenge, totp(app.nextCode()))).status).toBe(204);
    expect((await act(user)).status).toBeLessThan(300);
  });

  it('and not what harms nobody: ending the own session, and ending trust', async () => {
    const { user } = await somebody();
    expect((await user.request('DELETE', `/auth/mfa/trusted-devices/${user.deviceId}`)).body.code).toBe('not_found');
    expect((await user.request('DELETE', `/auth/sessions/${user.signedIn.sessionId}`)).status).toBe(204);
  });

  it('a wrong secret is refused before anybody is asked', async () => {
    const { user } = await somebody();
    const { body } = await user.request('DELETE', '/auth/me', { authKey: secret() });
    expect(body.code).toBe('invalid_credentials');
  });

  it('nobody is asked who has none', async () => {
    const user = await TestUser.register(relay);
    const other = await user.onNewDevice();
    expect((await user.request('DELETE', `/devices/${other.deviceId}`)).status).toBe(204);
    expect((await user.request('DELETE', '/auth/me', { authKey: user.authKey })).status).toBe(204);
  });
});

describe('showing a second factor', () => {
  it('counts in that session only, and for five minutes', async () => {
    const { user, app } = await somebody();
    const begin = (who: TestUser) =>
      who.request('POST', '/auth/mfa/totp', { authKey: user.authKey, name: 'x' }).then(({ body }) => body);
    const challenge = (await begin(user)).mfa.challenge;
    expect((await stepUp(user, challenge, totp(app.nextCode()))).status).toBe(204);
    expect((await begin(user)).secret).toBeDefined();
    letFactorAge(relay);
    // The access token is over, too.
    const { body: tokens } = await call(relay, 'POST', '/v1/auth/refresh', {
      body: { refreshToken: user.signedIn.refreshToken },
    });
    const later = await call(relay, 'POST', '/v1/auth/mfa/totp', {
      token: tokens.accessToken,
      body: { authKey: user.authKey, name: 'x' },
    });
    expect(later.body.code).toBe('mfa_required');
  });

  it('by somebody else, or in another session, is refused', async () => {
    const [one, two] = [await withTotp(relay), await withTotp(relay)];
    letFactorAge(relay);
    const { body } = await one.user.request('DELETE', '/auth/me', { authKey: one.user.authKey });
    const { challenge } = body.mfa;
    expect((await stepUp(two.user, challenge, totp(two.app.nextCode()))).body.code).toBe('invalid_mfa_challenge');
    expect((await stepUp(one.user, challenge, totp(one.app.code()))).status).toBe(204);
    expect((await stepUp(one.user, challenge, totp(one.app.nextCode()))).body.code).toBe('invalid_mfa_challenge');
  });

  it('at sign-in counts, too: the session may do what is sensitive at once', async () => {
    const { user, app } = await somebody();
    const challenge = await challengeOf(relay, user);
    const { body } = await finish(relay, user, { challenge, proof: totp(app.nextCode()) });
    const removal = await call(relay, 'DELETE', '/v1/auth/me', {
      token: body.accessToken,
      body: { authKey: user.authKey },
    });
    expect(removal.status).toBe(204);
  });
});

describe('removing the last factor', () => {
  it('takes the recovery codes and the trust with it, and signing in takes the secret alone', async () => {
    const { user, app, factorId } = await withTotp(relay);
    const challenge = await challengeOf(relay, user);
    await finish(relay, user, { challenge, proof: totp(app.nextCode()), trustDevice: true });
    const path = `/auth/mfa/factors/${factorId}`;
    expect((await user.request('DELETE', path, { authKey: user.authKey })).status).toBe(204);
    expect((await user.request('GET', '/auth/mfa')).body).toEqual({
      factors: [],
      recoveryCodesLeft: 0,
      trustedDevices: [],
    });
    expect((await login(relay, user)).status).toBe(200);
    expect((await user.request('DELETE', path, { authKey: user.authKey })).body.code).toBe('not_found');
    const kinds = ['mfa_factor_added', 'signed_in', 'mfa_device_trusted', 'mfa_factor_removed', 'signed_in'];
    expect((await kindsOf(user)).slice(1)).toEqual(kinds);
  });

  it('of somebody else is refused as one that there is not', async () => {
    const [one, two] = [await withTotp(relay), await withTotp(relay)];
    const remove = (id: string) => one.user.request('DELETE', `/auth/mfa/factors/${id}`, { authKey: one.user.authKey });
    const [foreign, absent] = [await remove(two.factorId), await remove(v7())];
    expect([foreign.status, foreign.body.code]).toEqual([404, 'not_found']);
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...absent.body, requestId: '' });
    expect((await login(relay, two.user)).body.code).toBe('mfa_required');
  });
});

describe('a trusted device', () => {
  /** Somebody whose first device is trusted. */
  async function trusting() {
    const person = await withTotp(relay);
    const { user, app } = person;
    const challenge = await challengeOf(relay, user);
    const { body } = await finish(relay, user, { challenge, proof: totp(app.nextCode()), trustDevice: true });
    return { ...person, trustToken: String(body.trustToken) };
  }

  it('is not asked for 30 days, by its token and with the right secret', async () => {
    const { user, trustToken } = await trusting();
    expect((await login(relay, user, { trustToken })).status).toBe(200);
    expect((await login(relay, user)).body.code).toBe('mfa_required');
    expect((await login(relay, user, { trustToken: secret() })).body.code).toBe('mfa_required');
    expect((await login(relay, user, { trustToken, authKey: secret() })).body.code).toBe('invalid_credentials');
    relay.clock.advance(30 * 86_400_000);
    expect((await login(relay, user, { trustToken })).body.code).toBe('mfa_required');
  });

  it('is trusted, and no other: not another device, nor another account', async () => {
    const [one, two] = [await trusting(), await withTotp(relay)];
    const { trustToken } = one;
    const { body: further } = await one.user.request('POST', '/devices', { name: 'other' });
    const replies = [
      await login(relay, one.user, { trustToken, deviceId: further.id }),
      await login(relay, one.user, { trustToken, deviceId: undefined, device: { name: 'new' } }),
      await login(relay, two.user, { trustToken }),
    ];
    expect(replies.map(({ body }) => body.code)).toEqual(Array(3).fill('mfa_required'));
  });

  it('is listed, and asked again when its owner wants that', async () => {
    const { user, trustToken } = await trusting();
    const { body } = await user.request('GET', '/auth/mfa');
    expect(body.trustedDevices).toMatchObject([{ deviceId: user.deviceId }]);
    const stranger = await TestUser.register(relay);
    const path = `/auth/mfa/trusted-devices/${user.deviceId}`;
    expect((await stranger.request('DELETE', path)).body.code).toBe('not_found');
    expect((await user.request('DELETE', path)).status).toBe(204);
    expect((await login(relay, user, { trustToken })).body.code).toBe('mfa_required');
    expect((await kindsOf(user)).at(-1)).toBe('mfa_trust_removed');
  });

  it('is asked again after a change of the password', async () => {
    const { user, trustToken } = await trusting();
    const change = { authKey: user.authKey, newAuthKey: secret(), newKdf: STRONG };
    expect((await user.request('POST', '/auth/password', change)).status).toBe(204);
    const { body } = await login(relay, user, { authKey: change.newAuthKey, trustToken });
    expect(body.code).toBe('mfa_required');
  });
});

describe('deleting an account', () => {
  it('leaves nothing of its second factors', async () => {
    const { user, recoveryCodes } = await withTotp(relay);
    const challenge = await challengeOf(relay, user);
    await finish(relay, user, { challenge, proof: recoveryCode(recoveryCodes[0]!), trustDevice: true });
    await challengeOf(relay, user);
    expect((await user.request('DELETE', '/auth/me', { authKey: user.authKey })).status).toBe(204);
    const left = await relay.query(
      `SELECT 1 FROM mfa_factors WHERE account_id = $1 UNION ALL SELECT 1 FROM mfa_recovery_codes WHERE account_id = $1
       UNION ALL SELECT 1 FROM mfa_challenges WHERE account_id = $1 UNION ALL SELECT 1 FROM trusted_devices WHERE account_id = $1`,
      [user.accountId],
    );
    expect(left).toEqual([]);
  });
});

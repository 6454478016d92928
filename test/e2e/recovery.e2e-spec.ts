import { createHash } from 'node:crypto';
import { people, type Reply, TestRelay, TestUser, call } from '#testing';
import { PROMPTLY } from './promptly.js';
import { complete, completion, open, root, stateOf, STRONG, whileVaultsFail, withRecovery } from './recovering.js';
import { asKnown, freshName, secret } from './signing-in.js';

const relay = TestRelay.duringTests();

const login = (user: TestUser, authKey: unknown): Promise<Reply> =>
  call(relay, 'POST', '/v1/auth/login', { body: asKnown(user, { authKey }) });

/** All that tells one answer from another: bytes and headers, but those that differ between any two requests. */
function fingerprint({ status, headers, body }: Reply): string {
  const shown = [...headers].filter(([name]) => !['date', 'x-request-id', 'keep-alive'].includes(name)).sort();
  return JSON.stringify([status, shown, { ...body, requestId: '' }]);
}

describe('a recovery code', () => {
  it('is set with the secret only, and kept as a hash beside the root under it', async () => {
    const user = await TestUser.register(relay);
    const body = { authKey: secret(), recoveryKey: secret(), vaultRoot: root('x') };
    expect((await user.request('PUT', '/auth/recovery', body)).body.code).toBe('invalid_credentials');
    expect((await user.request('DELETE', '/auth/recovery', { authKey: secret() })).body.code).toBe(
      'invalid_credentials',
    );
    expect((await call(relay, 'PUT', '/v1/auth/recovery', { body })).status).toBe(401);
    const recoveryKey = await withRecovery(user, 'wrapped');
    expect((await user.request('GET', '/vault/root.recovery')).body).toMatchObject({ version: 1, ...root('wrapped') });
    const [row] = await relay.query('SELECT recovery_sha256 FROM accounts WHERE id = $1', [user.accountId]);
    const sha256 = createHash('sha256').update(Buffer.from(recoveryKey, 'base64url')).digest();
    expect(row).toEqual({ recovery_sha256: sha256 });
  });

  it('opens what is needed to recover, and changes nothing by it', async () => {
    const user = await TestUser.register(relay);
    const recoveryKey = await withRecovery(user, 'wrapped');
    const before = await stateOf(relay, user);
    const { status, body } = await open(relay, user.username, recoveryKey);
    expect(status).toBe(200);
    expect(body).toEqual({
      accountId: user.accountId,
      vaultRoot: root('wrapped'),
      devices: [{ ...user.signedIn.device, current: false }],
    });
    expect(await stateOf(relay, user)).toEqual(before);
  });

  it('that is replaced or taken away opens nothing any more', async () => {
    const user = await TestUser.register(relay);
    const first = await withRecovery(user);
    const second = await withRecovery(user, 'second');
    expect((await open(relay, user.username, first)).body.code).toBe('invalid_credentials');
    expect((await open(relay, user.username, second)).body.vaultRoot).toEqual(root('second'));
    for (let n = 0; n < 2; n++)
      expect((await user.request('DELETE', '/auth/recovery', { authKey: user.authKey })).status).toBe(204);
    expect((await open(relay, user.username, second)).body.code).toBe('invalid_credentials');
    expect((await complete(relay, completion(user.username, second))).body.code).toBe('invalid_credentials');
    expect((await user.request('GET', '/vault/root.recovery')).status).toBe(404);
  });

  it('survives a change of the password, and not the account', async () => {
    const user = await TestUser.register(relay);
    const recoveryKey = await withRecovery(user);
    const authKey = secret();
    await user.request('POST', '/auth/password', { authKey: user.authKey, newAuthKey: authKey, newKdf: STRONG });
    expect((await open(relay, user.username, recoveryKey)).status).toBe(200);
    expect((await user.request('DELETE', '/auth/me', { authKey })).status).toBe(204);
    expect((await open(relay, user.username, recoveryKey)).body.code).toBe('invalid_credentials');
    const [row] = await relay.query('SELECT recovery_sha256 FROM accounts WHERE id = $1', [user.accountId]);
    expect(row).toEqual({ recovery_sha256: null });
  });

  it('is refused alike for an unknown name, an account without one, and a wrong one', async () => {
    const [plain, other] = await people(relay, 2);
    const ofOther = await withRecovery(other);
    for (const ask of [
      (name: string, key: string) => open(relay, name, key),
      (name: string, key: string) => complete(relay, completion(name, key)),
    ]) {
      const replies = [
        await ask(freshName(), secret()),
        await ask(plain.username, secret()),
        await ask(plain.username, ofOther),
        await ask(other.username, secret()),
      ];
      expect([replies[0]!.status, replies[0]!.body.code]).toEqual([401, 'invalid_credentials']);
      expect(new Set(replies.map(fingerprint)).size).toBe(1);
    }
  });

  it('is tried five times in a while by one address, and twenty times for whomever', async () => {
    const strict = await TestRelay.start({ environment: { LIMITS: 'register=100/1' } });
    try {
      const user = await TestUser.register(strict);
      const recoveryKey = await withRecovery(user);
      const statuses: number[] = [];
      for (let n = 0; n < 5; n++) statuses.push((await open(strict, user.username, secret())).status);
      statuses.push((await complete(strict, completion(user.username, recoveryKey))).status);
      expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
      for (let n = 0; n < 14; n++) expect((await open(strict, freshName(), secret())).status).toBe(401);
      expect((await open(strict, freshName(), secret())).status).toBe(429);
    } finally {
      await strict.stop();
    }
  });
});

describe('recovering an account', () => {
  it('sets the new secret, both roots and the next code, ends all sessions, and signs in', async () => {
    const user = await TestUser.register(relay);
    const other = await user.onNewDevice();
    const recoveryKey = await withRecovery(user);
    const sockets = [await user.socket(), await other.socket()];
    const body = completion(user.username, recoveryKey);
    const { status, body: signedIn } = await complete(relay, body);
    expect([status, signedIn.account, signedIn.device.name]).toEqual([200, user.signedIn.account, 'recovered']);
    await Promise.all(sockets.map((socket) => socket.closed(PROMPTLY)));
    for (const one of [user, other]) expect((await one.request('GET', '/auth/me')).status).toBe(401);
    const { accessToken: token } = signedIn;
    const items = await call(relay, 'GET', '/v1/vault', { token });
    expect(items.body.items).toMatchObject([
      { name: 'root', version: 1 },
      { name: 'root.recovery', version: 2 },
    ]);
    expect((await call(relay, 'GET', '/v1/vault/root', { token })).body).toMatchObject(body.vaultRoot as object);
    expect([(await login(user, user.authKey)).status, (await login(user, body.authKey)).status]).toEqual([401, 200]);
    expect((await call(relay, 'GET', `/v1/auth/kdf?username=${user.username}`)).body).toEqual(STRONG);
    const { recoveryKey: next } = body.recovery as { recoveryKey: string };
    expect((await open(relay, user.username, recoveryKey)).status).toBe(401);
    expect((await open(relay, user.username, next)).body.vaultRoot).toEqual(root('under the new code'));
  });

  it('happens once with each code, however many try at once', async () => {
    const user = await TestUser.register(relay);
    const recoveryKey = await withRecovery(user);
    const bodies = Array.from({ length: 5 }, () => completion(user.username, recoveryKey));
    const replies = await Promise.all(bodies.map((body) => complete(relay, body)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401]);
    const won = bodies[replies.findIndex(({ status }) => status === 200)]!;
    expect((await login(user, won.authKey)).status).toBe(200);
    expect((await complete(relay, completion(user.username, recoveryKey))).status).toBe(401);
  });

  it('may sign in as a device that the account has, and as no other', async () => {
    const [user, stranger] = await people(relay, 2);
    const recoveryKey = await withRecovery(user);
    const before = await stateOf(relay, user);
    const as = (deviceId: string): Record<string, unknown> =>
      completion(user.username, recoveryKey, { device: undefined, deviceId });
    expect((await complete(relay, as(stranger.deviceId))).body.code).toBe('invalid_credentials');
    expect((await complete(relay, { ...as(user.deviceId), device: { name: 'x' } })).body.code).toBe('invalid_request');
    expect((await complete(relay, completion(user.username, recoveryKey, { device: undefined }))).status).toBe(400);
    expect(await stateOf(relay, user)).toEqual(before);
    const { status, body } = await complete(relay, as(user.deviceId));
    expect([status, body.device.id]).toEqual([200, user.deviceId]);
  });

  it('does nothing when it is refused for another reason: a weak derivation, too many devices, a page of another site', async () => {
    const user = await TestUser.register(relay);
    const recoveryKey = await withRecovery(user);
    for (let n = 1; n < 10; n++) await user.request('POST', '/devices', { name: String(n) });
    const before = await stateOf(relay, user);
    const refused = await Promise.all(
      [{ kdf: { ...STRONG, iterations: 1 } }, {}, { transport: 'cookie' }].map((change) =>
        complete(relay, completion(user.username, recoveryKey, change)),
      ),
    );
    expect(refused.map(({ body }) => body.code)).toEqual(['kdf_too_weak', 'device_limit_reached', 'forbidden']);
    expect(await stateOf(relay, user)).toEqual(before);
    expect((await open(relay, user.username, recoveryKey)).body.devices).toHaveLength(10);
  });

  it('changes all of it or nothing', async () => {
    const user = await TestUser.register(relay);
    const recoveryKey = await withRecovery(user);
    const before = await stateOf(relay, user);
    const body = completion(user.username, recoveryKey);
    expect((await whileVaultsFail(relay, () => complete(relay, body))).status).toBe(500);
    expect(await stateOf(relay, user)).toEqual(before);
    expect((await user.request('GET', '/auth/me')).status).toBe(200);
    expect((await complete(relay, body)).status).toBe(200);
  });

  it('and changing the password at the same time leave one of both, whole', async () => {
    const user = await TestUser.register(relay);
    const recoveryKey = await withRecovery(user);
    const body = completion(user.username, recoveryKey);
    const newAuthKey = secret();
    const change = { authKey: user.authKey, newAuthKey, newKdf: { ...STRONG, iterations: 700_000 } };
    await Promise.all([complete(relay, body), user.request('POST', '/auth/password', change)]);
    // The code recovers whatever password there is, so it comes through, before or after.
    expect([(await login(user, body.authKey)).status, (await login(user, newAuthKey)).status]).toEqual([200, 401]);
  });
});

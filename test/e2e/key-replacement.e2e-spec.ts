import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { identityLinkBytes } from '#protocol';
import { people, type Reply, TestRelay } from '#testing';
import { operationsOf } from '../operations.js';
import { decode, encode, historyOf, linkOf, newKey, rotation, sha256, withKey } from './identity-key.js';

const relay = TestRelay.duringTests();

describe('replacing an identity key', () => {
  it('keeps every key, in a chain of hashes and signatures that a reader can check', async () => {
    const { user, key, shown } = await withKey(relay);
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
    const { user, key, shown } = await withKey(relay);
    const body = rotation(shown, key, newKey());
    const first = await user.request('PUT', '/keys/me', body);
    expect(await user.request('PUT', '/keys/me', body)).toMatchObject({ status: 200, body: first.body });
    expect(await historyOf(user)).toHaveLength(2);
  });

  it('needs the current version', async () => {
    const { user, key, shown } = await withKey(relay);
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
    const { user, key, shown } = await withKey(relay);
    const next = newKey();
    const proper = rotation(shown, key, next);
    const forgeries = [
      rotation(shown, next, next),
      rotation({ ...shown, version: 0 }, key, next),
      rotation({ ...shown, accountId: (await withKey(relay)).shown.accountId }, key, next),
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
    const { user, shown } = await withKey(relay);
    const reply = await user.request('PUT', '/keys/me', {
      algorithm: 'ed25519',
      publicKey: encode(newKey().raw),
      version: 1,
    });
    expect(reply).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect(await historyOf(user)).toEqual([shown]);
  });

  it('lets exactly one of 20 rotations of one version win, and leaves no gap', async () => {
    const { user, key, shown } = await withKey(relay);
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
    const { user, shown } = await withKey(relay);
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
    const { user, shown } = await withKey(relay);
    const reset = { algorithm: 'ed25519', publicKey: encode(newKey().raw), version: 1, reset: true };
    const reply = await user.request('PUT', '/keys/me', { ...reset, authKey: encode(randomBytes(32)) });
    expect(reply).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
    expect(await historyOf(user)).toEqual([shown]);
  });

  it('must be asked for: the secret alone replaces nothing', async () => {
    const { user, key, shown } = await withKey(relay);
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

describe('an uploaded key', () => {
  it('never overwrites the history', async () => {
    const [owner, reader] = await people(relay, 2);
    const history = async (): Promise<{ publicKey: string; version: number }[]> =>
      (await reader.request('GET', `/keys/${owner.username}/history`)).body.items;
    const put = (body: object): Promise<Reply> => owner.request('PUT', '/keys/me', { algorithm: 'ed25519', ...body });
    const [first, second] = [encode(newKey().raw), encode(newKey().raw)];
    await put({ publicKey: first });
    const before = await history();
    const refused = await Promise.all([
      put({ publicKey: second }),
      put({ publicKey: second, version: 1 }),
      put({ publicKey: second, version: 1, signature: 'A'.repeat(86) }),
      put({ publicKey: second, version: 2, reset: true, authKey: owner.authKey }),
    ]);
    expect(refused.map(({ status }) => status >= 400)).toEqual([true, true, true, true]);
    expect(await history()).toEqual(before);

    expect((await put({ publicKey: second, version: 1, reset: true, authKey: owner.authKey })).status).toBe(200);
    await put({ publicKey: first, version: 2, reset: true, authKey: owner.authKey });
    const after = await history();
    expect(after.slice(0, 1)).toEqual(before);
    expect(after.map((key) => [key.version, key.publicKey])).toEqual([
      [1, first],
      [2, second],
      [3, first],
    ]);
  });

  it('is never taken back: no route does that', async () => {
    const operations = await operationsOf(relay);
    expect(operations.filter(({ path, method }) => path.startsWith('/v1/keys') && method === 'DELETE')).toEqual([]);
  });
});

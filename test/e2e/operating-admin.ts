import { call, type Reply, type TestRelay, type TestUser } from '#testing';
import { adminOf } from './admins.js';
import { freshName, secret } from './signing-in.js';

/** An admin who has shown a second factor just now, so that nothing is asked for some minutes. */
export async function operatingAdmin(relay: TestRelay): Promise<TestUser> {
  return (await adminOf(relay)).user;
}

/** Somebody tries to make an account. */
export async function tryToRegister(
  relay: TestRelay,
  { username = freshName(), ...change }: { readonly username?: string; readonly invitation?: string } = {},
): Promise<Reply> {
  const { body: kdf } = await call(relay, 'GET', `/v1/auth/kdf?username=${username}`);
  const body = { username, authKey: secret(), kdf, device: { name: 'first' }, ...change };
  return call(relay, 'POST', '/v1/auth/register', { body });
}

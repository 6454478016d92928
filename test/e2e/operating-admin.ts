import { call, type Reply, type TestRelay, TestUser } from '#testing';
import { AdminsStore } from '../../apps/relay/src/admin/index.js';
import { addTotp } from './second-factors.js';
import { freshName, secret } from './signing-in.js';

/** An admin who has shown a second factor just now, so that nothing is asked for some minutes. */
export async function operatingAdmin(relay: TestRelay): Promise<TestUser> {
  const admin = await TestUser.register(relay);
  await relay.part(AdminsStore).grant(admin.username, relay.clock.now());
  await addTotp(relay, admin);
  return admin;
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

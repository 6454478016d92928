import { type TestRelay, TestUser } from '#testing';
import { AdminsStore } from '../../apps/relay/src/admin/index.js';
import { addTotp, type Protected, totp } from './second-factors.js';

/** Makes somebody an admin, as the operator does. */
export async function makeAdmin(relay: TestRelay, user: TestUser): Promise<void> {
  const came = await relay.part(AdminsStore).grant(user.username, relay.clock.now());
  if (came !== 'done') throw new Error(`making an admin came to ${came}`);
}

/** Lets somebody do what admins may, without a second factor and for as long as a test takes. */
export async function administering(relay: TestRelay, user: TestUser): Promise<void> {
  await makeAdmin(relay, user);
  await relay.query(`UPDATE sessions SET factor_at = '9999-01-01' WHERE id = $1`, [user.signedIn.sessionId]);
}

/** An admin with an authenticator app that was shown just now. */
export async function adminOf(relay: TestRelay, options: { username?: string } = {}): Promise<Protected> {
  const user = await TestUser.register(relay, options);
  await makeAdmin(relay, user);
  return { user, ...(await addTotp(relay, user)) };
}

/** Shows the second factor of an admin again, once that is asked for. */
export async function stepUp({ user, app }: Protected): Promise<void> {
  const { body: refused } = await user.request('DELETE', '/admin/users/nobody-at-all/sessions');
  const proof = totp(app.nextCode());
  const { status } = await user.request('POST', '/auth/mfa/step-up', { challenge: refused.mfa.challenge, proof });
  if (status !== 204) throw new Error(`showing a second factor answered ${String(status)}`);
}

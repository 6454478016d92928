import { type Reply, type TestRelay, type TestUser, until } from '#testing';
import { completion, root, STRONG, withRecovery } from '../e2e/recovering.js';
import { secret } from '../e2e/signing-in.js';

interface Request {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly isAnonymous?: boolean;
}

/** Asks, and notes the code of the refusal. */
export type Asking = (method: string, path: string, request?: Request) => Promise<Reply>;

const NEW = { 'if-none-match': '*' };
const FIRST = { 'if-match': '"1"' };

export async function refuseAtVault(ask: Asking): Promise<void> {
  const body = { body: 'AAAA' };
  await ask('GET', '/vault/nothing');
  await ask('PUT', '/vault/x', { body });
  await ask('PUT', '/vault/x', { body, headers: FIRST });
  await ask('PUT', '/vault/root.recovery', { body, headers: NEW });
  await ask('DELETE', '/vault/x');
  await ask('DELETE', '/vault/x', { headers: FIRST });
  await ask('DELETE', '/vault/root', { headers: FIRST });
}

export async function refuseAtRecovery(ask: Asking, user: TestUser, relay: TestRelay): Promise<void> {
  const { authKey, username } = user;
  const setup = { authKey, recoveryKey: secret(), vaultRoot: root('x') };
  await ask('PUT', '/auth/recovery', { body: { ...setup, authKey: secret() } });
  await ask('DELETE', '/auth/recovery', { body: { authKey: secret() } });
  const vaultRoot = { ...root('x'), version: 7 };
  await ask('POST', '/auth/password', { body: { authKey, newAuthKey: authKey, newKdf: STRONG, vaultRoot } });

  const recoveryKey = await withRecovery(user);
  const claim = { username, recoveryKey: secret() };
  await ask('POST', '/auth/recovery/open', { isAnonymous: true, body: claim });
  for (const change of [{ recoveryKey: secret() }, { kdf: { ...STRONG, iterations: 1 } }, { transport: 'cookie' }])
    await ask('POST', '/auth/recovery/complete', {
      isAnonymous: true,
      body: completion(username, recoveryKey, change),
    });
  await whileSecretChanges(relay, user, () => [
    ask('PUT', '/auth/recovery', { body: setup }),
    ask('DELETE', '/auth/recovery', { body: { authKey } }),
  ]);
}

export async function refuseAtLinking(ask: Asking, other: Asking): Promise<void> {
  const absent = '/linking/q83vEjRWeJCrze8SNFZ4kA';
  await ask('GET', absent);
  await ask('PUT', `${absent}/answer`, { body: { answer: 'AAAA' } });
  await ask('PUT', `${absent}/provisioning`, { body: { provisioning: 'AAAA' } });
  await ask('POST', `${absent}/read`, { isAnonymous: true, body: { readKey: secret() } });
  const { body: slot } = await ask('POST', '/linking', { isAnonymous: true, body: { offer: 'AAAA' } });
  const path = `/linking/${String(slot.slotId)}`;
  await ask('PUT', `${path}/answer`, { body: { answer: 'AAAA' } });
  await other('PUT', `${path}/answer`, { body: { answer: 'AAAA' } });
  await ask('PUT', `${path}/provisioning`, { body: { provisioning: 'AAAA' } });
  await ask('PUT', `${path}/provisioning`, { body: { provisioning: 'BBBB' } });
}

/** Starts requests that have confirmed the secret and then wait for the account, while somebody changes the secret. */
async function whileSecretChanges(relay: TestRelay, user: TestUser, start: () => Promise<Reply>[]): Promise<void> {
  const changing = await relay.connection();
  try {
    await changing.query('BEGIN');
    await changing.query(`UPDATE accounts SET auth_hash = auth_hash || 'x' WHERE id = $1`, [user.accountId]);
    const replies = start();
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await until(async () => (await relay.query(waiting)).length === replies.length, 'all of them wait');
    await changing.query('COMMIT');
    await Promise.all(replies);
  } finally {
    changing.release();
  }
}

import { call, type Reply, type TestRelay, type TestUser } from '#testing';
import { encode } from './identity-key.js';
import { secret } from './signing-in.js';

/** How a new password derives its keys. */
export const STRONG = { algorithm: 'pbkdf2-sha256', salt: 'q83vEjRWeJCrze8SNFZ4kA', iterations: 600_000 };

/** A wrapped root, as far as a relay can tell. */
export const root = (text: string): { body: string } => ({ body: encode(Buffer.from(text)) });

/** Sets a recovery code; its key is the answer. */
export async function withRecovery(user: TestUser, text = 'under the code'): Promise<string> {
  const recoveryKey = secret();
  const body = { authKey: user.authKey, recoveryKey, vaultRoot: root(text) };
  const { status } = await user.request('PUT', '/auth/recovery', body);
  if (status !== 204) throw new Error(`setting a recovery code answered ${String(status)}`);
  return recoveryKey;
}

/** What completes a recovery, with everything in it fresh. */
export function completion(username: string, recoveryKey: string, change: object = {}): Record<string, unknown> {
  return {
    username,
    recoveryKey,
    kdf: STRONG,
    authKey: secret(),
    vaultRoot: root('under the new password'),
    recovery: { recoveryKey: secret(), vaultRoot: root('under the new code') },
    device: { name: 'recovered' },
    ...change,
  };
}

export function complete(relay: TestRelay, body: Record<string, unknown>): Promise<Reply> {
  return call(relay, 'POST', '/v1/auth/recovery/complete', { body });
}

export function open(relay: TestRelay, username: string, recoveryKey: string): Promise<Reply> {
  return call(relay, 'POST', '/v1/auth/recovery/open', { body: { username, recoveryKey } });
}

/** Everything that a change of the secret touches. */
export async function stateOf(relay: TestRelay, { accountId }: TestUser): Promise<unknown> {
  return relay.query(
    `SELECT a.auth_hash, a.kdf, a.recovery_sha256, a.revision,
       (SELECT jsonb_agg(to_jsonb(v) ORDER BY name) FROM vault_items v WHERE v.account_id = a.id) AS vault,
       (SELECT jsonb_agg(jsonb_build_array(s.id, s.revoked_at) ORDER BY s.id) FROM sessions s WHERE s.account_id = a.id) AS sessions,
       (SELECT jsonb_agg(jsonb_build_array(d.id, d.revoked_at) ORDER BY d.id) FROM devices d WHERE d.account_id = a.id) AS devices
     FROM accounts a WHERE a.id = $1`,
    [accountId],
  );
}

/** Runs something while every write to vaults fails, as it would on a full disk. */
export async function whileVaultsFail<T>(relay: TestRelay, work: () => Promise<T>): Promise<T> {
  await relay.query(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'injected'; END $$`);
  await relay.query('CREATE TRIGGER fail BEFORE INSERT OR UPDATE ON vault_items FOR EACH ROW EXECUTE FUNCTION fail()');
  try {
    return await work();
  } finally {
    await relay.query('DROP FUNCTION fail CASCADE');
  }
}

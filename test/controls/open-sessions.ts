import type { AccountId, DeviceId, SessionId } from '#protocol';
import type { TestRelay } from '#testing';
import { AccessTokens } from '../../apps/relay/src/auth/access-tokens.service.js';

export interface OpenSession {
  readonly id: string;
  readonly token: string;
}

/** Opens sessions of a device as signing in does, but for the hashing, of which a thousand would take half a minute. */
export async function openSessions(
  relay: TestRelay,
  { accountId, deviceId }: { accountId: string; deviceId: string },
  count: number,
): Promise<OpenSession[]> {
  const rows = await relay.query<{ id: string }>(
    `INSERT INTO sessions (id, account_id, device_id, transport, created_at, last_used_at, expires_at)
     SELECT gen_random_uuid(), $1, $2, 'body', t.at, t.at, t.at + interval '90 days'
     FROM (SELECT $3::timestamptz AS at) AS t, generate_series(1, $4)
     RETURNING id`,
    [accountId, deviceId, relay.clock.now(), count],
  );
  const tokens = relay.part(AccessTokens);
  return rows.map(({ id }) => {
    const subject = { id: id as SessionId, accountId: accountId as AccountId, deviceId: deviceId as DeviceId };
    return { id, token: tokens.issue(subject).accessToken };
  });
}

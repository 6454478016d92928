/** Accounts, sessions and direct conversations for a load test, written straight into the database: sign-in is not under test. */
import { createHmac, randomUUID } from 'node:crypto';
import pg from 'pg';

/** Pairs 0-1, 2-3 … share a direct conversation. Returns each one's access token and conversation. */
export async function seedPeople(ownerUrl, { count, kid, secret }) {
  const people = Array.from({ length: count }, () => ({
    accountId: randomUUID(),
    deviceId: randomUUID(),
    sessionId: randomUUID(),
  }));
  for (let i = 0; i + 1 < count; i += 2) people[i].conversationId = people[i + 1].conversationId = randomUUID();
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await insertPeople(client, people);
  } finally {
    await client.end();
  }
  return people.map((person) => ({ ...person, token: tokenFor(person, { kid, secret }) }));
}

async function insertPeople(client, people) {
  const column = (name) => people.map((person) => person[name]);
  const ids = [column('accountId'), column('deviceId'), column('sessionId')];
  await client.query(
    `INSERT INTO accounts (id, username, display_name, created_at) SELECT id, 'load.' || n, '', now() FROM unnest($1::uuid[]) WITH ORDINALITY t (id, n)`,
    [ids[0]],
  );
  await client.query(
    `INSERT INTO devices (id, account_id, name, created_at, last_seen_day) SELECT d, a, 'load', now(), current_date FROM unnest($1::uuid[], $2::uuid[]) t (a, d)`,
    ids.slice(0, 2),
  );
  await client.query(
    `INSERT INTO sessions (id, account_id, device_id, transport, created_at, last_used_at, expires_at)
     SELECT s, a, d, 'body', now(), now(), now() + interval '1 day' FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) t (a, d, s)`,
    ids,
  );
  const paired = people.filter(({ conversationId }) => conversationId !== undefined);
  await client.query(
    `INSERT INTO conversations (id, kind, protocol, created_at) SELECT DISTINCT id, 'direct', 'opaque', now() FROM unnest($1::uuid[]) t (id)`,
    [paired.map(({ conversationId }) => conversationId)],
  );
  await client.query(
    `INSERT INTO members (conversation_id, account_id, joined_seq, state, role) SELECT c, a, 1, 'joined', 'member' FROM unnest($1::uuid[], $2::uuid[]) t (c, a)`,
    [paired.map(({ conversationId }) => conversationId), paired.map(({ accountId }) => accountId)],
  );
  await client.query('ANALYZE');
}

function tokenFor({ accountId, deviceId, sessionId }, { kid, secret }) {
  const now = Math.floor(Date.now() / 1000);
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    sub: accountId,
    sid: sessionId,
    did: deviceId,
    typ: 'access',
    iat: now,
    nbf: now,
    exp: now + 86_400,
    iss: 'sealpost',
    aud: 'sealpost-api',
  };
  const head = `${encode({ alg: 'HS256', typ: 'JWT', kid })}.${encode(claims)}`;
  return `${head}.${createHmac('sha256', Buffer.from(secret, 'base64url')).update(head).digest('base64url')}`;
}

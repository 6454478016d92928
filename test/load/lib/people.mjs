/** Accounts, devices and conversations for a load test, written straight into the database: sign-in is not under test. */
import { createHmac, randomUUID } from 'node:crypto';
import { withClient } from './with-client.mjs';

/** Pairs 0-1, 2-3 … share a direct conversation. Returns each one's access token and conversation. */
export async function seedPeople(ownerUrl, { count, kid, secret }) {
  const people = Array.from({ length: count }, () => ({
    accountId: randomUUID(),
    deviceId: randomUUID(),
    sessionId: randomUUID(),
  }));
  for (let i = 0; i + 1 < count; i += 2) people[i].conversationId = people[i + 1].conversationId = randomUUID();
  await withClient(ownerUrl, (client) => insertPeople(client, people));
  return people.map((person) => ({ ...person, token: tokenFor(person, { kid, secret }) }));
}

/** Further devices of people. Returns each with the access token of its session. */
export async function seedDevices(ownerUrl, people, { each, kid, secret }) {
  const devices = people.flatMap(({ accountId }) =>
    Array.from({ length: each }, () => ({ accountId, deviceId: randomUUID(), sessionId: randomUUID() })),
  );
  await withClient(ownerUrl, async (client) => {
    await insertDevices(client, devices, 'further');
    await client.query('ANALYZE');
  });
  return devices.map((device) => ({ ...device, token: tokenFor(device, { kid, secret }) }));
}

/** Groups of people, each list one. Returns their ids. */
export async function seedGroups(ownerUrl, groups) {
  const ids = groups.map(() => randomUUID());
  const members = groups.flatMap((people, group) => people.map(({ accountId }) => [ids[group], accountId]));
  await withClient(ownerUrl, async (client) => {
    await insertConversations(client, { kind: 'group', ids, members });
    await client.query('ANALYZE');
  });
  return ids;
}

/** With a session each. */
export async function insertDevices(client, devices, name) {
  const [accounts, ids, sessions] = ['accountId', 'deviceId', 'sessionId'].map((column) =>
    devices.map((device) => device[column]),
  );
  await client.query(
    `INSERT INTO devices (id, account_id, name, created_at, last_seen_day) SELECT d, a, $3, now(), current_date FROM unnest($1::uuid[], $2::uuid[]) t (a, d)`,
    [accounts, ids, name],
  );
  await client.query(
    `INSERT INTO sessions (id, account_id, device_id, transport, created_at, last_used_at, expires_at)
     SELECT s, a, d, 'body', now(), now(), now() + interval '1 day' FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) t (a, d, s)`,
    [accounts, ids, sessions],
  );
}

async function insertPeople(client, people) {
  await client.query(
    `INSERT INTO accounts (id, username, display_name, created_at) SELECT id, 'load.' || n, '', now() FROM unnest($1::uuid[]) WITH ORDINALITY t (id, n)`,
    [people.map(({ accountId }) => accountId)],
  );
  await insertDevices(client, people, 'load');
  const paired = people.filter(({ conversationId }) => conversationId !== undefined);
  await insertConversations(client, {
    kind: 'direct',
    ids: [...new Set(paired.map(({ conversationId }) => conversationId))],
    members: paired.map(({ conversationId, accountId }) => [conversationId, accountId]),
  });
  await client.query('ANALYZE');
}

async function insertConversations(client, { kind, ids, members }) {
  await client.query(
    `INSERT INTO conversations (id, kind, protocol, created_at) SELECT id, $2, 'opaque', now() FROM unnest($1::uuid[]) t (id)`,
    [ids, kind],
  );
  await client.query(
    `INSERT INTO members (conversation_id, account_id, joined_seq, state, role) SELECT c, a, 1, 'joined', 'member' FROM unnest($1::uuid[], $2::uuid[]) t (c, a)`,
    [members.map(([conversation]) => conversation), members.map(([, account]) => account)],
  );
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

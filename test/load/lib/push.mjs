/** A push service that takes whatever it is handed, and devices that are woken by it. */
import { createECDH, randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';

/** On this machine; it counts what it takes. */
export async function startPushService() {
  const service = { origin: '', taken: 0, stop: () => server.close() };
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      service.taken++;
      response.writeHead(201).end();
    });
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  service.origin = `http://127.0.0.1:${server.address().port}`;
  return service;
}

/** Has the device of each woken, which is connected, and a further one of theirs, which is not. */
export async function registerForPush(ownerUrl, people, origin) {
  const away = people.map(({ accountId }) => ({ accountId, deviceId: randomUUID(), sessionId: randomUUID() }));
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const [accounts, devices, sessions] = columns(away);
    await client.query(
      `INSERT INTO devices (id, account_id, name, created_at, last_seen_day) SELECT d, a, 'away', now(), current_date FROM unnest($1::uuid[], $2::uuid[]) t (a, d)`,
      [accounts, devices],
    );
    await client.query(
      `INSERT INTO sessions (id, account_id, device_id, transport, created_at, last_used_at, expires_at)
       SELECT s, a, d, 'body', now(), now(), now() + interval '1 day' FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) t (a, d, s)`,
      [accounts, devices, sessions],
    );
    const browser = createECDH('prime256v1').generateKeys();
    await client.query(
      `INSERT INTO push_registrations (device_id, account_id, session_id, kind, address, p256dh, auth, registered_at)
       SELECT d, a, s, 'webpush', $4 || '/wake/' || d, $5, $6, now() FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) t (a, d, s)`,
      [...columns([...people, ...away]), origin, browser, randomBytes(16)],
    );
    await client.query('ANALYZE');
  } finally {
    await client.end();
  }
}

function columns(people) {
  return ['accountId', 'deviceId', 'sessionId'].map((name) => people.map((person) => person[name]));
}

/** A push service that takes whatever it is handed, and devices that are woken by it. */
import { createECDH, randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { insertDevices } from './people.mjs';
import { withClient } from './with-client.mjs';

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
  await withClient(ownerUrl, async (client) => {
    await insertDevices(client, away, 'away');
    const browser = createECDH('prime256v1').generateKeys();
    await client.query(
      `INSERT INTO push_registrations (device_id, account_id, session_id, kind, address, p256dh, auth, registered_at)
       SELECT d, a, s, 'webpush', $4 || '/wake/' || d, $5, $6, now() FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) t (a, d, s)`,
      [...columns([...people, ...away]), origin, browser, randomBytes(16)],
    );
    await client.query('ANALYZE');
  });
}

function columns(people) {
  return ['accountId', 'deviceId', 'sessionId'].map((name) => people.map((person) => person[name]));
}

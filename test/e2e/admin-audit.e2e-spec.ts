import { call, TestRelay, TestUser } from '#testing';
import { adminOf } from './admins.js';
import { auditLines, type ShownEvent } from './audit-log.js';
import { ORIGIN } from './second-factors.js';

/** What admins see of the audit log. */

const relay = TestRelay.duringTests({ environment: { PUBLIC_URL: ORIGIN } });

interface SeenEvent extends Pick<ShownEvent, 'seq' | 'kind' | 'accountId'> {
  readonly username: string | null;
  readonly subject: string | null;
}

async function seen(admin: TestUser, query = ''): Promise<SeenEvent[]> {
  const events: SeenEvent[] = [];
  let cursor = '';
  do {
    const { status, body } = await admin.request('GET', `/admin/audit?limit=3${query}${cursor}`);
    expect([status, body.items.length <= 3]).toEqual([200, true]);
    events.push(...(body.items as SeenEvent[]));
    cursor = body.nextCursor === null ? '' : `&cursor=${String(body.nextCursor)}`;
  } while (cursor !== '');
  return events.reverse();
}

it('an admin sees the security events of all accounts, page by page, in the order of the log', async () => {
  const { user: root } = await adminOf(relay);
  const ada = await TestUser.register(relay);
  await root.request('PUT', `/admin/users/${ada.username}/suspension`, { reason: 'x' });
  const events = await seen(root);
  const log = await auditLines(relay, 'export');
  expect(events.map(({ seq, kind, accountId }) => [seq, kind, accountId])).toEqual(
    log.map(({ seq, kind, accountId }) => [seq, kind, accountId]),
  );
  expect(events.slice(-2)).toMatchObject([
    { kind: 'account_suspended', actor: 'admin', username: ada.username, subject: null },
    { kind: 'admin_suspended', actor: 'owner', username: root.username, subject: ada.username },
  ]);
});

it('an admin sees those of one account by its name, without its devices and sessions', async () => {
  const { user: root } = await adminOf(relay);
  const ada = await TestUser.register(relay);
  await (await ada.onNewDevice()).request('POST', '/auth/logout', {});
  const events = await seen(root, `&username=${ada.username}`);
  const own = (await ada.request('GET', '/audit')).body.items as ShownEvent[];
  expect(events.map(({ seq }) => seq)).toEqual(own.map(({ seq }) => seq).reverse());
  expect(events.length).toBeGreaterThan(1);
  expect(new Set(events.map(({ username }) => username))).toEqual(new Set([ada.username]));
  const text = JSON.stringify(events);
  const ids = own.flatMap(({ deviceId, sessionId }) => [deviceId, sessionId]).filter((id) => id !== null);
  expect([ids.length > 0, ids.filter((id) => text.includes(id))]).toEqual([true, []]);
  expect(await seen(root, '&username=nobody-at-all')).toEqual([]);
});

it('of an account that is deleted an admin sees the events, and its name no more', async () => {
  const { user: root } = await adminOf(relay);
  const ada = await TestUser.register(relay);
  await ada.request('DELETE', '/auth/me', { authKey: ada.authKey });
  const events = (await seen(root)).filter(({ accountId }) => accountId === ada.accountId);
  expect(events.map(({ kind }) => kind).at(-1)).toBe('account_deleted');
  expect(new Set(events.map(({ username }) => username))).toEqual(new Set([null]));
  expect(await seen(root, `&username=${ada.username}`)).toEqual([]);
});

it('whoever is no admin sees nothing of it, whatever they ask about', async () => {
  const ada = await TestUser.register(relay);
  for (const query of ['', `?username=${ada.username}`, '?username=nobody-at-all']) {
    const { status, body } = await ada.request('GET', `/admin/audit${query}`);
    expect([status, body.code]).toEqual([403, 'forbidden']);
  }
  expect((await call(relay, 'GET', '/v1/admin/audit')).status).toBe(401);
  const { user: root } = await adminOf(relay);
  for (const query of ['?username=A B', '?username=a&username=b', '?limit=0', '?cursor=AAAA', '?kind=signed_in'])
    expect((await root.request('GET', `/admin/audit${encodeURI(query)}`)).body.code).toBe('invalid_request');
});

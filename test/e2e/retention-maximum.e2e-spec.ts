import { draftOf, people, TestRelay, type TestUser } from '#testing';
import { Janitor } from '../../apps/relay/src/retention/janitor.service.js';
import { RunningSettings } from '../../apps/relay/src/settings/index.js';
import { kindsOf } from './audit-log.js';
import { administering } from './admins.js';

/** How long anything is kept at most, as an admin says it while the relay runs. */

const DAY_SECONDS = 86_400;
const relay = TestRelay.duringTests({ environment: { RETENTION_MAX_DAYS: '2' } });
let admin: TestUser;
let bob: TestUser;
let chat: string;

beforeEach(async () => {
  const [first, second] = await people(relay, 2);
  [admin, bob] = [first, second];
  await administering(relay, admin);
  chat = await admin.directWith(bob);
});
afterEach(async () => {
  await relay.query('UPDATE server_settings SET retention_max_days = NULL');
  await relay.part(RunningSettings).refresh();
});

const set = (maxDays: number | null) => admin.request('PUT', '/admin/settings/retention', { maxDays });

/** How many seconds a message lives that is sent now; null for good. */
async function lifeOfNext(): Promise<number | null> {
  const { body: sent } = await bob.request('POST', `/conversations/${chat}/messages`, draftOf('x'));
  const { body } = await bob.request('GET', `/conversations/${chat}/messages/${String(sent.id)}`);
  return body.expiresAt === undefined ? null : (Date.parse(body.expiresAt) - Date.parse(body.createdAt)) / 1_000;
}

async function keptAtMost(): Promise<unknown> {
  return (await bob.request('GET', `/conversations/${chat}/retention`)).body.maximum;
}

/** Whether the janitor leaves a message that was sent so many days ago, the first of its log. */
async function isKept(days: number, janitor = relay): Promise<boolean> {
  const { body: group } = await bob.request('POST', '/conversations', { kind: 'group', members: [admin.username] });
  const { seq } = (await bob.send(String(group.id), 'old')).body;
  await relay.query(
    `UPDATE entries SET created_at = created_at - make_interval(days => $2), expires_at = NULL WHERE conversation_id = $1`,
    [group.id, days],
  );
  await janitor.part(Janitor).sweep();
  const [row] = await relay.query<{ kept: boolean }>(
    'SELECT body IS NOT NULL AS kept FROM entries WHERE conversation_id = $1 AND seq = $2',
    [group.id, seq],
  );
  return row!.kept;
}

it('is what the environment says until an admin says something else, also after a restart', async () => {
  expect([await lifeOfNext(), await keptAtMost(), await isKept(3)]).toEqual([2 * DAY_SECONDS, 172_800, false]);
  expect((await set(10)).body).toMatchObject({ retentionMaxDays: 10 });
  expect([await lifeOfNext(), await keptAtMost()]).toEqual([10 * DAY_SECONDS, 864_000]);
  expect([await isKept(3), await isKept(11)]).toEqual([true, false]);
  await relay.restart();
  // What the environment says would have erased it.
  expect([await isKept(3), await lifeOfNext(), await keptAtMost()]).toEqual([true, 10 * DAY_SECONDS, 864_000]);
});

it('is no bound at all if an admin says so', async () => {
  expect((await set(null)).body).toMatchObject({ retentionMaxDays: null });
  expect([await lifeOfNext(), await keptAtMost(), await isKept(5_000)]).toEqual([null, null, true]);
});

it('counts at another relay of the same database before that erases anything', async () => {
  const beside = await TestRelay.start({ beside: relay, environment: { RETENTION_MAX_DAYS: '2' } });
  await set(10);
  expect([await isKept(3, beside), await isKept(11, beside)]).toEqual([true, false]);
  await beside.stop();
});

it.each([0, -1, 0.5, 3_651, '7'])(
  'is not %p days: less than one could erase what is still on its way',
  async (days) => {
    const { status, body } = await admin.request('PUT', '/admin/settings/retention', { maxDays: days });
    expect([status, body.code]).toEqual([400, 'invalid_request']);
    expect(await keptAtMost()).toBe(172_800);
  },
);

it('is for admins to say, and is put down', async () => {
  expect((await bob.request('PUT', '/admin/settings/retention', { maxDays: 1 })).body.code).toBe('forbidden');
  const before = (await kindsOf(admin)).length;
  await set(30);
  expect((await kindsOf(admin)).slice(before)).toEqual(['admin_set_retention']);
});

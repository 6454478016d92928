import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestRelay, until } from '#testing';
import { AdminsStore } from '../../apps/relay/src/admin/index.js';
import { CliPeople, type CliProcess, CliUser } from './cli-process.js';
import { freshName } from './signing-in.js';

/** What admins do for a whole relay, at the terminal. */

const relay = TestRelay.duringTests();
const started: CliProcess[] = [];
let directory: string;
let people: CliPeople;

jest.setTimeout(240_000);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealpost-cli-admin-'));
  people = new CliPeople(relay.url, directory);
});
afterEach(async () => {
  for (const process of started.splice(0)) await process.stop('SIGKILL');
});
afterAll(() => rm(directory, { recursive: true }));

/** Without a second factor to be typed: that is asked for is shown in cli-mfa. */
async function admin(): Promise<CliUser> {
  const ada = await people.registered('ada');
  await relay.part(AdminsStore).grant(ada.username, relay.clock.now());
  await relay.query(`UPDATE sessions SET factor_at = '9999-01-01'`);
  return ada;
}

it('an admin has people come by invitation, and reads and withdraws what is told', async () => {
  const ada = await admin();
  expect(await ada.does('admin', 'registration', 'invite')).toBe('invite');
  expect(await ada.does('admin', 'registration')).toBe('invite');
  const code = await ada.does('admin', 'invite', 'The', 'choir', '--uses', '2', '--days', '3');
  expect(code).toMatch(/^[\w-]{22}$/);

  const grace = new CliUser(freshName(), join(directory, 'grace'));
  const register = ['register', '--username', grace.username, '--url', relay.url];
  const refused = await grace.start(...register).end();
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('This relay wants an invitation')]);
  expect(await grace.does(...register, '--invitation', code)).toContain(grace.username);
  const listed = await ada.does('admin', 'invitations');
  expect(listed).toMatch(/^[0-9a-f-]{36} {2}1 of 2 left {2}until \S+ {2}The choir$/);
  await ada.does('admin', 'revoke-invitation', listed.slice(0, 36));
  expect(await ada.does('admin', 'invitations')).toBe('');

  const id = await ada.does('admin', 'announce', 'warning', 'Update', 'on', 'Sunday.', '--days', '1');
  const listening = grace.start('listen');
  started.push(listening);
  await until(() => listening.errors.join().includes('The relay announces: warning, until'), 'it is told', 30_000);
  await listening.stop();
  expect(await grace.does('announcements')).toMatch(new RegExp(`^${id} {2}warning, until \\S+: Update on Sunday\\.$`));
  await ada.does('admin', 'withdraw', id);
  expect(await grace.does('announcements')).toBe('');
});

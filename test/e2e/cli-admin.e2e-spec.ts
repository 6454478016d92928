import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestRelay } from '#testing';
import { AdminsStore } from '../../apps/relay/src/admin/index.js';
import { CliPeople, type CliProcess, type CliUser, type Ended } from './cli-process.js';
import { AuthenticatorApp, letFactorAge, withTotp } from './second-factors.js';

/** Administration at the terminal. */

const relay = TestRelay.duringTests();
let directory: string;
let people: CliPeople;

jest.setTimeout(180_000);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealpost-cli-admin-'));
  people = new CliPeople(relay.url, directory);
});
afterAll(() => rm(directory, { recursive: true }));

interface Admin {
  readonly user: CliUser;
  readonly app: AuthenticatorApp;
}

async function admin(who: string): Promise<Admin> {
  const user = await people.registered(who);
  await relay.part(AdminsStore).grant(user.username, relay.clock.now());
  const adding: CliProcess = user.start('mfa', 'totp');
  await adding.prints('To type it: ');
  const secret = adding.lines.find((line) => line.startsWith('To type it: '))!.slice('To type it: '.length);
  const app = new AuthenticatorApp(relay, secret);
  adding.type(app.code());
  expect((await adding.end()).code).toBe(0);
  return { user, app };
}

/** Whom the terminal asks for a second factor types the code. */
async function withCode({ user, app }: Admin, ...argv: string[]): Promise<Ended> {
  const process = user.start('admin', ...argv);
  process.type(app.nextCode());
  process.endInput();
  return process.end();
}

it('accounts are found and suspended, and second factors reset by two admins', async () => {
  const [root, other] = [await admin('root'), await admin('other')];
  const { user: lost } = await withTotp(relay);
  expect(await root.user.does('admin', 'users', lost.username)).toMatch(
    new RegExp(`^${lost.username}  ${lost.username}  active  last seen \\d{4}-\\d\\d-\\d\\d$`),
  );
  letFactorAge(relay);
  const suspended = await withCode(root, 'suspend', lost.username, 'Sends', 'advertisements.');
  expect([suspended.code, suspended.out]).toEqual([0, `${lost.username} is suspended.`]);
  const shown = await root.user.does('admin', 'user', lost.username);
  expect(shown).toContain(`suspended by ${root.user.username}: Sends advertisements.`);
  expect(shown).toContain('1 devices, 0 sessions, a second factor, 0 bytes stored');
  expect(JSON.parse(await root.user.does('admin', 'user', lost.username, '--json'))).toMatchObject({
    state: 'suspended',
  });
  expect(await root.user.does('admin', 'lift', lost.username)).toBe(`${lost.username} is not suspended.`);
  expect(await root.user.does('admin', 'end-sessions', lost.username)).toContain('is signed out everywhere.');

  const events = await root.user.does('admin', 'security', lost.username);
  expect(events.split('\n')[0]).toMatch(new RegExp(`^\\S+Z  ${lost.username}  sessions ended$`));
  expect(await root.user.does('admin', 'security')).toContain(`admin suspended  to ${lost.username}`);
  const [newest] = (await root.user.does('admin', 'security', lost.username, '--json')).split('\n');
  expect(JSON.parse(newest!)).toMatchObject({ kind: 'sessions_ended', username: lost.username });

  const asked = await root.user.does('admin', 'reset-mfa', lost.username);
  const id = asked.slice(-36);
  const own = await root.user.run('admin', 'approve', id);
  expect([own.code, own.err]).toEqual([1, 'This takes another admin than the one who asked.']);
  expect(await other.user.does('admin', 'resets')).toContain(`${id}  ${lost.username}, asked by ${root.user.username}`);
  const approved = await withCode(other, 'approve', id);
  expect([approved.code, approved.out]).toEqual([0, 'The second factors are reset.']);
  const gone = await other.user.run('admin', 'decline', id);
  expect([gone.code, gone.err]).toEqual([1, 'There is no such request, or it is not yours to see.']);
});

it('is refused to whoever is no admin, and to a suspended account at sign-in', async () => {
  const [ada, root] = [await people.registered('ada'), await admin('root')];
  const refused = await ada.run('admin', 'users');
  expect([refused.code, refused.err]).toEqual([1, 'Only admins of the relay may do this.']);
  expect((await ada.run('admin', 'security', root.user.username)).err).toBe('Only admins of the relay may do this.');
  await root.user.does('admin', 'suspend', ada.username, 'x');
  const elsewhere = people.newcomer('x');
  const signIn = await elsewhere.run('sign-in', '--username', ada.username, '--url', relay.url);
  expect([signIn.code, signIn.err]).toEqual([1, 'An admin has suspended this account.']);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestRelay } from '#testing';
import { CliPeople, type CliProcess, CliUser } from './cli-process.js';
import { WITH_GRACE } from './deleting.js';

/** Deleting an account at the terminal, and thinking again. */

const relay = TestRelay.duringTests({ environment: WITH_GRACE });
const started: CliProcess[] = [];
let directory: string;
let people: CliPeople;

jest.setTimeout(120_000);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealpost-cli-deletion-'));
  people = new CliPeople(relay.url, directory);
});
afterEach(async () => {
  for (const process of started.splice(0)) await process.stop('SIGKILL');
});
afterAll(() => rm(directory, { recursive: true }));

/** Whom the terminal asks types this. */
async function answered(process: CliProcess, ...lines: string[]) {
  started.push(process);
  for (const line of lines) process.type(line);
  process.endInput();
  return process.end();
}

it('an account is deleted after some days, unless its owner signs in and says so', async () => {
  const [ada, grace] = [await people.registered('ada'), await people.registered('grace')];
  await ada.does('groups', 'create', 'Engines', grace.username);
  const refused = await answered(ada.start('delete-account'), 'no');
  expect([refused.code, refused.err.includes('Nothing was deleted.')]).toEqual([1, true]);
  const asked = await answered(ada.start('delete-account'), 'yes');
  expect(asked.code).toBe(0);
  expect(asked.out).toContain('What you want to keep, print first: export.');
  expect(asked.out).toContain('For 14 days you can keep the account by signing in.');
  expect(asked.out).toContain(`The group Engines goes to ${grace.username};`);
  expect(asked.out).toMatch(/ is to be deleted on \d{4}-\d\d-\d\d\. To keep it, sign in: --cancel-deletion\.$/);

  const signIn = ['sign-in', '--username', ada.username, '--url', relay.url];
  const other = new CliUser(ada.username, join(directory, 'other'));
  const told = await answered(other.start(...signIn), 'no');
  expect([told.code, told.err]).toEqual([1, expect.stringContaining('This account is to be deleted')]);
  // The device that asked has all that it had.
  const kept = await answered(ada.start(...signIn), 'yes');
  expect([kept.code, kept.out]).toEqual([0, `This device is ${ada.username}’s now, at ${relay.url}.`]);
  expect(await ada.does('groups')).toContain('Engines');
  expect(await other.does(...signIn)).toContain(ada.username);
});

it('the command line may have said it already', async () => {
  const ada = await people.registered('ada');
  await ada.does('delete-account', '--yes');
  const other = new CliUser(ada.username, join(directory, 'third'));
  await other.does('sign-in', '--username', ada.username, '--url', relay.url, '--cancel-deletion');
  expect((await ada.run('sign-in', '--username', ada.username)).code).toBe(0);
  const twice = await ada.run('sign-in', '--username', ada.username);
  expect([twice.code, twice.err]).toEqual([1, `${ada.username} is signed in here already.`]);
});

it('an account is deleted at once where its owner says so, and nothing is left here', async () => {
  const ada = await people.registered('ada');
  const out = await ada.does('delete-account', '--now', '--yes');
  expect(out).toContain('The account is deleted at once, for good.');
  expect(out).toMatch(/ is deleted, and nothing is stored here any more\.$/);
  const gone = await ada.run('sign-in', '--username', ada.username, '--url', relay.url, '--cancel-deletion');
  expect([gone.code, gone.err]).toEqual([1, expect.stringContaining('The username or the password is wrong')]);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestRelay, until } from '#testing';
import { CliPeople, type CliProcess, type CliUser } from './cli-process.js';

/** What people agree on at their terminals: who may write, and for how long it stays. */

const relay = TestRelay.duringTests();
const started: CliProcess[] = [];
let directory: string;
let people: CliPeople;

jest.setTimeout(120_000);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealpost-cli-people-'));
  people = new CliPeople(relay.url, directory);
});
afterEach(async () => {
  for (const process of started.splice(0)) await process.stop('SIGKILL');
});
afterAll(() => rm(directory, { recursive: true }));

const registered = (who: string): Promise<CliUser> => people.registered(who);

function listening(user: CliUser): CliProcess {
  const process = user.start('listen');
  started.push(process);
  return process;
}

it('somebody is asked about strangers before anything is heard of them, and lets them in or not', async () => {
  const [ada, grace, eve] = await Promise.all([registered('ada'), registered('grace'), registered('eve')]);
  expect(await grace.does('privacy', 'contacts')).toBe('contacts');
  const listener = listening(grace);
  expect((await ada.run('send', grace.username, 'May I?')).code).toBe(0);
  const asked = `${ada.username} wants to write to you: requests accept, or requests decline.`;
  await until(() => listener.errors.includes(asked), 'the request is told', 20_000);
  await listener.stop();
  expect(listener.lines).toEqual([]);
  await eve.run('send', grace.username, 'Buy this');
  expect((await grace.does('requests')).split('\n').sort()).toEqual([
    `direct  ${ada.username}`,
    `direct  ${eve.username}`,
  ]);
  expect(await grace.does('requests', 'decline', eve.username)).toBe(`${eve.username} cannot write to you.`);
  expect(await grace.does('requests', 'accept', ada.username)).toBe(`${ada.username} can write to you.`);
  expect(await grace.does('requests')).toBe('');
  const reading = listening(grace);
  await reading.prints(`${ada.username}: May I?`);
  await reading.stop();
  const nobody = await grace.run('requests', 'accept', eve.username);
  expect([nobody.code, nobody.err]).toEqual([1, 'Nobody of that name wants to write to you.']);
  expect(await grace.does('contacts')).toContain(ada.username);
});

it('what people write disappears after a while, for both of them', async () => {
  const [ada, grace] = await Promise.all([registered('ada'), registered('grace')]);
  await ada.does('send', grace.username, 'Good morning');
  expect(await ada.does('lifetime', grace.username)).toBe('New messages disappear never.');
  const changed = 'New messages disappear 3600 seconds after they were sent.';
  expect(await ada.does('lifetime', grace.username, '3600')).toBe(changed);
  expect(await grace.does('lifetime', ada.username)).toBe(changed);
  for (const wanted of ['soon', '0', '1.5', '31536001'])
    expect(await ada.run('lifetime', grace.username, wanted)).toMatchObject({ code: 2 });
  await ada.does('lifetime', grace.username, 'off');
  expect(await grace.does('lifetime', ada.username)).toBe('New messages disappear never.');
});

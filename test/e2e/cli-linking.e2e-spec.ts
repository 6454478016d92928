import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inReleaseGate, TestRelay } from '#testing';
import { CliProcess, CliUser } from './cli-process.js';

const relay = TestRelay.duringTests();
const started: CliProcess[] = [];
let directory: string;

jest.setTimeout(120_000);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealpost-linking-'));
  expect(await CliProcess.start(['--help']).end()).toMatchObject({ code: 0, err: '' });
});
afterEach(async () => {
  for (const process of started.splice(0)) await process.stop('SIGKILL');
});
afterAll(() => rm(directory, { recursive: true }));

async function registered(username: string): Promise<CliUser> {
  const user = new CliUser(username, join(directory, username));
  await user.does('register', '--username', username, '--url', relay.url);
  return user;
}

function running(user: CliUser, ...argv: string[]): CliProcess {
  const process = user.start(...argv);
  started.push(process);
  return process;
}

/** What stands behind a text on a line that was printed. */
function after({ lines }: CliProcess, text: string): string {
  return (
    lines
      .find((line) => line.includes(text))
      ?.split(text)[1]
      ?.trim() ?? ''
  );
}

/** Two programs, each of which shows its words. */
async function introduced(old: CliUser, phone: CliUser): Promise<{ here: CliProcess; there: CliProcess }> {
  const there = running(phone, 'link', '--url', relay.url);
  await there.prints('devices link ');
  const here = running(old, 'devices', 'link', after(there, 'devices link '));
  for (const process of [here, there]) await process.prints('Words: ');
  expect(after(here, 'Words: ')).toBe(after(there, 'Words: '));
  expect(after(here, 'Words: ').split(' ')).toHaveLength(6);
  return { here, there };
}

describe('two terminals of one account', () => {
  it('are linked when both say that the words are the same; the new one has what was written before', async () => {
    const [ada, grace] = await Promise.all([registered('ada'), registered('grace')]);
    await ada.does('send', 'grace', 'Good', 'morning');
    const phone = new CliUser('ada', join(directory, 'phone'));
    const { here, there } = await introduced(ada, phone);
    for (const process of [here, there]) process.type('yes');
    expect(await there.end()).toMatchObject({ code: 0, out: expect.stringContaining('All of the history is here.') });
    expect(await here.end()).toMatchObject({ code: 0, out: expect.stringContaining('has all that it needs.') });
    expect(await phone.does('history', grace.username)).toContain('ada: Good morning');
  });

  if (inReleaseGate)
    it('are not, when one of them says no', async () => {
      const alan = await registered('alan');
      const phone = new CliUser('alan', join(directory, 'phone of alan'));
      const { here, there } = await introduced(alan, phone);
      here.type('no');
      there.type('yes');
      expect(await here.end()).toMatchObject({ code: 1, err: expect.stringContaining('Nothing has been linked.') });
      expect(await there.end()).toMatchObject({ code: 1, err: expect.stringContaining('has rejected this one.') });
      expect(await phone.run('history', 'ada')).toMatchObject({ code: 1 });
    });
});

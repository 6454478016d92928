import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestRelay } from '#testing';
import { CliPeople, type CliUser, type Heard } from './cli-process.js';
import { reportsCommand } from './reporting.js';

/** Telling the operator of somebody, at the terminal. */

const relay = TestRelay.duringTests();
let directory: string;
let people: CliPeople;
let grace: CliUser;
let mallory: CliUser;
/** Where the messages of Mallory stand, and of Grace's one. */
let seqs: number[];

jest.setTimeout(120_000);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealpost-cli-reports-'));
  people = new CliPeople(relay.url, directory);
  [grace, mallory] = [await people.registered('grace'), await people.registered('mallory')];
  await mallory.does('send', grace.username, 'Good morning');
  await mallory.does('send', grace.username, 'I know where you live');
  await grace.does('send', mallory.username, 'Stop it');
  const lines = (await grace.does('history', mallory.username, '--json')).split('\n');
  seqs = lines.map((line) => (JSON.parse(line) as Heard).seq);
});
afterAll(() => rm(directory, { recursive: true }));

async function onDesk(): Promise<{ readonly id: string; readonly state: string }[]> {
  const { out } = await reportsCommand(relay, 'list', '--all');
  const lines = out.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as { id: string; state: string });
}

it('a message is opened for the operator, who reads that one alone and deals with it', async () => {
  const [, threat] = seqs;
  const reported = await grace.does(
    'report-message',
    mallory.username,
    String(threat),
    'threats',
    'He',
    'means',
    'it.',
  );
  expect(reported.split('\n')).toEqual([
    `${mallory.username} is reported, verified.`,
    'The operator of the relay can read this message now.',
  ]);
  const [report, ...others] = await onDesk();
  expect([report?.state, others]).toEqual(['open', []]);
  const { out } = await reportsCommand(relay, 'show', report!.id);
  expect(JSON.parse(out)).toMatchObject({
    ...{ reporter: grace.username, reported: mallory.username, reason: 'threats', words: 'He means it.' },
    messages: [{ verdict: 'verified', content: '{"v":1,"kind":"text","text":"I know where you live"}' }],
  });
  expect(out).not.toContain('Good morning');
  const line = (state: string) => new RegExp(`^\\S+Z  ${mallory.username}  threats  ${state}  verified$`);
  expect(await grace.does('reports')).toMatch(line('open'));
  await reportsCommand(relay, 'resolve', report!.id);
  expect(await grace.does('reports')).toMatch(line('resolved'));
  expect(JSON.parse(await grace.does('reports', '--json'))).toMatchObject({ id: report!.id, state: 'resolved' });
  expect(await mallory.does('reports')).toBe('');
});

it('somebody is reported without a message, and blocked at once', async () => {
  const before = (await onDesk()).length;
  const eve = await people.registered('eve');
  const said = await grace.does('report', eve.username, 'spam', '--block');
  expect(said).toBe(`${eve.username} is reported.`);
  expect(await grace.does('contacts')).toMatch(new RegExp(`^${eve.username} .*blocked$`, 'm'));
  const desk = await onDesk();
  expect(desk).toHaveLength(before + 1);
  expect(JSON.parse((await reportsCommand(relay, 'show', desk.at(-1)!.id)).out)).toMatchObject({
    ...{ reason: 'spam', words: null, conversationId: null, messages: [] },
  });
});

it('what cannot be reported is said in one line, and files nothing', async () => {
  const before = await onDesk();
  const own = String(seqs[2]);
  const refusals = [
    [2, ['report', mallory.username], 'It goes: report <username> <reason> [text…]'],
    [2, ['report', mallory.username, 'dislike'], 'The reason is one of '],
    [2, ['reports', '--block'], 'reports takes no --block.'],
    [2, ['report-message', mallory.username, 'first', 'spam'], '“first” is no position'],
    [1, ['report', 'nobody-here', 'spam'], 'There is nobody of that name'],
    [1, ['report', grace.username, 'spam'], '(invalid_request)'],
    [1, ['report-message', mallory.username, '999', 'spam'], 'There is no message at 999.'],
    [1, ['report-message', mallory.username, own, 'spam'], '(invalid_request)'],
    [1, ['report-message', 'nobody-here', '1', 'spam'], 'There is no conversation with nobody-here yet.'],
  ] as const;
  for (const [code, argv, words] of refusals) {
    const ended = await grace.run(...argv);
    expect([argv, ended.code, ended.out, ended.err.split('\n').length]).toEqual([argv, code, '', 1]);
    expect(ended.err).toContain(words);
  }
  expect(await onDesk()).toEqual(before);
});

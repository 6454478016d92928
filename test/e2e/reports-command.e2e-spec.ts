import './cheap-argon2.js';
import { MemoryStore, Sealpost } from '#sdk';
import { Installation } from './installation.js';
import { freshName } from './signing-in.js';

/** `npm run reports`, as an operator has it who has cloned the relay. */

jest.setTimeout(120_000);

/** No report has this id. */
const ABSENT = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11';

let installation: Installation;

beforeAll(async () => {
  installation = await Installation.make();
  await installation.build();
}, 300_000);
afterEach(() => installation.quiet());
afterAll(() => installation.remove());

async function person(url: string): Promise<Sealpost> {
  const sealpost = new Sealpost({ url, store: await MemoryStore.open() });
  await sealpost.register({ username: freshName(), password: 'correct horse battery staple' });
  return sealpost;
}

const lines = (out: string): { id: string; state: string }[] =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { id: string; state: string });

describe('npm run reports', () => {
  it('lists, shows and resolves what was filed, whether the relay runs or not; whoever filed it sees that', async () => {
    const url = await installation.start().url();
    const [grace, mallory] = [await person(url), await person(url)];
    const { username: reported } = mallory.self;
    expect(await installation.reports(['list'])).toEqual({ code: 0, out: '', err: '' });
    const { id: conversationId } = await mallory.conversations.direct(grace.self.username);
    await mallory.messages.send(conversationId, 'red \u001b[31m alert \u202e');
    const { id: messageId } = await grace.messages.next();
    const draft = { username: reported, reason: 'threats', conversationId, messageIds: [messageId ?? ''] } as const;
    const { id } = await grace.reports.file({ ...draft, text: 'Every day.' });
    await grace.reports.file({ username: reported, reason: 'spam' });

    const listed = await installation.reports(['list']);
    expect(lines(listed.out)).toMatchObject([
      { id, state: 'open', reason: 'threats', reporter: grace.self.username, reported, messages: 1 },
      { state: 'open', reason: 'spam', messages: 0 },
    ]);
    const shown = await installation.reports(['show', id]);
    expect(JSON.parse(shown.out)).toMatchObject({
      words: 'Every day.',
      messages: [{ messageId, verdict: 'verified' }],
    });
    // What others wrote moves no cursor, and turns no line around.
    expect(shown.out).toContain('alert');
    for (const moving of ['\u001b', '\u202e']) expect(shown.out).not.toContain(moving);
    expect(await installation.reports(['resolve', id])).toEqual({ code: 0, out: 'It is resolved.\n', err: '' });
    expect((await grace.reports.list()).items.map(({ state }) => state)).toEqual(['open', 'resolved']);
    await Promise.all([grace.close(), mallory.close()]);
    await installation.quiet();

    const open = await installation.reports(['list']);
    expect(lines(open.out).map((report) => report.id)).not.toContain(id);
    const all = await installation.reports(['list', '--all']);
    expect(lines(all.out).map(({ state }) => state)).toEqual(['resolved', 'open']);
    for (const command of ['show', 'resolve'])
      expect(await installation.reports([command, ABSENT])).toEqual({
        code: 1,
        out: 'There is no such report.\n',
        err: '',
      });
  });

  it.each([
    [[], {}, 'A command is missing.'],
    [['lists'], {}, 'There is no command lists.'],
    [['list', 'ada'], {}, 'What is ada?'],
    [['list', '--every'], {}, 'Unknown option'],
    [['show'], {}, 'The id of a report is missing.'],
    [['resolve', 'ada'], {}, 'That is no id of a report.'],
    [['show', ABSENT, 'ada'], {}, 'What is ada?'],
    [['list'], { DATABASE_URL: 'postgresql://app:swordfish@127.0.0.1:1/relay' }, 'ECONNREFUSED'],
    [['list'], { DATA_DIR: 'elsewhere' }, 'there is no database in elsewhere'],
  ])('says why it cannot, without a secret: %j %j', async (args, settings, why) => {
    const { code, out, err } = await installation.reports(args, settings);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(why);
    expect(err).not.toContain('swordfish');
  });
});

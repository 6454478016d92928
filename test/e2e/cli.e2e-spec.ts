import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inReleaseGate, TestRelay } from '#testing';
import { CliPeople, CliProcess, CliUser, type Heard, heard, PASSWORD } from './cli-process.js';

const relay = TestRelay.duringTests();
const started: CliProcess[] = [];
let directory: string;

jest.setTimeout(120_000);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealpost-cli-'));
  people = new CliPeople(relay.url, directory);
  // Builds it, once for all.
  expect(await CliProcess.start(['--help']).end()).toMatchObject({ code: 0, err: '' });
});
afterEach(async () => {
  for (const process of started.splice(0)) await process.stop('SIGKILL');
});
afterAll(() => rm(directory, { recursive: true }));

/** Programs take long to start: in CI the main promises, in the gate all. */
function gated(promise: string, keep: () => Promise<void>): void {
  if (inReleaseGate) it(promise, keep);
}

let people: CliPeople;
const newcomer = (who: string): CliUser => people.newcomer(who);
const registered = (who: string): Promise<CliUser> => people.registered(who);

function listening(user: CliUser, ...options: string[]): CliProcess {
  const process = user.start('listen', ...options);
  started.push(process);
  return process;
}

describe('two people at their terminals', () => {
  it('read what the other one sends, while they listen and after a restart', async () => {
    const [ada, grace] = await Promise.all([registered('ada'), registered('grace')]);
    const listener = listening(grace, '--json');
    await ada.does('send', grace.username, 'Good', 'morning');
    await listener.prints('Good morning');
    expect(heard(listener)).toMatchObject([{ sender: ada.username, content: { kind: 'text', text: 'Good morning' } }]);
    expect(await listener.stop()).toMatchObject({ code: 0, err: '' });
    await grace.does('send', ada.username, 'Good evening');
    const back = listening(ada);
    await back.prints(`${grace.username}: Good evening`);
    await back.stop();
    for (const [one, other] of [
      [ada, grace],
      [grace, ada],
    ] as const) {
      const lines = (await one.does('history', other.username)).split('\n');
      expect(lines.map((line) => line.slice('2026-11-28 14:30 '.length))).toEqual([
        `${ada.username}: Good morning`,
        `${grace.username}: Good evening`,
      ]);
    }
  });

  it('send each other files, and save them where nothing is yet', async () => {
    const [ada, grace] = await Promise.all([registered('ada'), registered('grace')]);
    const [sent, saved] = [join(directory, 'holidays.png'), join(directory, 'saved.png')];
    const picture = randomBytes(1_100_000);
    await writeFile(sent, picture);
    await ada.does('send-file', grace.username, sent, 'on', 'the', 'beach');
    const [message] = (await grace.does('history', ada.username, '--json')).split('\n').map((line) => JSON.parse(line));
    const about = { name: 'holidays.png', mediaType: 'image/png', bytes: 1_100_000, caption: 'on the beach' };
    expect(message.content).toMatchObject(about);
    // It is what proves a message to the operator, and no business of whoever reads a listing.
    expect(message).not.toHaveProperty('franking');
    expect(await grace.does('files', ada.username)).toMatch(
      new RegExp(`^ *${String(message.seq)} +1100000 {2}holidays.png$`),
    );
    const [listed] = (await grace.does('files', ada.username, '--json')).split('\n').map((line) => JSON.parse(line));
    expect(listed).toEqual(message);
    await grace.does('save-file', ada.username, String(message.seq), saved);
    expect((await readFile(saved)).equals(picture)).toBe(true);
    const again = await grace.start('save-file', ada.username, String(message.seq), saved).end();
    expect([again.code, again.err]).toEqual([1, 'There is a file of that name already.']);
    expect((await readFile(saved)).equals(picture)).toBe(true);
    const missing = await ada.start('send-file', grace.username, join(directory, 'nothing.png')).end();
    expect([missing.code, missing.err]).toEqual([1, 'There is no such file.']);
  });

  it('say how long the relay keeps what they write', async () => {
    const [ada, grace] = await Promise.all([registered('ada'), registered('grace')]);
    await ada.does('send', grace.username, 'Good morning');
    expect(await ada.does('retention', grace.username)).toBe('The relay keeps what is written here.');
    await ada.does('retention', grace.username, '86400', 'delivered');
    expect((await ada.does('retention', grace.username)).split('\n')).toEqual([
      'The relay deletes what is written here after 86400 seconds.',
      'What all devices have it deletes, no sooner than 86400 seconds after it was sent.',
    ]);
    const inForce = JSON.parse(await ada.does('retention', grace.username, '--json'));
    expect(inForce).toMatchObject({ expireAfterSeconds: 86_400, afterDelivery: true, maximumSeconds: null });
    expect(await ada.run('retention', grace.username, 'soon')).toMatchObject({ code: 2 });
    await ada.does('retention', grace.username, 'keep');
    expect(await ada.does('retention', grace.username)).toBe('The relay keeps what is written here.');
  });

  gated('chat, each seeing the other one’s lines', async () => {
    const [ada, grace] = await Promise.all([registered('ada'), registered('grace')]);
    const one = ada.start('chat', grace.username);
    started.push(one);
    one.type('Are you there?');
    const other = grace.start('chat', ada.username);
    started.push(other);
    await other.prints('Are you there?');
    other.type('Yes');
    await one.prints(`${grace.username}: Yes`);
    other.endInput();
    expect(await other.end()).toMatchObject({ code: 0, err: '' });
    one.type('/quit');
    expect(await one.end()).toMatchObject({ code: 0, err: '' });
  });

  gated('compare one safety number, and mark each other as verified', async () => {
    const [ada, grace] = await Promise.all([registered('ada'), registered('grace')]);
    await ada.does('send', grace.username, 'Read it to me');
    const [shown, state] = (await ada.does('verify', grace.username)).split('\n');
    expect(state).toBe(`${grace.username}: unverified`);
    expect(await grace.does('verify', ada.username, '--yes')).toBe(`${shown!}\n${ada.username}: verified`);
  });

  gated('answer, react, and take back', async () => {
    const [ada, grace] = await Promise.all([registered('ada'), registered('grace')]);
    await ada.does('send', grace.username, 'Tea?');
    const seqs = async (): Promise<number[]> =>
      (await ada.does('history', grace.username, '--json')).split('\n').map((line) => JSON.parse(line).seq);
    const [question] = (await seqs()).map(String);
    await grace.does('reply', ada.username, question!, 'Coffee', 'please');
    await grace.does('react', ada.username, question!, '🤢');
    expect(await ada.does('history', grace.username)).toMatch(/Tea\? {2}\[🤢\]\n.*Coffee please$/);
    expect(await grace.run('delete', ada.username, question!)).toMatchObject({ code: 1 });
    await ada.does('delete', grace.username, question!);
    expect(await grace.does('history', ada.username)).toMatch(/\(deleted\)\n/);
    expect(await grace.run('react', ada.username, 'first')).toMatchObject({ code: 2 });
  });

  gated('block each other, and let each other in again', async () => {
    const [ada, grace] = await Promise.all([registered('ada'), registered('grace')]);
    await ada.does('send', grace.username, 'Hello?');
    await grace.does('block', ada.username);
    expect(await grace.does('contacts')).toContain('blocked');
    expect(await ada.run('send', grace.username, 'Hello??')).toMatchObject({ code: 1 });
    await grace.does('unblock', ada.username);
    expect(await grace.does('contacts')).toBe('');
  });

  gated('write on each other’s screen nothing but text', async () => {
    const [ada, grace] = await Promise.all([registered('ada'), registered('grace')]);
    await ada.does('send', grace.username, 'red \u001b[31m alert \u202e\u009b2J');
    const listener = listening(grace);
    await listener.prints('alert');
    expect(listener.lines.join('')).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

describe('a group', () => {
  gated('of three is made, named, read by all, changed and left', async () => {
    const [ada, grace, alan] = await Promise.all([registered('ada'), registered('grace'), registered('alan')]);
    const id = await ada.does('groups', 'create', 'Tea', grace.username);
    await ada.does('groups', 'add', 'Tea', alan.username);
    const listeners = [listening(grace, '--json'), listening(alan, '--json')];
    await ada.does('send', 'Tea', 'At four');
    for (const listener of listeners) {
      await listener.prints('At four');
      expect(heard(listener).at(-1)).toMatchObject({ conversation: 'Tea', sender: ada.username });
      await listener.stop();
    }
    expect(await grace.does('groups')).toContain(`${id}  Tea: `);
    await ada.does('groups', 'rename', 'Tea', 'Tea', 'time');
    await ada.does('groups', 'role', 'Tea time', grace.username, 'admin');
    expect(await ada.does('groups')).toContain(`Tea time: ${ada.username} (owner), ${grace.username} (admin)`);
    await alan.does('groups', 'leave', id);
    await ada.does('groups', 'remove', id, grace.username);
    await ada.does('send', 'Tea time', 'Alone');
    expect(await grace.does('history', id)).not.toContain('Alone');
    expect(JSON.parse(await ada.does('export'))).toMatchObject({
      username: ada.username,
      conversations: [{ id, title: 'Tea time', members: [{ username: ada.username }] }],
    });
  });

  gated('that is called like a person gets nothing that is meant for the person', async () => {
    const [ada, mallory, grace] = await Promise.all([registered('ada'), registered('mallory'), registered('grace')]);
    await mallory.does('groups', 'create', grace.username, ada.username);
    await ada.does('send', grace.username, 'for you alone');
    const listener = listening(grace);
    await listener.prints('for you alone');
    expect(await ada.does('history', `group:${grace.username}`)).not.toContain('for you alone');
  });
});

describe('a listener', () => {
  gated(
    'that is killed goes on where it was: nothing is lost, and nothing but its last line can come twice',
    async () => {
      const [ada, grace] = await Promise.all([registered('ada'), registered('grace')]);
      const sender = ada.start('chat', grace.username);
      started.push(sender);
      const all: Heard[] = [];
      const sent: string[] = [];
      for (let round = 0; round < 4; round++) {
        const listener = listening(grace, '--json');
        for (let n = 0; n < 5; n++) {
          sent.push(`${String(round)}.${String(n)}`);
          sender.type(sent.at(-1)!);
        }
        await listener.prints(`${String(round)}.2`);
        await listener.stop('SIGKILL');
        all.push(...heard(listener));
      }
      sent.push('the end');
      sender.type('the end');
      const last = listening(grace, '--json');
      await last.prints('the end');
      all.push(...heard(last));
      const once = [...new Map(all.map((message) => [message.seq, message])).values()];
      expect(once.map(({ content }) => content.text)).toEqual(sent);
      expect(all.length - once.length).toBeLessThanOrEqual(4);
      expect(all.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).sort((one, other) => one - other));
    },
  );

  gated('holds its home: a second program there is told so', async () => {
    const [ada, grace] = await Promise.all([registered('ada'), registered('grace')]);
    await grace.does('send', ada.username, 'Are you in?');
    const listener = listening(ada);
    await listener.prints('Are you in?');
    const words = 'Another sealpost program uses this home: end it, or name another --home.';
    expect(await ada.run('groups')).toEqual({ code: 1, out: '', err: words });
    expect(await listener.stop()).toMatchObject({ code: 0, err: '' });
    await ada.does('groups');
  });

  gated('ends when its device is put out', async () => {
    const ada = await registered('ada');
    const other = new CliUser(ada.username, join(directory, 'second-device'));
    await other.does('sign-in', '--username', ada.username, '--url', relay.url);
    const listener = listening(other);
    const devices = (await ada.does('devices', '--json')).split('\n').map((line) => JSON.parse(line));
    const { id } = devices.find(({ current }) => current === false);
    await ada.does('devices', 'revoke', id);
    expect(await listener.end()).toMatchObject({ code: 1, err: 'The session of this device has ended.' });
  });
});

describe('what is refused', () => {
  it('is said in one line, with exit code 1', async () => {
    const ada = await registered('ada');
    const file = join(directory, 'wrong-password');
    await writeFile(file, 'something else\n');
    const refused = async (words: string, ...argv: string[]): Promise<void> =>
      expect(await ada.run(...argv)).toEqual({ code: 1, out: '', err: words });
    await refused('The password is wrong.', 'groups', '--password-file', file);
    await refused('There is nobody of that name, or nobody who wants to hear from you.', 'send', 'nobody-here', 'hi');
    await refused('There is no group “Tea” on this device.', 'send', 'Tea', 'hi');
    await refused('There is no conversation with nobody-here yet.', 'history', 'nobody-here');
    const again = ['--username', ada.username, '--url', relay.url];
    await refused('There is an account here already: sign out first, or name another --home.', 'register', ...again);
    const stranger = newcomer('stranger');
    expect(await stranger.run('sign-in', '--password-file', file, ...again)).toMatchObject({
      code: 1,
      err: 'The username or the password is wrong, or this device was put out.',
    });
    expect(await stranger.run('register', ...again)).toMatchObject({
      code: 1,
      err: 'Somebody has that username already.',
    });
    expect(await stranger.run('groups')).toMatchObject({
      code: 1,
      err: 'There is no account here yet: register, or sign in.',
    });
  });

  it('for wrong usage is said in one line, with exit code 2', async () => {
    const ada = newcomer('ada');
    for (const argv of [['shout'], ['send', 'grace'], ['register'], ['listen', '--password', PASSWORD]]) {
      const { code, out, err } = await ada.run(...argv);
      expect({ code, out, lines: err.split('\n').length }).toEqual({ code: 2, out: '', lines: 1 });
    }
    const nobodyAsks = await CliProcess.start(['groups'], { SEALPOST_PASSWORD: '' }).end();
    expect(nobodyAsks).toEqual({ code: 2, out: '', err: 'The password is empty.' });
  });
});
